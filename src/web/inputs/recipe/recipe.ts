import { z } from 'zod'
import { jobInputsSchema } from '../../../shared/job.ts'

/** What the local engine writes into each result: how it was made. From a file, so that nothing of it is certain. */
export const recipeSchema = z.object({
  model: z.string().min(1).max(100),
  inputs: jobInputsSchema,
  seed: z.number().int().nonnegative(),
  renderer: z.string().max(40).optional(),
  version: z.string().max(40).optional(),
})
export type Recipe = z.infer<typeof recipeSchema>
