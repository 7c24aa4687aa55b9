import { z } from 'zod'
import { RushesError } from '../../shared/errors.ts'
import type { Job, UnreadableJob } from '../../shared/job.ts'
import type { OrderDetails, OrderRecord } from '../../shared/renderer.ts'
import { decodeText } from './database/bytes.ts'
import type { Expressions } from './database/expressions.ts'
import { keptJobSchema, whyUnreadable } from './job-row.ts'
import { isPlainPath } from './outside.ts'

/** A job with what only the server knows of it. */
export type StoredJob = {
  job: Job
  /** How far the cloud's side of it has come; null where nothing was sent. */
  cloud: OrderRecord | null
  /** The result's path inside the data folder; null until there is one. */
  result: string | null
}

/** What is put into the index as it was elsewhere: read from a file, or saved from a damaged index. */
export type KnownJob = StoredJob

const detailsSchema: z.ZodType<OrderDetails> = z.lazy(() =>
  z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null(), detailsSchema])),
)

const cloudSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('held') }),
  z.object({
    state: z.literal('sending'),
    server: z.string().optional(),
    id: z.string().optional(),
    cancelling: z.boolean().optional(),
  }),
  z.object({
    state: z.literal('sent'),
    server: z.string().optional(),
    id: z.string(),
    details: detailsSchema.optional(),
    cancelling: z.boolean().optional(),
  }),
])

const json = <S extends z.ZodType>(schema: S) =>
  z.string().transform((text, context): z.output<S> => {
    try {
      const parsed = schema.safeParse(JSON.parse(text))
      if (parsed.success) return parsed.data
      context.addIssue({ code: 'custom', message: whyUnreadable(parsed.error) })
    } catch {
      context.addIssue({ code: 'custom', message: 'is no JSON' })
    }
    return z.NEVER
  })

/** The columns that `readRow` reads. */
export const columnsOfRow = ({ text }: Pick<Expressions, 'text'>) =>
  ['seq', ...(['id', 'created_at', 'body', 'cloud', 'result'] as const).map((name) => text(name).as(name))] as const

const text = z.unknown().transform((value, context) => {
  const decoded = decodeText(value)
  if (decoded !== undefined) return decoded
  context.addIssue({ code: 'custom', message: 'is no text any more' })
  return z.NEVER
})

const plainPath = text.pipe(z.string().refine(isPlainPath, 'is no path of a take').nullable())

const rowSchema = z
  .object({
    seq: z.number(),
    id: text,
    body: text.pipe(json(keptJobSchema)),
    cloud: text.pipe(json(cloudSchema).nullable()),
    result: plainPath,
  })
  .refine(({ id, body }) => id === body.job_id, { path: ['body'], message: 'is of another job' })
const namesSchema = z.object({
  seq: z.number(),
  id: text.catch(null),
  created_at: text.catch(null),
  result: plainPath.catch(null),
})

export type Row =
  | { is: 'read'; seq: number; createdAt: string; stored: StoredJob }
  /** Read from the file beside its take, for the index's own words were spoilt. */
  | { is: 'recovered'; seq: number; createdAt: string; stored: StoredJob & { result: string } }
  | { is: 'unreadable'; seq: number; createdAt: string; unreadable: UnreadableJob }

/** Finds a take by the path of its result; null where there is none there. */
export type FindTake = (result: string) => Job | null

/** Reads a row of columns named as here, with texts as bytes. */
export const readRow =
  (findTake: FindTake) =>
  (row: unknown): Row => {
    const parsed = rowSchema.safeParse(row)
    if (parsed.success) {
      const { seq, body: job, cloud, result } = parsed.data
      return { is: 'read', seq, createdAt: job.created_at, stored: { job, cloud, result } }
    }
    const { seq, id, created_at, result } = namesSchema.parse(row)
    const createdAt = created_at ?? ''
    const job = result === null ? null : findTake(result)
    if (job && result !== null && (id === null || id === job.job_id))
      return { is: 'recovered', seq, createdAt, stored: { job, cloud: null, result } }
    const reason = whyUnreadable(parsed.error)
    return {
      is: 'unreadable',
      seq,
      createdAt,
      unreadable: { job_id: id ?? `row ${seq}`, created_at: createdAt, reason },
    }
  }

/** A row of columns named as here, with texts as bytes. Undefined where it cannot be read. */
export const readStored = (row: unknown): StoredJob | undefined => {
  const parsed = rowSchema.safeParse(row)
  return parsed.success ? { job: parsed.data.body, cloud: parsed.data.cloud, result: parsed.data.result } : undefined
}

/** The job of a row. Throws UNREADABLE where it cannot be read. */
export const storedOf = (row: Row): StoredJob => {
  if (row.is !== 'unreadable') return row.stored
  const { job_id, reason } = row.unreadable
  throw new RushesError(
    'UNREADABLE',
    `What the index has of ${job_id} cannot be read (${reason}). It is kept as it is; a finished take's file still lies in takes.`,
  )
}
