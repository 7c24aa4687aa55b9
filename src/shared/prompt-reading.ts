import { z } from 'zod'
import { PROMPT_MAX } from './models/fields.ts'
import { readingSchema } from './job.ts'

/** What POST /v1/models/{model}/reading takes. `reference`: whether a reference image goes along. */
export const promptToReadSchema = z.object({
  prompt: z.string().max(PROMPT_MAX * 2),
  reference: z.boolean().default(false),
})

/** What the local engine takes a prompt to say, and the words that say it: from which character on, up to which. */
export const promptReadingSchema = z.object({
  reading: readingSchema,
  known: z.array(z.tuple([z.number().int().nonnegative(), z.number().int().nonnegative()])),
})
export type PromptReading = z.infer<typeof promptReadingSchema>
