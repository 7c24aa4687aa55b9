import { type Expression, type Selectable, sql } from 'kysely'
import type { Job, UnreadableJob } from '../../shared/job.ts'
import type { Index } from './database/index-access.ts'
import type { Tables } from './database/tables.ts'
import { conditions, FINISHED, isPlain, type JobCursor, type JobFilter } from './job-filter.ts'
import { columnsOfRow, type Row } from './stored-job.ts'

export type JobList = {
  jobs: Job[]
  /** Rows that are there and cannot be read, each in its place by time. */
  unreadable: UnreadableJob[]
  next: JobCursor | null
}

/** What a search finds is counted no further: each find is looked up by itself, and nobody waits for the rest. */
export const MAX_COUNTED = 10_000

/** So many of the newest jobs are looked through for words that many have, before all are that have them. */
const NEWEST_ROWS = 5000

type ListIndex = Pick<Index, 'look' | 'expressions'>

/** The table, by the name of `jobs`, of which those that a filter leaves are asked for. */
const listed = ({ expressions }: ListIndex, { text }: JobFilter) =>
  sql<Selectable<Tables['jobs']>>`${sql.table(text === undefined ? 'jobs' : expressions.searched)}`.as<'jobs'>(
    sql.ref('jobs'),
  )

/** The same of the newest that were made before a place in the list: what many jobs have fills a page with them alone. */
const newestListed = ({ expressions }: ListIndex, before: JobCursor | null) =>
  sql<Selectable<Tables['jobs']>>`(
    select * from ${sql.table(expressions.searched)}
    ${before === null ? sql`` : sql`where (created_at, seq) < (${before.createdAt}, ${before.seq})`}
    order by created_at desc, seq desc limit ${NEWEST_ROWS}
  )`.as<'jobs'>(sql.ref('jobs'))

/** The rows of a page of the list, and one more where there is one. `before` is the cursor of an earlier page. */
const readPage = async (
  index: ListIndex,
  filter: JobFilter,
  limit: number,
  before: JobCursor | null,
): Promise<unknown[]> => {
  const { expressions } = index
  const isInWords = filter.text !== undefined && expressions.searched === 'jobs_text'
  const pageFrom = (source: ReturnType<typeof listed>, age: Expression<string>) =>
    index.look((db) =>
      db
        .selectFrom('jobs')
        .select(columnsOfRow(expressions))
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
  const recent = isInWords ? await pageFrom(newestListed(index, before), sql.ref('created_at')) : []
  if (recent.length > limit) return recent
  // By the words and not by the age: how many jobs have a word is more than the planner of the database can know.
  const age = isInWords ? sql<string>`created_at || ''` : sql.ref<string>('created_at')
  return pageFrom(listed(index, filter), age)
}

/** A page of the list, newest first. `read` reads a row. */
export const listJobs =
  (index: ListIndex, read: (row: unknown) => Row) =>
  async (filter: JobFilter, limit: number, before: JobCursor | null): Promise<JobList> => {
    const rows = await readPage(index, filter, limit, before)
    const page = rows.slice(0, limit).map(read)
    const last = page.at(-1)
    return {
      jobs: page.flatMap((row) => (row.is === 'unreadable' ? [] : [row.stored.job])),
      unreadable: page.flatMap((row) => (row.is === 'unreadable' ? [row.unreadable] : [])),
      next: rows.length > limit && last ? { createdAt: last.createdAt, seq: last.seq } : null,
    }
  }

/** How many jobs a filter leaves; of those found by words at most {@link MAX_COUNTED} and one more. */
export const countJobs =
  (index: ListIndex) =>
  async (filter: JobFilter): Promise<number> => {
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
                .selectFrom(listed(index, filter))
                .select('seq')
                .where(conditions(index.expressions, filter, null))
                .$if(filter.text !== undefined, (query) => query.limit(MAX_COUNTED + 1))
                .as('found'),
            )
            .select(({ fn }) => fn.countAll<number>().as('count'))
            .executeTakeFirstOrThrow(),
    )
    // The sum of nothing is null.
    return Number(count)
  }
