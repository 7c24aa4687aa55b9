import type { Logger } from 'pino'
import { type Database, markWhole } from './database.ts'
import type { FileStore } from './file-store.ts'
import type { JobStore } from './job-store.ts'
import type { TakeStore } from './take-store.ts'

/**
 * Brings the index up to what lies on disk: all of it where the index is new or was stopped while it was rebuilt, and
 * always the results that were put away just before the server was stopped. Those are neither rendered, nor fetched from
 * a cloud that may have forgotten them, again.
 */
export const catchUp = async (
  { database, whole }: { database: Database.Database; whole: boolean },
  { jobs, takes, files, logger }: { jobs: JobStore; takes: TakeStore; files: FileStore; logger: Logger },
): Promise<void> => {
  if (!whole) {
    let found = 0
    for (const { job, result } of await takes.scan()) {
      if (jobs.get(job.job_id)) continue
      jobs.add(job)
      jobs.complete(job, result)
      found++
    }
    const media = await files.rebuild()
    if (found + media > 0) logger.warn({ takes: found, media }, 'index rebuilt from the files')
    markWhole(database)
  }
  for (const id of jobs.unfinished()) {
    const stored = jobs.get(id)
    const taken = stored && (await takes.recall(stored.job))
    if (taken) jobs.complete(taken.job, taken.result)
  }
}
