import { sql } from 'kysely'
import { type FinishedJob, isFinished, type Job } from '../../shared/job.ts'
import type { OrderRecord } from '../../shared/renderer.ts'
import type { Index } from '../store/database/index-access.ts'
import { createJobStore, type JobStore } from '../store/job-store.ts'
import type { TakeStore } from '../store/take-store.ts'
import type { Claim } from './claims.ts'
import { ClaimLost, fenced } from './fence.ts'

/** How a worker writes what becomes of its jobs. */
export type HeldJobs = Pick<JobStore, 'update' | 'recordCloud' | 'complete'>

type HeldDeps = {
  index: Index
  jobs: Pick<JobStore, 'get'>
  takes: Pick<TakeStore, 'discard'>
  claimOf: (id: string) => Claim | undefined
  /** Whether this worker's leases have not passed by its own clock. */
  isCurrent: () => boolean
  /** Told when a job turns out not to be held any more. */
  onLost: (id: string) => void
  /** Told when the end of a job is written. */
  onEnded: (job: FinishedJob) => void
}

/** False where the job is not held any more. */
const write = async (
  { index, claimOf, isCurrent, onLost }: HeldDeps,
  id: string,
  work: (jobs: JobStore) => Promise<boolean>,
): Promise<boolean> => {
  const claim = claimOf(id)
  try {
    if (claim && isCurrent()) return await work(createJobStore(fenced(index, claim)))
  } catch (error) {
    if (!(error instanceof ClaimLost)) throw error
  }
  onLost(id)
  return false
}

/**
 * Writes for jobs that this worker holds, each kept only under its fencing token. What comes for a job that was lost
 * meanwhile is dropped without a word: the job goes on elsewhere, or has ended.
 */
export const createHeldJobs = (deps: HeldDeps): HeldJobs => {
  const { index, jobs, takes, isCurrent, onLost, onEnded } = deps
  /** Jobs that were ended here while the other side was still being told of their cancel. */
  const telling = new Set<string>()

  const ended = (job: Job, cloud: OrderRecord | null): void => {
    if (!isFinished(job)) return
    if (cloud && cloud.state !== 'held' && cloud.cancelling) telling.add(job.job_id)
    onEnded(job)
  }

  /** The other side has heard of a cancel, after the job had ended: nobody need tell it again. */
  const noteTold = async (id: string, cloud: OrderRecord): Promise<void> => {
    telling.delete(id)
    await index.run((db) =>
      sql`update jobs set cloud = ${JSON.stringify(cloud)} where id = ${id} and status = 'failed'`.execute(db),
    )
  }

  return {
    update: async (job, cloud) => {
      const { job_id: id } = job
      if (telling.has(id) && cloud) return noteTold(id, cloud)
      const isWritten = await write(deps, id, async (held) => {
        await held.update(job, cloud)
        return true
      })
      if (isWritten) ended(job, cloud)
    },
    recordCloud: async (job, cloud) => {
      const isWritten = await write(deps, job.job_id, (held) => held.recordCloud(job, cloud))
      // It may have taken long: nothing may be sent once another can have taken the job.
      if (!isWritten || isCurrent()) return isWritten
      onLost(job.job_id)
      return false
    },
    complete: async (job, cloud, result) => {
      const { job_id: id } = job
      const isWritten = await write(deps, id, async (held) => {
        await held.complete(job, cloud, result)
        return true
      })
      if (isWritten) return ended(job, cloud)
      // The answer to a write that was kept may have been lost; each attempt's result has a name of its own.
      const now = await jobs.get(id)
      if (now?.result !== result) await takes.discard(result)
    },
  }
}
