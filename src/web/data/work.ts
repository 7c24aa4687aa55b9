import { create } from 'zustand'
import { isFinished, type Job } from '../../shared/job.ts'
import type { QueueTotals } from '../../shared/routes.ts'
import type { JobStore } from './job-store.ts'
import { useQueue } from './queue.ts'

/** What there was to do since the server last had nothing to do. */
export type Work = {
  /** Jobs that wait or run. */
  left: number
  /** Ids of jobs that have ended, in the order in which they did. */
  completed: readonly string[]
  failed: readonly string[]
  /** Running job id → how far it is, 0 to 1. */
  progress: Readonly<Record<string, number>>
}

export const NO_WORK: Work = { left: 0, completed: [], failed: [], progress: {} }

export const leftOf = (totals: QueueTotals): number =>
  Object.values(totals).reduce((sum, { waiting, running }) => sum + waiting + running, 0)

/** Until all is done, in seconds, the renderers working side by side; null where one of them does not know. */
export const secondsLeft = (totals: QueueTotals): number | null => {
  const busy = Object.values(totals).filter(({ waiting, running }) => waiting + running > 0)
  const times = busy.map((each) => each.seconds_left)
  return times.length === 0 || times.some((time) => time === null) ? null : Math.max(...times.map((time) => time ?? 0))
}

/** The work once the queue stands like that: where there was nothing to do before, it begins anew. */
export const withTotals = (work: Work, totals: QueueTotals): Work => {
  const left = leftOf(totals)
  if (left === work.left) return work
  return work.left === 0 ? { ...NO_WORK, left } : { ...work, left, progress: left === 0 ? {} : work.progress }
}

const put = (ids: readonly string[], { job_id: id }: Job): readonly string[] => (ids.includes(id) ? ids : [...ids, id])

/** The work once a job is as it is; what was finished before there was any is none of it. */
export const withJob = (work: Work, job: Job, since: number): Work => {
  const { [job.job_id]: _, ...others } = work.progress
  if (job.status === 'processing') return { ...work, progress: { ...others, [job.job_id]: job.progress ?? 0 } }
  if (!isFinished(job)) return work
  if (Date.parse(job.finished_at) < since) return work
  const cancelled = job.status === 'failed' && job.error.code === 'CANCELLED'
  return {
    ...work,
    progress: others,
    completed: job.status === 'completed' ? put(work.completed, job) : work.completed,
    failed: job.status === 'failed' && !cancelled ? put(work.failed, job) : work.failed,
  }
}

/** How far all of it is, 0 to 1; null where there is nothing to do. */
export const progressOf = ({ left, completed, failed, progress }: Work): number | null => {
  if (left === 0) return null
  const done = completed.length + failed.length
  const running = Object.values(progress).reduce((sum, each) => sum + each, 0)
  return Math.min(1, (done + running) / (done + left))
}

export const useWork = create<Work>()(() => NO_WORK)

/** Keeps count of the work by the server's events. Returns the undoing. */
export const followWork = (store: Pick<JobStore, 'listen'>): (() => void) => {
  const opened = Date.now()
  const stopListening = store.listen((job) => useWork.setState((work) => withJob(work, job, opened)))
  const stopQueue = useQueue.subscribe(({ totals }) => useWork.setState((work) => withTotals(work, totals)))
  useWork.setState((work) => withTotals(work, useQueue.getState().totals))
  return () => {
    stopListening()
    stopQueue()
  }
}
