import { type FinishedJob, isFinished, type Job, type RendererName } from '../../shared/job.ts'
import type { QueueTotals } from '../../shared/routes.ts'
import type { StoredJob } from '../store/stored-job.ts'
import type { Active } from './active.ts'
import { createChanges, type JobChanges } from './changes.ts'
import { createCurrentJobs, type CurrentJobs } from './current-jobs.ts'
import type { JobQueue } from './queue.ts'
import type { Recovery } from './recovery.ts'
import { createResume } from './resume.ts'
import { createScheduling, type SchedulingDeps } from './scheduling.ts'
import { createWait } from './wait.ts'

export type Runner = CurrentJobs & {
  /** Queues a job that was just put into the store. */
  enqueue: (stored: StoredJob) => void
  /**
   * The job of a key that was used before, as it now is. One that nobody works on, because putting it in was thought to
   * have failed, is queued.
   */
  goOn: (stored: StoredJob) => Promise<Job>
  /**
   * Ends a job's work. Answers the job as it then is; one that was finished stays as it was. Rejects where that it was
   * cancelled cannot be written down (yet): its work has ended all the same.
   */
  cancel: (id: string) => Promise<Job | undefined>
  /** Takes up a failed job whose order still stands in the cloud. */
  resume: (id: string) => Promise<Job>
  /** Changes finished jobs, in a way that leaves what was made as it is. */
  changes: JobChanges
  /** Resolves when the job has finished. */
  wait: (id: string, signal: AbortSignal) => Promise<FinishedJob>
  /** What a person does with all that waits. */
  queue: Omit<JobQueue, 'rewrite' | 'isPaused'>
  /** How many jobs wait and run. */
  totals: () => QueueTotals
  /** When the job that has waited longest was asked for, by renderer, in milliseconds since 1970; null where none waits. */
  oldestWaiting: () => Readonly<Record<RendererName, number | null>>
  /** Told that there is room on the disk again: what waits begins. */
  proceed: () => void
  /** Told that somebody has opened the studio: gets ready for the first job. */
  prepare: () => void
  /** Takes up what a stopped server left unfinished, and begins to work. */
  recover: Recovery['recover']
  /** Writes all that is unfinished into an index that has taken the place of another; `recover` comes after. */
  rewrite: Recovery['rewrite']
  close: () => Promise<void>
}

/** Makes the jobs that wait, each by its renderer, to whatever end. */
export const createRunner = (
  deps: SchedulingDeps & {
    /** Who is likely to make the next job. */
    likely: () => RendererName
    now?: () => Date
  },
): Runner => {
  const { jobs, bus } = deps
  const now = deps.now ?? (() => new Date())
  const active = new Map<string, Active>()
  const currentJobs = createCurrentJobs({ active, jobs, position: (job) => lanes.position(job) })
  const { find, current } = currentJobs
  const announce = (job: Job): void => bus.tell({ name: 'job', job: current(job) })
  const scheduling = createScheduling({ ...deps, active, currentJobs, announce, now })
  const { lanes, admission, cancelling, recovery } = scheduling

  /** Resolves once the end of a job is written down. Rejects where it could not be. */
  const ended = async (id: string): Promise<void> => {
    const outcome = await active.get(id)?.ending
    if (outcome?.written === false && active.has(id)) throw outcome.error
  }

  return {
    ...currentJobs,
    enqueue: (stored) => admission.enqueue(stored),
    queue: scheduling.queue,
    totals: lanes.totals,
    oldestWaiting: lanes.oldestWaiting,
    goOn: async (stored) => current((await recovery.takeBack(stored.job.job_id))?.job ?? stored.job),
    cancel: async (id) => {
      const entry = active.get(id) ?? (await recovery.takeBack(id))
      if (!entry || isFinished(entry.job)) return (await find(id))?.job
      entry.cancelling ??= cancelling.cancel(entry)
      return entry.cancelling
    },
    resume: createResume({ active, jobs, ends: scheduling.ends, enqueue: admission.enqueue, current }),
    changes: createChanges({ find, takes: deps.takes, blobs: deps.blobs, jobs, ended, announce, now }),
    wait: createWait(bus, find),
    proceed: () => {
      lanes.pump()
      scheduling.announceQueue()
    },
    prepare: () => lanes.prepare(deps.likely()),
    recover: recovery.recover,
    rewrite: recovery.rewrite,
    close: scheduling.close,
  }
}
