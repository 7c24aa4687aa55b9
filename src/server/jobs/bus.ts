import type { Job } from '../../shared/job.ts'
import type { QueueTotals } from '../../shared/routes.ts'
import type { RemovedJob } from '../store/library-store.ts'

/**
 * What changes about jobs: a job, how many wait and run, or that jobs were removed for good. Nothing is told of jobs that
 * only moved up in the queue.
 */
export type JobEvent =
  { name: 'job'; job: Job } | { name: 'queue'; totals: QueueTotals } | { name: 'removed'; jobs: readonly RemovedJob[] }

export type JobBus = {
  tell: (event: JobEvent) => void
  /** Calls back on every event, until the returned function is called. */
  subscribe: (listener: (event: JobEvent) => void) => () => void
}

export const createJobBus = (): JobBus => {
  const listeners = new Set<(event: JobEvent) => void>()
  return {
    tell: (event) => {
      for (const listener of listeners) listener(event)
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
