import { z } from 'zod'
import { type Job, jobSchema, type JobStatus, type RendererName } from '../../shared/job.ts'
import type { CloudRecord } from '../../shared/renderer.ts'
import { type Database, IS_STARRED } from './database.ts'

/** A job with what only the server knows of it. */
export type StoredJob = {
  job: Job
  /** How far the cloud's side of it has come; null where nothing was sent. */
  cloud: CloudRecord | null
  /** The result's path inside the data folder; null until there is one. */
  result: string | null
}

export type JobFilter = {
  status?: JobStatus | undefined
  model?: string | undefined
  renderer?: RendererName | undefined
  /** True: only what is starred. */
  starred?: boolean | undefined
}

export type JobStore = {
  /** Adds a job, or answers the one that already has that key. */
  add: (job: Job) => { stored: StoredJob; isNew: boolean }
  get: (id: string) => StoredJob | undefined
  getByKey: (key: string) => StoredJob | undefined
  /** Newest first. `before` is a cursor from an earlier page. */
  list: (filter: JobFilter, limit: number, before: number | null) => { jobs: Job[]; next: number | null }
  /** Ids that are not finished, oldest first. */
  unfinished: () => string[]
  update: (job: Job) => void
  recordCloud: (id: string, cloud: CloudRecord) => void
  complete: (job: Job, result: string) => void
  /** Whether any job has that file among its inputs. */
  usesFile: (fileId: string) => boolean
}

const cloudSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('sending') }),
  z.object({ state: z.literal('sent'), id: z.string() }),
])

const json = <S extends z.ZodType>(schema: S) =>
  z.string().transform((text, context): z.output<S> => {
    const parsed = schema.safeParse(JSON.parse(text))
    if (parsed.success) return parsed.data
    context.addIssue({ code: 'custom', message: parsed.error.message })
    return z.NEVER
  })

const rowSchema = z.object({
  seq: z.number(),
  body: json(jobSchema),
  cloud: json(cloudSchema).nullable(),
  result: z.string().nullable(),
})

/** Jobs in the index. Everything is on disk when a call returns. */
export const createJobStore = (database: Database.Database): JobStore => {
  const insert = database.prepare(
    'insert into jobs (id, idempotency_key, status, renderer, model, body) values (?, ?, ?, ?, ?, ?)',
  )
  const byId = database.prepare('select * from jobs where id = ?')
  const byKey = database.prepare('select * from jobs where idempotency_key = ?')
  const write = database.prepare('update jobs set status = ?, body = ? where id = ?')
  const writeResult = database.prepare('update jobs set status = ?, body = ?, result = ? where id = ?')
  const writeCloud = database.prepare('update jobs set cloud = ? where id = ?')
  const unfinished = database.prepare("select id from jobs where status in ('pending', 'processing') order by seq")
  const ahead = database.prepare(
    "select count(*) as n from jobs where status = 'pending' and renderer = ? and seq <= ?",
  )
  const using = database.prepare('select count(*) as n from jobs where instr(body, ?) > 0')

  const count = (row: unknown): number => z.object({ n: z.number() }).parse(row).n

  const read = (row: unknown): (StoredJob & { seq: number }) | undefined => {
    if (row === undefined || row === null) return undefined
    const { seq, body, cloud, result } = rowSchema.parse(row)
    const job =
      body.status === 'pending' ? { ...body, queue_position: Math.max(1, count(ahead.get(body.renderer, seq))) } : body
    return { seq, job, cloud, result }
  }

  const known = (id: string): StoredJob => {
    const stored = read(byId.get(id))
    if (!stored) throw new Error(`job ${id} is not in the index`)
    return stored
  }

  return {
    add: (job) => {
      const key = job.idempotency_key
      const earlier = key === null ? undefined : read(byKey.get(key))
      if (earlier) return { stored: earlier, isNew: false }
      insert.run(job.job_id, key, job.status, job.renderer, job.model, JSON.stringify(job))
      return { stored: known(job.job_id), isNew: true }
    },
    get: (id) => read(byId.get(id)),
    getByKey: (key) => read(byKey.get(key)),
    list: (filter, limit, before) => {
      const wanted = Object.entries({ status: filter.status, model: filter.model, renderer: filter.renderer }).filter(
        ([, value]) => value !== undefined,
      )
      const conditions = [
        ...wanted.map(([column]) => `${column} = ?`),
        ...(filter.starred ? [IS_STARRED] : []),
        ...(before === null ? [] : ['seq < ?']),
      ]
      const values = [...wanted.map(([, value]) => value), ...(before === null ? [] : [before])]
      const where = conditions.length > 0 ? `where ${conditions.join(' and ')}` : ''
      const rows = database.prepare(`select * from jobs ${where} order by seq desc limit ?`).all(...values, limit + 1)
      const page = rows.slice(0, limit).flatMap((row) => read(row) ?? [])
      return { jobs: page.map(({ job }) => job), next: rows.length > limit ? (page.at(-1)?.seq ?? null) : null }
    },
    unfinished: () => unfinished.all().map((row) => z.object({ id: z.string() }).parse(row).id),
    update: (job) => void write.run(job.status, JSON.stringify(job), job.job_id),
    recordCloud: (id, cloud) => void writeCloud.run(JSON.stringify(cloud), id),
    complete: (job, result) => void writeResult.run(job.status, JSON.stringify(job), result, job.job_id),
    usesFile: (fileId) => count(using.get(`"${fileId}"`)) > 0,
  }
}
