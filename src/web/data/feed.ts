import { isFinished, type FinishedJob, type Job } from '../../shared/job.ts'

export type Feed = {
  /** Calls back with every job that is seen changed. Returns the undoing. */
  listen: (listener: (job: Job) => void) => () => void
  /** The time, to be taken before asking the server, for `asOf`. */
  now: () => number
  /** A job as it was at that time, or is now. An answer that was overtaken by an event is not listened to. */
  saw: (job: Job, asOf?: number) => void
  /** The job, or what was seen of it after that time. */
  latest: (job: Job, asOf: number) => Job
  /** The jobs that were seen after that time, as they then were. */
  since: (time: number) => Job[]
  /** The job as it was last seen, by an event or in a list that asked for `latest`. */
  known: (jobId: string) => Job | undefined
  /** Resolves once the job is seen finished, or rejects with the signal's reason. */
  finished: (jobId: string, signal: AbortSignal) => Promise<FinishedJob>
}

/** What is known of jobs as they change, whoever looks: the studio's one place where jobs are watched. */
export const createFeed = (now: () => number = () => performance.now()): Feed => {
  const sightings = new Map<string, { job: Job; at: number }>()
  const listed = new Map<string, Job>()
  const listeners = new Set<(job: Job) => void>()
  const listen: Feed['listen'] = (listener) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }
  return {
    listen,
    now,
    saw: (job, asOf = now()) => {
      if ((sightings.get(job.job_id)?.at ?? -Infinity) > asOf) return
      sightings.set(job.job_id, { job, at: asOf })
      listed.delete(job.job_id)
      for (const listener of listeners) listener(job)
    },
    latest: (job, asOf) => {
      const seen = sightings.get(job.job_id)
      if (seen && seen.at > asOf) return seen.job
      // A list is newer than what was seen before it.
      listed.set(job.job_id, job)
      return job
    },
    since: (time) => [...sightings.values()].flatMap(({ job, at }) => (at > time ? [job] : [])),
    known: (jobId) => listed.get(jobId) ?? sightings.get(jobId)?.job,
    finished: (jobId, signal) =>
      new Promise((resolve, reject) => {
        const seen = sightings.get(jobId)?.job
        if (signal.aborted) return reject(signal.reason)
        if (seen && isFinished(seen)) return resolve(seen)
        const abort = () => {
          stop()
          reject(signal.reason)
        }
        const stop = listen((job) => {
          if (job.job_id !== jobId || !isFinished(job)) return
          stop()
          signal.removeEventListener('abort', abort)
          resolve(job)
        })
        signal.addEventListener('abort', abort, { once: true })
      }),
  }
}
