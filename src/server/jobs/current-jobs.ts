import type { Job } from '../../shared/job.ts'
import type { JobStore } from '../store/job-store.ts'
import type { Active } from './active.ts'

/** A job as it is now, and the path of its result inside the data folder. */
export type CurrentJob = { job: Job; result: string | null }

export type CurrentJobs = {
  /** Rejects with UNREADABLE for a job that cannot be read. */
  find: (id: string) => Promise<CurrentJob | undefined>
  /** Whose an unfinished job is; null for nobody's, and for one that is not known. */
  ownerOf: (id: string) => string | null
  /** A stored job with its place in the queue and its latest progress, which are kept in memory alone. */
  current: (job: Job) => Job
}

/** Jobs as they are now: those in work from memory, all others from the store. */
export const createCurrentJobs = (deps: {
  active: ReadonlyMap<string, Active>
  jobs: Pick<JobStore, 'get'>
  /** Where a pending job stands in its queue: 1 is next. */
  position: (job: Job) => number | undefined
}): CurrentJobs => {
  const { active, jobs, position } = deps
  const current = (job: Job): Job => {
    const known = active.get(job.job_id)?.job ?? job
    if (known.status !== 'pending') return known
    return { ...known, queue_position: position(known) ?? known.queue_position }
  }
  return {
    current,
    ownerOf: (id) => active.get(id)?.job.owner ?? null,
    find: async (id) => {
      const stored = active.has(id) ? undefined : await jobs.get(id)
      const entry = active.get(id) ?? stored
      return entry && { job: current(entry.job), result: entry.result }
    },
  }
}
