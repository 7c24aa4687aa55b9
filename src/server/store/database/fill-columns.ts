import { sql } from 'kysely'
import { columnsOf, filesOf, keptJobSchema } from '../job-row.ts'
import { bytesOf, decodeText } from './bytes.ts'
import type { IndexQueries } from './tables.ts'

const PAGE = 500

const parse = (text: string) => {
  try {
    return keptJobSchema.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}

/** When an unreadable job was made, where its text still says so: it keeps its place in the list. */
const CREATED_AT = /"created_at":"([^"]{10,40})"/

/** Reads the columns of all jobs off their bodies. What cannot be read stays as it is. */
export const fillColumns = async (db: IndexQueries): Promise<void> => {
  for (let after = 0; ;) {
    const page = await db
      .selectFrom('jobs')
      .select(['seq', bytesOf('body').as('body')])
      .where('seq', '>', after)
      .orderBy('seq')
      .limit(PAGE)
      .execute()
    if (page.length === 0) return
    const read = page.map(({ seq, body }) => {
      const text = decodeText(body) ?? ''
      const job = parse(text)
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
    after = page.at(-1)?.seq ?? after
  }
}
