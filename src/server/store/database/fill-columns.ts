import { sql } from 'kysely'
import type { Job } from '../../../shared/job.ts'
import { columnsOf, filesOf, keptJobSchema, sourcesOf } from '../job-row.ts'
import { bytesOf, decodeText } from './bytes.ts'
import type { IndexQueries } from './tables.ts'

const PAGE_ROWS = 500

const parse = (text: string) => {
  try {
    return keptJobSchema.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}

/** When an unreadable job was made, where its text still says so: it keeps its place in the list. */
const CREATED_AT = /"created_at":"([^"]{10,40})"/

/** All jobs as their bodies have them; undefined for one that cannot be read. */
const pagesOf = async function* (
  db: IndexQueries,
): AsyncGenerator<readonly { seq: number; text: string; job: Job | undefined }[]> {
  for (let after = 0; ;) {
    const page = await db
      .selectFrom('jobs')
      .select(['seq', bytesOf('body').as('body')])
      .where('seq', '>', after)
      .orderBy('seq')
      .limit(PAGE_ROWS)
      .execute()
    if (page.length === 0) return
    yield page.map(({ seq, body }) => {
      const text = decodeText(body) ?? ''
      return { seq, text, job: parse(text) }
    })
    after = page.at(-1)?.seq ?? after
  }
}

/** Reads the columns of all jobs off their bodies. What cannot be read stays as it is. */
export const fillColumns = async (db: IndexQueries): Promise<void> => {
  for await (const page of pagesOf(db)) {
    const read = page.map(({ seq, text, job }) => {
      const columns = job ? columnsOf(job) : { created_at: CREATED_AT.exec(text)?.[1] ?? '', starred: 0, search: '' }
      return { seq, columns, files: job ? filesOf(job) : [] }
    })
    const rows = JSON.stringify(read.map(({ seq, columns }) => ({ ...columns, body: undefined, seq })))
    await sql`
      update jobs set
        created_at = new.value ->> 'created_at',
        engine = new.value ->> 'engine',
        seed = new.value ->> 'seed',
        starred = new.value ->> 'starred',
        batch_id = new.value ->> 'batch_id',
        deleted_at = new.value ->> 'deleted_at',
        search = new.value ->> 'search'
      from json_each(${rows}) as new
      where jobs.seq = new.value ->> 'seq'`.execute(db)
    const uses = read.flatMap(({ seq, files }) => files.map((file_id) => ({ file_id, seq })))
    if (uses.length > 0) await db.insertInto('job_files').values(uses).execute()
  }
}

/** The same for what the library asks for: the kind of each take, its words, and the takes that it was made from. */
export const fillLibraryColumns = async (db: IndexQueries): Promise<void> => {
  for await (const page of pagesOf(db)) {
    const read = page.flatMap(({ seq, job }) => (job ? [{ seq, job }] : []))
    const rows = JSON.stringify(
      read.map(({ seq, job }) => {
        const { kind, search } = columnsOf(job)
        return { seq, kind, search }
      }),
    )
    await sql`
      update jobs set kind = new.value ->> 'kind', search = new.value ->> 'search'
      from json_each(${rows}) as new
      where jobs.seq = new.value ->> 'seq'`.execute(db)
    const made = read.flatMap(({ seq, job }) => sourcesOf(job).map((source_id) => ({ source_id, seq })))
    if (made.length > 0) await db.insertInto('job_sources').values(made).execute()
  }
}
