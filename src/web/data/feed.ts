import { create } from 'zustand'
import { isFinished, type FinishedJob, type Job, jobEventSchema } from '../../shared/job.ts'
import { routes } from '../../shared/routes.ts'

/** `lost` is said once the stream was gone for longer than a hiccup. */
export const useConnection = create<{ state: 'connecting' | 'open' | 'lost' }>()(() => ({ state: 'connecting' }))

const LOST_AFTER = 2500
const POLL_EVERY = 2000

export type Feed = {
  /** Calls back with every job that is seen changed. Returns the undoing. */
  listen: (listener: (job: Job) => void) => () => void
  /** The time, to be taken before asking the server, for `asOf`. */
  now: () => number
  /** A job as it was at that time, or is now. An answer that was overtaken by an event is not listened to. */
  saw: (job: Job, asOf?: number) => void
  /** The job, or what was seen of it after that time. */
  latest: (job: Job, asOf: number) => Job
  /** Resolves once the job is seen finished, or rejects with the signal's reason. */
  finished: (jobId: string, signal: AbortSignal) => Promise<FinishedJob>
}

/** What is known of jobs as they change, whoever looks: the studio's one place where jobs are watched. */
export const createFeed = (now: () => number = () => performance.now()): Feed => {
  const sightings = new Map<string, { job: Job; at: number }>()
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
      for (const listener of listeners) listener(job)
    },
    latest: (job, asOf) => {
      const seen = sightings.get(job.job_id)
      return seen && seen.at > asOf ? seen.job : job
    },
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

/** A hidden page gives its connection back after this: browsers allow six to a server, for all of their tabs. */
const HIDDEN_FOR = 30_000

/**
 * Keeps the event stream open, and looks at the list of jobs every two seconds while it is not. `catchUp` is called
 * after every opening and for every such look, since what happened in between was not heard. Returns the undoing.
 */
export const followEvents = (feed: Feed, catchUp: () => Promise<unknown>): (() => void) => {
  let source: EventSource
  let lost: ReturnType<typeof setTimeout> | undefined
  let hiding: ReturnType<typeof setTimeout> | undefined
  const say = (state: 'connecting' | 'open' | 'lost') => useConnection.setState({ state })
  const open = () => {
    source = new EventSource(routes.events)
    source.addEventListener('open', () => {
      clearTimeout(lost)
      lost = undefined
      say('open')
      void catchUp()
    })
    source.addEventListener('job', (event) => {
      const job = jobEventSchema.safeParse(parseJson(event.data))
      if (job.success) feed.saw(job.data)
    })
    source.addEventListener('error', () => {
      lost ??= setTimeout(() => say('lost'), LOST_AFTER)
    })
  }
  open()
  const poll = setInterval(() => {
    if (source.readyState === EventSource.OPEN) return
    // The browser reopens a stream that broke, but gives up on one that was refused.
    if (source.readyState === EventSource.CLOSED && !document.hidden) open()
    void catchUp()
  }, POLL_EVERY)
  const onVisibility = () => {
    clearTimeout(hiding)
    if (document.hidden) hiding = setTimeout(() => source.close(), HIDDEN_FOR)
    else if (source.readyState === EventSource.CLOSED) open()
  }
  document.addEventListener('visibilitychange', onVisibility)
  return () => {
    document.removeEventListener('visibilitychange', onVisibility)
    source.close()
    clearTimeout(lost)
    clearTimeout(hiding)
    clearInterval(poll)
  }
}

const parseJson = (text: unknown): unknown => {
  try {
    return JSON.parse(String(text))
  } catch {
    // A line that is not JSON is no job; the schema refuses it.
    return undefined
  }
}
