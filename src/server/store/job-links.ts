import type { Job } from '../../shared/job.ts'
import type { IndexQueries } from './database/tables.ts'
import { filesOf, sourcesOf } from './job-row.ts'

type Link = { seq: number; job: Job }

/** Writes down which files jobs use, which shelves they stand on and which takes they were made from. */
export const link = async (db: IndexQueries, links: readonly Link[]): Promise<void> => {
  const files = links.flatMap(({ seq, job }) => filesOf(job).map((file_id) => ({ file_id, seq })))
  if (files.length > 0)
    await db
      .insertInto('job_files')
      .values(files)
      .onConflict((on) => on.doNothing())
      .execute()
  const shelves = links.flatMap(({ seq, job }) => job.shelves.map((shelf) => ({ shelf, seq })))
  if (shelves.length > 0)
    await db
      .insertInto('job_shelves')
      .values(shelves)
      .onConflict((on) => on.doNothing())
      .execute()
  const sources = links.flatMap(({ seq, job }) => sourcesOf(job).map((source_id) => ({ source_id, seq })))
  if (sources.length > 0)
    await db
      .insertInto('job_sources')
      .values(sources)
      .onConflict((on) => on.doNothing())
      .execute()
}

/** Forgets all that was written down of jobs by `link`. */
export const unlink = async (db: IndexQueries, seqs: readonly number[]): Promise<void> => {
  if (seqs.length === 0) return
  await db.deleteFrom('job_files').where('seq', 'in', seqs).execute()
  await db.deleteFrom('job_shelves').where('seq', 'in', seqs).execute()
  await db.deleteFrom('job_sources').where('seq', 'in', seqs).execute()
}

/** The same as `link` for jobs of which something else may be written down. */
export const relink = async (db: IndexQueries, links: readonly Link[]): Promise<void> => {
  await unlink(
    db,
    links.map(({ seq }) => seq),
  )
  await link(db, links)
}
