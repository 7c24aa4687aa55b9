import type { Job, UnreadableJob } from '../../shared/job.ts'
import { decodeText } from './database/bytes.ts'
import type { Index } from './database/index-access.ts'
import type { IndexQueries } from './database/tables.ts'
import { FINISHED, type JobCursor, type JobFilter } from './job-filter.ts'
import { countJobs, type JobList, listJobs } from './job-list.ts'
import { columnsOf, keyColumn } from './job-row.ts'
import { columnsOfRow, type FindTake, readRow, type Row, type StoredJob, storedOf } from './stored-job.ts'
import { createJobWrites, type JobWrites } from './job-writes.ts'

export type JobStore = JobWrites & {
  /** Rejects with UNREADABLE for a row that is there and cannot be read. */
  get: (id: string) => Promise<StoredJob | undefined>
  /** The job that its owner submitted with that key. */
  getByKey: (key: string, owner?: string | null) => Promise<StoredJob | undefined>
  /** Newest first. `before` is a cursor from an earlier page. */
  list: (filter: JobFilter, limit: number, before: JobCursor | null) => Promise<JobList>
  /** How many there are: what is searched for in words is counted up to `MAX_COUNTED` and one more. */
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

/** Rows that are asked for at once where all are wanted. */
const PAGE_ROWS = 5000

type JobIndex = Pick<Index, 'run' | 'transact' | 'look' | 'isKept' | 'isRemade' | 'expressions'>

/** All that are not finished, oldest first. */
const readUnfinished = async (
  index: JobIndex,
  read: (row: unknown) => Row,
): Promise<Awaited<ReturnType<JobStore['unfinished']>>> => {
  const rows = await index.run((db) =>
    db
      .selectFrom('jobs')
      .select(columnsOfRow(index.expressions))
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
}

/** Failed jobs whose orders are still to be cancelled on the other side. */
const readCancelling = async (index: JobIndex, read: (row: unknown) => Row): Promise<StoredJob[]> => {
  const rows = await index.run((db) =>
    db
      .selectFrom('jobs')
      .select(columnsOfRow(index.expressions))
      .where('status', '=', 'failed')
      .where('cloud', 'like', '%"cancelling":true%')
      .execute(),
  )
  return rows.map(read).flatMap((row) => (row.is === 'read' ? [row.stored] : []))
}

/** What jobs cost that were made at that time (ISO 8601) or after. */
const readPaidSince = async (index: JobIndex, from: string): Promise<PaidJob[]> => {
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
}

/** The paths of all results. */
const readResults = async (index: JobIndex): Promise<Set<string>> => {
  const found = new Set<string>()
  for (let after = 0; ;) {
    const page = await index.run((db) =>
      db
        .selectFrom('jobs')
        .select(['seq', index.expressions.text('result').as('result')])
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
}

/** Jobs in the index. Everything is on disk when a call resolves. */
export const createJobStore = (
  index: JobIndex,
  {
    now = () => new Date(),
    findTake = () => null,
    isWhole = () => true,
  }: { now?: () => Date; findTake?: FindTake; isWhole?: () => boolean } = {},
): JobStore => {
  const COLUMNS = columnsOfRow(index.expressions)
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

  const earlierOf = async (db: IndexQueries, { idempotency_key: key, owner, job_id: id }: Job): Promise<StoredJob> => {
    const byKey = key === null ? undefined : await find('idempotency_key', keyColumn(key, owner))(db)
    return storedOf(read(byKey ?? (await find('id', id)(db))))
  }

  return {
    ...createJobWrites(index, { now, isWhole, earlierOf }),
    get: (id) => one('id', id),
    getByKey: (key, owner = null) => one('idempotency_key', keyColumn(key, owner)),
    list: listJobs(index, read),
    count: countJobs(index),
    unfinished: () => readUnfinished(index, read),
    cancelling: () => readCancelling(index, read),
    paidSince: (from) => readPaidSince(index, from),
    results: () => readResults(index),
  }
}
