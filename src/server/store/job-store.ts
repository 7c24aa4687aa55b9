import { z } from 'zod'
import { RushesError } from '../../shared/errors.ts'
import type { Job, UnreadableJob } from '../../shared/job.ts'
import type { OrderDetails, OrderRecord } from '../../shared/renderer.ts'
import { batches } from './batches.ts'
import { bytesOf, decodeText } from './database/bytes.ts'
import type { Index } from './database/open-index.ts'
import { DatabaseError } from './database/protocol.ts'
import type { IndexQueries } from './database/tables.ts'
import { conditions, FINISHED, isPlain, type JobCursor, type JobFilter } from './job-filter.ts'
import { link, relink } from './job-links.ts'
import { columnsOf, filesOf, keptJobSchema, whyUnreadable } from './job-row.ts'
import { isPlainPath } from './outside.ts'

/** A job with what only the server knows of it. */
export type StoredJob = {
  job: Job
  /** How far the cloud's side of it has come; null where nothing was sent. */
  cloud: OrderRecord | null
  /** The result's path inside the data folder; null until there is one. */
  result: string | null
}

export type JobList = {
  jobs: Job[]
  /** Rows that are there and cannot be read, each in its place by time. */
  unreadable: UnreadableJob[]
  next: JobCursor | null
}

/** What is put into the index as it was elsewhere: read from a file, or saved from a damaged index. */
export type KnownJob = StoredJob

export type JobStore = {
  /**
   * Adds a job, or answers the one that already has that key. Rejects with a MissingFiles where a file that it uses is
   * not there, or not any more.
   */
  add: (job: Job) => Promise<{ stored: StoredJob; isNew: boolean }>
  /** Rejects with UNREADABLE for a row that is there and cannot be read. */
  get: (id: string) => Promise<StoredJob | undefined>
  getByKey: (key: string) => Promise<StoredJob | undefined>
  /** Newest first. `before` is a cursor from an earlier page. */
  list: (filter: JobFilter, limit: number, before: JobCursor | null) => Promise<JobList>
  /** How many jobs there are of that kind. */
  count: (filter: JobFilter) => Promise<number>
  /** All that are not finished, oldest first. */
  unfinished: () => Promise<{ stored: StoredJob[]; unreadable: UnreadableJob[] }>
  /** Writes a job as it is; one whose row is lost is put in again, with what is known of its order. */
  update: (job: Job, cloud: OrderRecord | null) => Promise<void>
  /**
   * Writes down how far an order has come. False for one that is about to be sent where the job has ended meanwhile:
   * nothing may be sent for it any more.
   */
  recordCloud: (job: Job, cloud: OrderRecord) => Promise<boolean>
  complete: (job: Job, cloud: OrderRecord | null, result: string) => Promise<void>
  /**
   * Puts jobs in as they are, and leaves alone those that are there. One whose key another has already is put in without
   * it. Answers how many were new.
   */
  restore: (jobs: readonly KnownJob[]) => Promise<number>
  /** Writes a finished job over what is there of it, whatever that is. */
  replace: (job: Job, result: string) => Promise<void>
  /** Writes finished jobs as they were changed, in one transaction, and what they stand on and come from. */
  change: (changed: readonly { job: Job; result: string | null }[]) => Promise<void>
  /** Failed jobs whose orders were to be cancelled, and which the other side has not been told of yet. */
  cancelling: () => Promise<StoredJob[]>
  /** What jobs cost that were made at that time (ISO 8601) or after. Unfinished ones count with their estimate. */
  paidSince: (from: string) => Promise<PaidJob[]>
  /** The paths of all results that the index knows. */
  results: () => Promise<Set<string>>
}

/** What a job cost, or is likely to. */
export type PaidJob = { createdAt: string; renderer: string; model: string; usd: number; certain: boolean }

/** Files that a new job uses and that are not there (any more). */
export class MissingFiles extends Error {
  override readonly name = 'MissingFiles'
  readonly ids: readonly string[]
  constructor(ids: readonly string[]) {
    super(`not in the index: ${ids.join(', ')}`)
    this.ids = ids
  }
}

/** Which keys there have been is not known yet: the files are still being read. */
export class NotWhole extends Error {
  override readonly name = 'NotWhole'
}

/** Rows that are put in at once: a statement may have 32,766 values. */
const BATCH = 500
/** Rows that are asked for at once where all are wanted. */
const PAGE = 5000

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

/** Columns that may be damaged, as bytes; see `bytesOf`. */
export const COLUMNS = [
  'seq',
  ...(['id', 'created_at', 'body', 'cloud', 'result'] as const).map((name) => bytesOf(name).as(name)),
] as const

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

type Row =
  | { is: 'read'; seq: number; createdAt: string; stored: StoredJob }
  /** Read from the file beside its take, for the index's own words were spoilt. */
  | { is: 'recovered'; seq: number; createdAt: string; stored: StoredJob & { result: string } }
  | { is: 'unreadable'; seq: number; createdAt: string; unreadable: UnreadableJob }

/** Finds a take by the path of its result; null where there is none there. */
export type FindTake = (result: string) => Job | null

const readRow =
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

const storedOf = (row: Row): StoredJob => {
  if (row.is !== 'unreadable') return row.stored
  const { job_id, reason } = row.unreadable
  throw new RushesError(
    'UNREADABLE',
    `What the index has of ${job_id} cannot be read (${reason}). It is kept as it is; a finished take's file still lies in takes.`,
  )
}

export const full = (): DatabaseError => new DatabaseError('SQLITE_FULL', 'there is no room for the index')

/** Jobs in the index. Everything is on disk when a call resolves. */
export const createJobStore = (
  index: Pick<Index, 'run' | 'transact' | 'look' | 'isKept'>,
  {
    now = () => new Date(),
    findTake = () => null,
    isWhole = () => true,
  }: { now?: () => Date; findTake?: FindTake; isWhole?: () => boolean } = {},
): JobStore => {
  const find = (column: 'id' | 'idempotency_key', value: string) => (db: IndexQueries) =>
    db.selectFrom('jobs').select(COLUMNS).where(column, '=', value).executeTakeFirst()
  const one = async (column: 'id' | 'idempotency_key', value: string): Promise<StoredJob | undefined> => {
    const row = await index.run(find(column, value))
    return row && storedOf(read(row))
  }

  /** Reads a row; one whose own words are spoilt is written anew as the file beside its take has it. */
  const read = (row: unknown): Row => {
    const found = readRow(findTake)(row)
    if (found.is === 'recovered') {
      const { job, result } = found.stored
      // Whoever asks has it already; should this fail, it is found again the next time.
      index
        .run((db) =>
          db
            .updateTable('jobs')
            .set({ ...columnsOf(job), result, cloud: null })
            .where('seq', '=', found.seq)
            .execute(),
        )
        .catch(() => undefined)
    }
    return found
  }

  const requireFiles = async (db: IndexQueries, job: Job): Promise<void> => {
    const ids = filesOf(job)
    if (ids.length === 0) return
    const found = await db
      .selectFrom('files')
      .select('id')
      .where('id', 'in', ids)
      .where('deleted', '=', 0)
      .where(({ eb, or, exists, selectFrom }) =>
        or([
          eb('expires_at', 'is', null),
          eb('expires_at', '>=', now().toISOString()),
          // A job's source does not expire.
          exists(selectFrom('job_files').select('job_files.seq').whereRef('job_files.file_id', '=', 'files.id')),
        ]),
      )
      .execute()
    const known = new Set(found.map(({ id }) => id))
    const missing = ids.filter((id) => !known.has(id))
    if (missing.length > 0) throw new MissingFiles(missing)
  }

  const rowOf = ({ job, cloud, result }: KnownJob) => ({
    ...columnsOf(job),
    cloud: cloud && JSON.stringify(cloud),
    result,
  })
  const insert = (db: IndexQueries, rows: ReturnType<typeof rowOf>[]) =>
    db
      .insertInto('jobs')
      .values(rows)
      .onConflict((on) => on.doNothing())
      .returning(['seq', 'id'])
      .execute()

  const restoreBatch = (known: readonly KnownJob[]): Promise<number> =>
    index.transact(async (db) => {
      const byId = new Map(known.map((each) => [each.job.job_id, each]))
      const inserted = await insert(db, [...byId.values()].map(rowOf))
      const added = new Set(inserted.map(({ id }) => id))
      const others = [...byId.keys()].filter((id) => !added.has(id))
      if (others.length > 0) {
        const found = await db.selectFrom('jobs').select('id').where('id', 'in', others).execute()
        const there = new Set(found.map(({ id }) => id))
        const keyless = others.flatMap((id) => (there.has(id) ? [] : (byId.get(id) ?? [])))
        if (keyless.length > 0)
          inserted.push(
            ...(await insert(
              db,
              keyless.map((each) => ({ ...rowOf(each), idempotency_key: null })),
            )),
          )
      }
      await link(
        db,
        inserted.flatMap(({ seq, id }) => {
          const job = byId.get(id)?.job
          return job ? [{ seq, job }] : []
        }),
      )
      return inserted.length
    })

  const restore: JobStore['restore'] = async (known) => {
    let added = 0
    for (const batch of batches(known, BATCH)) added += await restoreBatch(batch)
    return added
  }

  const write = async (job: Job, cloud: OrderRecord | null, result?: string): Promise<void> => {
    const { id, ...columns } = columnsOf(job)
    const { numUpdatedRows } = await index.run((db) => {
      // What is written into an index in memory is gone with it.
      if (!index.isKept()) throw full()
      return db
        .updateTable('jobs')
        .set({
          ...columns,
          ...(cloud === null ? {} : { cloud: JSON.stringify(cloud) }),
          ...(result === undefined ? {} : { result }),
        })
        .where('id', '=', id)
        .executeTakeFirst()
    })
    // The index was lost and made again since the job was added.
    if (numUpdatedRows === 0n) await restore([{ job, cloud, result: result ?? null }])
  }

  return {
    add: (job) =>
      index.transact(async (db) => {
        if (!index.isKept()) throw full()
        if (job.idempotency_key !== null && !isWhole()) throw new NotWhole('the index is being made again')
        const inserted = await db
          .insertInto('jobs')
          .values(columnsOf(job))
          .onConflict((on) => on.doNothing())
          .returning('seq')
          .executeTakeFirst()
        if (!inserted) {
          const key = job.idempotency_key
          const earlier =
            (key === null ? undefined : await find('idempotency_key', key)(db)) ?? (await find('id', job.job_id)(db))
          const stored = storedOf(read(earlier))
          // Its own row: this is the second try of an insertion that was thought lost.
          return { stored, isNew: stored.job.job_id === job.job_id }
        }
        await requireFiles(db, job)
        await link(db, [{ seq: inserted.seq, job }])
        return { stored: { job, cloud: null, result: null }, isNew: true }
      }),
    get: (id) => one('id', id),
    getByKey: (key) => one('idempotency_key', key),
    list: async (filter, limit, before) => {
      const rows = await index.look((db) =>
        db
          .selectFrom('jobs')
          .select(COLUMNS)
          // The rows themselves are read of these alone.
          .where('seq', 'in', (query) =>
            query
              .selectFrom('jobs')
              .select('seq')
              .where(conditions(filter, before))
              .orderBy('created_at', 'desc')
              .orderBy('seq', 'desc')
              .limit(limit + 1),
          )
          .orderBy('jobs.created_at', 'desc')
          .orderBy('jobs.seq', 'desc')
          .execute(),
      )
      const page = rows.slice(0, limit).map(read)
      const last = page.at(-1)
      return {
        jobs: page.flatMap((row) => (row.is === 'unreadable' ? [] : [row.stored.job])),
        unreadable: page.flatMap((row) => (row.is === 'unreadable' ? [row.unreadable] : [])),
        next: rows.length > limit && last ? { createdAt: last.createdAt, seq: last.seq } : null,
      }
    },
    count: async (filter) => {
      const { status, finished } = filter
      const { count } = await index.look((db) =>
        isPlain(filter)
          ? db
              .selectFrom('job_totals')
              .select(({ fn }) => fn.sum<number>('count').as('count'))
              .$if(status !== undefined, (query) => query.where('status', '=', status ?? ''))
              .$if(finished === true, (query) => query.where('status', 'in', FINISHED))
              .executeTakeFirstOrThrow()
          : db
              .selectFrom('jobs')
              .select(({ fn }) => fn.countAll<number>().as('count'))
              .where(conditions(filter, null))
              .executeTakeFirstOrThrow(),
      )
      // The sum of nothing is null.
      return Number(count)
    },
    unfinished: async () => {
      const rows = await index.run((db) =>
        db
          .selectFrom('jobs')
          .select(COLUMNS)
          .where('status', 'not in', FINISHED)
          .orderBy('jobs.created_at')
          .orderBy('jobs.seq')
          .execute(),
      )
      const found = rows.map(read)
      return {
        stored: found.flatMap((row) => (row.is === 'unreadable' ? [] : [row.stored])),
        unreadable: found.flatMap((row) => (row.is === 'unreadable' ? [row.unreadable] : [])),
      }
    },
    update: (job, cloud) => write(job, cloud),
    complete: write,
    recordCloud: async (job, cloud) => {
      const outcome = await index.run(async (db) => {
        if (!index.isKept()) throw full()
        const { numUpdatedRows } = await db
          .updateTable('jobs')
          .set({ cloud: JSON.stringify(cloud) })
          .where('id', '=', job.job_id)
          .$if(cloud.state === 'sending', (query) => query.where('status', 'not in', FINISHED))
          .executeTakeFirst()
        if (numUpdatedRows > 0n) return 'written'
        const row = await db.selectFrom('jobs').select('seq').where('id', '=', job.job_id).executeTakeFirst()
        return row ? 'ended' : 'lost'
      })
      if (outcome === 'lost') await restore([{ job, cloud, result: null }])
      return outcome !== 'ended'
    },
    restore,
    replace: async (job, result) => {
      await index.transact(async (db) => {
        const row = await db
          .updateTable('jobs')
          .set({ ...columnsOf(job), result, cloud: null })
          .where('id', '=', job.job_id)
          .returning('seq')
          .executeTakeFirst()
        if (row) await relink(db, [{ seq: row.seq, job }])
      })
    },
    change: async (changed) => {
      const lost = await index.transact(async (db) => {
        if (!index.isKept()) throw full()
        const links: { seq: number; job: Job }[] = []
        const missing: KnownJob[] = []
        for (const { job, result } of changed) {
          // Its key it may have lost to another.
          const { id, idempotency_key: _, ...columns } = columnsOf(job)
          const row = await db.updateTable('jobs').set(columns).where('id', '=', id).returning('seq').executeTakeFirst()
          if (row) links.push({ seq: row.seq, job })
          else missing.push({ job, result, cloud: null })
        }
        await relink(db, links)
        return missing
      })
      // The index was lost and made again since they were read.
      await restore(lost)
    },
    cancelling: async () => {
      const rows = await index.run((db) =>
        db
          .selectFrom('jobs')
          .select(COLUMNS)
          .where('status', '=', 'failed')
          .where('cloud', 'like', '%"cancelling":true%')
          .execute(),
      )
      return rows.map(read).flatMap((row) => (row.is === 'read' ? [row.stored] : []))
    },
    paidSince: async (from) => {
      const rows = await index.look((db) =>
        db
          .selectFrom('jobs')
          .select(['created_at', 'renderer', 'model', 'usd', 'usd_certain'])
          .where('usd', 'is not', null)
          .where('created_at', '>=', from)
          .execute(),
      )
      return rows.map(({ created_at: createdAt, renderer, model, usd, usd_certain: certain }) => ({
        createdAt,
        renderer,
        model,
        usd: usd ?? 0,
        certain: certain === 1,
      }))
    },
    results: async () => {
      const found = new Set<string>()
      for (let after = 0; ;) {
        const page = await index.run((db) =>
          db
            .selectFrom('jobs')
            .select(['seq', bytesOf('result').as('result')])
            .where('seq', '>', after)
            .where('result', 'is not', null)
            .orderBy('seq')
            .limit(PAGE)
            .execute(),
        )
        for (const { result } of page) found.add(decodeText(result) ?? '')
        if (page.length < PAGE) return found
        after = page.at(-1)?.seq ?? after
      }
    },
  }
}
