import type { Job } from '../../shared/job.ts'
import type { Expressions } from './database/expressions.ts'
import type { IndexQueries } from './database/tables.ts'
import { filesOf } from './job-row.ts'

/** Files that a new job uses and that are not there (any more). */
export class MissingFiles extends Error {
  override readonly name = 'MissingFiles'
  readonly ids: readonly string[]
  constructor(ids: readonly string[]) {
    super(`not in the index: ${ids.join(', ')}`)
    this.ids = ids
  }
}

/**
 * Rejects with a MissingFiles where a file that the job uses is not there, or not any more. Those that are stay until the
 * transaction ends.
 */
export const requireFiles = async (
  db: IndexQueries,
  { keepRows }: Pick<Expressions, 'keepRows'>,
  job: Job,
  now: Date,
): Promise<void> => {
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
        eb('expires_at', '>=', now.toISOString()),
        // A job's source does not expire.
        exists(selectFrom('job_files').select('job_files.seq').whereRef('job_files.file_id', '=', 'files.id')),
      ]),
    )
    .modifyEnd(keepRows)
    .execute()
  const known = new Set(found.map(({ id }) => id))
  const missing = ids.filter((id) => !known.has(id))
  if (missing.length > 0) throw new MissingFiles(missing)
}
