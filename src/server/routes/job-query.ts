import { z } from 'zod'
import { rendererSchema } from '../../shared/job.ts'
import type { JobCursor } from '../store/job-filter.ts'

const MAX_PAGE = 200

/** `2026-11-29T10:18:00.000Z_42`: where the page before ended. */
const cursorSchema = z
  .string()
  .regex(/^[^_]{0,40}_\d{1,15}$/, 'is none that this server has given')
  .describe('`next_cursor` of the page before')
  .transform((text): JobCursor => {
    const [createdAt = '', seq] = text.split('_')
    return { createdAt, seq: Number(seq) }
  })

export const cursorText = ({ createdAt, seq }: JobCursor): string => `${createdAt}_${seq}`

const flag = z
  .literal('true')
  .transform(() => true)
  .optional()

/** What GET /v1/jobs takes. */
export const listQuery = z.object({
  limit: z.coerce.number().int().min(1).max(MAX_PAGE).default(50),
  cursor: cursorSchema.optional(),
  status: z.enum(['pending', 'processing', 'completed', 'failed']).optional(),
  finished: flag,
  kind: z.enum(['image', 'video']).describe('What came of it').optional(),
  model: z.string().optional(),
  owner: z.string().describe('The id of the person who asked for it').optional(),
  renderer: rendererSchema.optional(),
  engine: z.string().optional(),
  seed: z.coerce.number().int().optional(),
  batch: z.string().optional(),
  shelf: z.string().optional(),
  source: z.string().describe('The id of a job: what was made from its take').optional(),
  starred: flag,
  deleted: flag,
  from: z.iso.datetime({ offset: true }).optional(),
  until: z.iso.datetime({ offset: true }).optional(),
  text: z
    .string()
    .max(200)
    .describe('Words that the prompt, the name, the model, the engine, the batch label or the shelves have')
    .optional(),
})

const WORDS: Readonly<Record<string, string>> = {
  limit: `must be 1 to ${MAX_PAGE}`,
  cursor: 'is none that this server has given',
  status: 'must be pending, processing, completed or failed',
  finished: 'must be true, or left out',
  kind: 'must be image or video',
  renderer: 'must be local or decart',
  seed: 'must be a whole number',
  starred: 'must be true, or left out',
  deleted: 'must be true, or left out',
  from: 'must be a time as 2026-11-29T00:00:00Z',
  until: 'must be a time as 2026-11-29T00:00:00Z',
  text: 'may have 200 characters',
}

/** What is wrong with a query, in a sentence. */
export const queryProblem = (error: z.ZodError): string => {
  const names = [...new Set(error.issues.map(({ path }) => String(path[0] ?? '')))]
  return `The query cannot be used: ${names.map((name) => `${name} ${WORDS[name] ?? 'is not what it should be'}`).join('; ')}.`
}

/** What DELETE /v1/jobs takes. */
export const cancelQuery = z.object({
  idempotency_key: z.string().min(1).describe('The key that the job was submitted with'),
})
