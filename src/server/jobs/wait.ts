import { type FinishedJob, isFinished, type Job } from '../../shared/job.ts'
import type { JobBus } from './bus.ts'

/** Waits for a job to finish. Rejects with the signal's reason. */
export const createWait =
  (bus: Pick<JobBus, 'subscribe'>, find: (id: string) => Promise<{ job: Job } | undefined>) =>
  async (id: string, signal: AbortSignal): Promise<FinishedJob> => {
    signal.throwIfAborted()
    const controller = new AbortController()
    const end = new Promise<FinishedJob>((resolve, reject) => {
      const stop = bus.subscribe((event) => {
        if (event.name === 'job' && event.job.job_id === id && isFinished(event.job)) resolve(event.job)
      })
      signal.addEventListener('abort', () => reject(signal.reason), { signal: controller.signal })
      controller.signal.addEventListener('abort', stop)
    })
    try {
      // Whoever asks before it is known is told by the event.
      const found = await Promise.race([end, find(id).then((known) => known?.job)])
      return found && isFinished(found) ? found : await end
    } finally {
      controller.abort()
    }
  }
