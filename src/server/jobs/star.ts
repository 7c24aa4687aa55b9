import { existsSync } from 'node:fs'
import { RushesError } from '../../shared/errors.ts'
import type { Job } from '../../shared/job.ts'
import type { JobStore } from '../store/job-store.ts'
import type { TakeStore } from '../store/take-store.ts'

/**
 * Stars completed jobs, and takes stars away: in the file beside the take, from which a lost index is rebuilt, then in
 * the index. One after the other, so that the two always end up saying the same.
 */
export const createStar = ({
  jobs,
  takes,
  announce,
}: {
  jobs: JobStore
  takes: TakeStore
  announce: (job: Job) => void
}): ((id: string, starred: boolean) => Promise<Job>) => {
  let last: Promise<unknown> = Promise.resolve()

  const write = async (id: string, starred: boolean): Promise<Job> => {
    const stored = jobs.get(id)
    if (!stored) throw new RushesError('NOT_FOUND', `There is no job ${id.slice(0, 60)}.`)
    const { job, result } = stored
    if (job.status !== 'completed' || result === null)
      throw new RushesError('NOT_READY', 'Only a completed job can be starred: this one has no result to choose.')
    if (job.starred === starred) return job
    if (!existsSync(takes.path(result)))
      throw new RushesError('NOT_FOUND', 'The file of this take is gone from the data folder.')
    const changed: Job = { ...job, starred }
    await takes.describe(changed, result)
    jobs.update(changed)
    announce(changed)
    return changed
  }

  return (id, starred) => {
    const now = last.then(() => write(id, starred))
    last = now.catch(() => undefined)
    return now
  }
}
