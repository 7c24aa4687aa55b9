import { RushesError } from '../../shared/errors.ts'
import type { Job } from '../../shared/job.ts'
import type { JobStore } from '../store/job-store.ts'
import { requireMedia } from '../store/require-media.ts'
import type { TakeStore } from '../store/take-store.ts'
import { createTurn } from '../store/turn.ts'

/**
 * Stars completed jobs, and takes stars away: in the file beside the take, from which a lost index is rebuilt, then in
 * the index. One after the other, so that the two always end up saying the same.
 */
export const createStar = ({
  find,
  jobs,
  takes,
  ended,
  announce,
}: {
  find: (id: string) => Promise<{ job: Job; result: string | null } | undefined>
  jobs: Pick<JobStore, 'complete'>
  takes: Pick<TakeStore, 'describe' | 'path'>
  /** Waits for the end of a job that is just being written. Rejects where the disk does not take it. */
  ended: (id: string) => Promise<void>
  announce: (job: Job) => void
}): ((id: string, starred: boolean) => Promise<Job>) => {
  const inTurn = createTurn()
  const write = async (id: string, starred: boolean): Promise<Job> => {
    const found = await find(id)
    if (!found) throw new RushesError('NOT_FOUND', `There is no job ${id.slice(0, 60)}.`)
    const { job, result } = found
    if (job.status !== 'completed' || result === null)
      throw new RushesError('NOT_READY', 'Only a completed job can be starred: this one has no result to choose.')
    if (job.starred === starred) return job
    await requireMedia(takes.path(result))
    await ended(id)
    const changed: Job = { ...job, starred }
    await takes.describe(changed, result)
    await jobs.complete(changed, null, result)
    announce(changed)
    return changed
  }
  return (id, starred) => inTurn(() => write(id, starred))
}
