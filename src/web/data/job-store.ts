import { notifyManager, replaceEqualDeep } from '@tanstack/react-query'
import { useMemo, useSyncExternalStore } from 'react'
import { isFinished, type FinishedJob, type Job } from '../../shared/job.ts'

/** Called with a job as it is now, and as it was known before, if it was. */
export type JobListener = (job: Job, before: Job | undefined) => void

export type JobStore = {
  /** Calls back with every job that is published. Returns the undoing. */
  listen: (listener: JobListener) => () => void
  /** Calls back once something in the store is another. Returns the undoing. */
  subscribe: (onChange: () => void) => () => void
  /** Counts up with every change. */
  version: () => number
  /** The time in milliseconds, to be read before the server is asked, for `asOf`. */
  now: () => number
  /** Sets a job as it was at `asOf`, or is now, and tells all listeners. One that a later event overtook is dropped. */
  publish: (job: Job, asOf?: number) => void
  /** Sets the jobs of an answer, except those that an event after `asOf` overtook. Returns their ids, in their order. */
  add: (jobs: readonly Job[], asOf: number) => string[]
  /** The jobs that were published for a time after that one, as they are now. */
  since: (time: number) => Job[]
  get: (jobId: string) => Job | undefined
  /** Resolves once the job is finished, or rejects with the signal's reason. */
  finished: (jobId: string, signal: AbortSignal) => Promise<FinishedJob>
}

const finishedJob = (
  { get, listen }: Pick<JobStore, 'get' | 'listen'>,
  jobId: string,
  signal: AbortSignal,
): Promise<FinishedJob> =>
  new Promise((resolve, reject) => {
    const known = get(jobId)
    if (signal.aborted) return reject(signal.reason)
    if (known && isFinished(known)) return resolve(known)
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
  })

/**
 * The page's one copy of each job. Whatever answers or events say of a job goes in here; lists of all kinds hold ids and
 * read their jobs from here, so that a job is the same wherever it is shown. A job that is told again as it was stays
 * the same object: nothing of it is drawn again.
 */
export const createJobStore = (now: () => number = () => performance.now()): JobStore => {
  /** `publishedAt` is the time of the last event or act; a list's answer is older than those that came after its request. */
  const jobs = new Map<string, { job: Job; publishedAt: number }>()
  const listeners = new Set<JobListener>()
  const subscribers = new Set<() => void>()
  let version = 0

  const set = (job: Job, publishedAt: number): Job => {
    const before = get(job.job_id)
    const isSame = before !== undefined && replaceEqualDeep(before, job) === before
    const kept = isSame ? before : job
    jobs.set(job.job_id, { job: kept, publishedAt })
    if (!isSame) {
      version++
      for (const onChange of subscribers) onChange()
    }
    return kept
  }
  const get = (jobId: string): Job | undefined => jobs.get(jobId)?.job
  const publishedAt = (jobId: string): number => jobs.get(jobId)?.publishedAt ?? -Infinity
  const listen: JobStore['listen'] = (listener) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }
  return {
    listen,
    subscribe: (onChange) => {
      subscribers.add(onChange)
      return () => subscribers.delete(onChange)
    },
    version: () => version,
    now,
    publish: (job, asOf = now()) => {
      if (publishedAt(job.job_id) > asOf) return
      const before = get(job.job_id)
      const kept = set(job, asOf)
      for (const listener of listeners) listener(kept, before)
    },
    add: (added, asOf) => {
      for (const job of added) {
        const at = publishedAt(job.job_id)
        if (at <= asOf) set(job, at)
      }
      return added.map(({ job_id }) => job_id)
    },
    since: (time) => [...jobs.values()].flatMap((each) => (each.publishedAt > time ? [each.job] : [])),
    get,
    finished: (jobId, signal) => finishedJob({ get, listen }, jobId, signal),
  }
}

/** The store of this page. */
export const jobStore = createJobStore()

/** The jobs of these ids, in their order, without those that are not known. */
export const jobsById = (ids: readonly string[], store: JobStore = jobStore): Job[] =>
  ids.flatMap((id) => store.get(id) ?? [])

/** Reads the jobs of these ids: the same array until one of them is another. */
const readerOf = (ids: readonly string[]): (() => readonly Job[]) => {
  let read: { version: number; jobs: readonly Job[] } | undefined
  return () => {
    const version = jobStore.version()
    if (read?.version === version) return read.jobs
    const jobs = jobsById(ids)
    const before = read?.jobs
    const isSame = before?.length === jobs.length && jobs.every((job, index) => job === before[index])
    read = { version, jobs: isSame ? before : jobs }
    return read.jobs
  }
}

// With the changes of queries, so that a burst of events is drawn once.
const subscribe = (onChange: () => void): (() => void) => jobStore.subscribe(() => notifyManager.schedule(onChange))

/** See {@link jobsById}; kept up to date. Give the same array as long as the ids are the same. */
export const useJobs = (ids: readonly string[]): readonly Job[] => {
  const read = useMemo(() => readerOf(ids), [ids])
  return useSyncExternalStore(subscribe, read)
}

/** A job as it is now; undefined for null, and where it is not known. */
export const useJob = (jobId: string | null): Job | undefined =>
  useSyncExternalStore(subscribe, () => (jobId === null ? undefined : jobStore.get(jobId)))
