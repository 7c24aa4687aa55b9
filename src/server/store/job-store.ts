import { type Expression, type Selectable, sql } from 'kysely'
import type { Job, UnreadableJob } from '../../shared/job.ts'
import { decodeText } from './database/bytes.ts'
import type { Index } from './database/index-access.ts'
import type { IndexQueries, Tables } from './database/tables.ts'
import { conditions, FINISHED, isPlain, type JobCursor, type JobFilter } from './job-filter.ts'
import { columnsOf, keyColumn } from './job-row.ts'
import { columnsOfRow, type FindTake, readRow, type Row, type StoredJob, storedOf } from './stored-job.ts'
import { createJobWrites, type JobWrites } from './job-writes.ts'

export type JobList = {
  jobs: Job[]
  /** Rows that are there and cannot be read, each in its place by time. */
  unreadable: UnreadableJob[]
  next: JobCursor | null
}

export type JobStore = JobWrites & {
  /** Rejects with UNREADABLE for a row that is there and cannot be read. */
  get: (id: string) => Promise<StoredJob | undefined>
  /** The job that its owner submitted with that key. */
  getByKey: (key: string, owner?: string | null) => Promise<StoredJob | undefined>
  /** Newest first. `before` is a cursor from an earlier page. */
  list: (filter: JobFilter, limit: number, before: JobCursor | null) => Promise<JobList>
  /** How many there are: what is searched for in words is counted up to {@link MAX_COUNTED} and one more. */
  count: (filter: JobFilter) => Promise<number>
  /** All that are not finished, oldest first. */
  unfinished: () => Promise<{ stored: StoredJob[]; unreadable: UnreadableJob[] }>
  /** Failed jobs whose orders were to be cancelled, and which the other side has not been told of yet. */
  cancelling: () => Promise<StoredJob[]>
  /** What jobs cost that were made at that time (ISO 8601) or after. Unfinished ones count with their estimate. */
  paidSince: (from: string) => Promise<PaidJob[]>
  /** The paths of all results that the index knows. */
  results: () => Promise<Set<string>>
}

/** What a job cost, or is likely to. */
export type PaidJob = {
  createdAt: string
  renderer: string
  model: string
  owner: string | null
  usd: number
  certain: boolean
}

/** What a search finds is counted no further: each find is looked up by itself, and nobody waits for the rest. */
export const MAX_COUNTED = 10_000

/** So many of the newest jobs are looked through for words that many have, before all are that have them. */
const NEWEST_ROWS = 5000

/** Rows that are asked for at once where all are wanted. */
const PAGE_ROWS = 5000

/** Jobs in the index. Everything is on disk when a call resolves. */
export const createJobStore = (
  index: Pick<Index, 'run' | 'transact' | 'look' | 'isKept' | 'isRemade' | 'expressions'>,
  {
    now = () => new Date(),
    findTake = () => null,
    isWhole = () => true,
  }: { now?: () => Date; findTake?: FindTake; isWhole?: () => boolean } = {},
): JobStore => {
  const { expressions } = index
  const COLUMNS = columnsOfRow(expressions)
  const find = (column: 'id' | 'idempotency_key', value: string) => (db: IndexQueries) =>
    db.selectFrom('jobs').select(COLUMNS).where(column, '=', value).executeTakeFirst()
  /** The table, by the name of `jobs`, of which those that a filter leaves are asked for. */
  const listed = ({ text }: JobFilter) =>
    sql<Selectable<Tables['jobs']>>`${sql.table(text === undefined ? 'jobs' : expressions.searched)}`.as<'jobs'>(
      sql.ref('jobs'),
    )
  /** The same of the newest that were made before a place in the list: what many jobs have fills a page with them alone. */
  const newest = (before: JobCursor | null) =>
    sql<Selectable<Tables['jobs']>>`(
      select * from ${sql.table(expressions.searched)}
      ${before === null ? sql`` : sql`where (created_at, seq) < (${before.createdAt}, ${before.seq})`}
      order by created_at desc, seq desc limit ${NEWEST_ROWS}
    )`.as<'jobs'>(sql.ref('jobs'))
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

  const writes = createJobWrites(index, {
    now,
    isWhole,
    earlierOf: async (db, { idempotency_key: key, owner, job_id: id }) =>
      storedOf(
        read(
          (key === null ? undefined : await find('idempotency_key', keyColumn(key, owner))(db)) ??
            (await find('id', id)(db)),
        ),
      ),
  })

  return {
    ...writes,
    get: (id) => one('id', id),
    getByKey: (key, owner = null) => one('idempotency_key', keyColumn(key, owner)),
    list: async (filter, limit, before) => {
      const isInWords = filter.text !== undefined && expressions.searched === 'jobs_text'
      const pageFrom = (source: ReturnType<typeof listed>, age: Expression<string>) =>
        index.look((db) =>
          db
            .selectFrom('jobs')
            .select(COLUMNS)
            // The rows themselves are read of these alone.
            .where('seq', 'in', (query) =>
              query
                .selectFrom(source)
                .select('seq')
                .where(conditions(expressions, filter, before))
                .orderBy(age, 'desc')
                .orderBy('seq', 'desc')
                .limit(limit + 1),
            )
            .orderBy('jobs.created_at', 'desc')
            .orderBy('jobs.seq', 'desc')
            .execute(),
        )
      const recent = isInWords ? await pageFrom(newest(before), sql.ref('created_at')) : []
      // By the words and not by the age: how many jobs have a word is more than the planner of the database can know.
      const age = isInWords ? sql<string>`created_at || ''` : sql.ref<string>('created_at')
      const rows = recent.length > limit ? recent : await pageFrom(listed(filter), age)
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
              .selectFrom(
                db
                  .selectFrom(listed(filter))
                  .select('seq')
                  .where(conditions(expressions, filter, null))
                  .$if(filter.text !== undefined, (query) => query.limit(MAX_COUNTED + 1))
                  .as('found'),
              )
              .select(({ fn }) => fn.countAll<number>().as('count'))
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
          .select(['created_at', 'renderer', 'model', 'owner', 'usd', 'usd_certain'])
          .where('usd', 'is not', null)
          .where('created_at', '>=', from)
          .execute(),
      )
      return rows.map(({ created_at: createdAt, renderer, model, owner, usd, usd_certain: certain }) => ({
        createdAt,
        renderer,
        model,
        owner,
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
            .select(['seq', expressions.text('result').as('result')])
            .where('seq', '>', after)
            .where('result', 'is not', null)
            .orderBy('seq')
            .limit(PAGE_ROWS)
            .execute(),
        )
        for (const { result } of page) found.add(decodeText(result) ?? '')
        if (page.length < PAGE_ROWS) return found
        after = page.at(-1)?.seq ?? after
      }
    },
  }
}
