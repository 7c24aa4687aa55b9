import { Hono } from 'hono'
import { streamSSE } from 'hono/streaming'
import type { QueueTotals } from '../../shared/routes.ts'
import { type AppEnv, viewerOf } from '../http/context.ts'
import type { JobBus, JobEvent } from '../jobs/bus.ts'
import type { Runner } from '../jobs/runner.ts'
import type { Notices } from '../notices.ts'
import { describedJobs } from '../openapi/job-routes.ts'
import type { People } from '../people/people.ts'
import { maySee, type Viewer } from '../people/viewer.ts'

/** A comment this often keeps a quiet connection from being taken for a dead one. */
const HEARTBEAT_MS = 15_000

export type EventRouteDeps = { runner: Runner; bus: JobBus; notices: Notices; people: People; closing: AbortSignal }

const dataOf = (event: JobEvent): object => {
  if (event.name === 'job') return event.job
  return event.name === 'queue' ? event.totals : { job_ids: event.jobs.map(({ id }) => id) }
}

/** By what a newer event takes the place of an older one. Of removals every one counts. */
const keyOf = (event: JobEvent): string => {
  if (event.name === 'job') return event.job.job_id
  return event.name === 'queue' ? 'queue' : `removed ${event.jobs.map(({ id }) => id).join()}`
}

/**
 * What of an event somebody may hear: of others' jobs that they do not see, how many wait and run, and nothing else. Null
 * where that is nothing.
 */
const heardBy = (viewer: Viewer, event: JobEvent, ownerOf: (id: string) => string | null): JobEvent | null => {
  if (viewer.seesAll) return event
  if (event.name === 'job') return maySee(viewer, event.job) ? event : null
  if (event.name === 'queue') return { ...event, totals: totalsFor(viewer, event.totals, ownerOf) }
  const jobs = event.jobs.filter((job) => maySee(viewer, job))
  return jobs.length === 0 ? null : { ...event, jobs }
}

/** Counts of all, and names of what they see. */
const totalsFor = (viewer: Viewer, totals: QueueTotals, ownerOf: (id: string) => string | null): QueueTotals =>
  viewer.seesAll
    ? totals
    : Object.fromEntries(
        Object.entries(totals).map(([renderer, lane]) => [
          renderer,
          { ...lane, next: lane.next.filter((id) => maySee(viewer, { owner: ownerOf(id) })) },
        ]),
      )

/** Each job is put into words once, however many pages listen. */
const words = new WeakMap<JobEvent, string>()
const wordsOf = (event: JobEvent): string => {
  const known = words.get(event)
  if (known !== undefined) return known
  const data = JSON.stringify(dataOf(event))
  words.set(event, data)
  return data
}

/**
 * What changes, as server-sent events: `job` with the job as it is, `queue` with how many wait and run, `removed` with
 * the ids of what is gone for good, `notice` with what the server has to say. What a slow reader has not taken yet is replaced by what is newer, so that nothing piles
 * up. A reader that reconnects asks GET /v1/jobs for what it missed.
 */
export const eventRoutes = ({ runner, bus, notices, people, closing }: EventRouteDeps): Hono<AppEnv> => {
  const app = new Hono<AppEnv>()
  app.get('/events', describedJobs.events, (context) =>
    streamSSE(context, async (stream) => {
      runner.prepare()
      const viewer = viewerOf(context)
      const over = new AbortController()
      const waiting = new Map<string, { event: string; data: string }>()
      let wake: () => void = () => undefined
      const put = (key: string, event: string, data: string): void => {
        waiting.set(key, { event, data })
        wake()
      }
      const putNotices = (): void => put('notice', 'notice', JSON.stringify({ notices: notices.list() }))
      const stopListening = [
        bus.subscribe((told) => {
          const event = heardBy(viewer, told, runner.ownerOf)
          if (!event) return
          // Should one of them come back, that is told after this.
          if (event.name === 'removed') for (const { id } of event.jobs) waiting.delete(id)
          put(keyOf(event), event.name, wordsOf(event))
        }),
        notices.subscribe(putNotices),
        // Signed out, or allowed more or less than before: the page comes again, and is told 401 or what it may hear.
        people.who.watch(viewer, () => {
          over.abort()
          wake()
        }),
      ]
      put('queue', 'queue', JSON.stringify(totalsFor(viewer, runner.totals(), runner.ownerOf)))
      putNotices()
      const heartbeat = setInterval(() => wake(), HEARTBEAT_MS)
      const stop = (): void => wake()
      closing.addEventListener('abort', stop)
      stream.onAbort(stop)
      try {
        await stream.write('retry: 1000\n\n')
        while (!stream.aborted && !closing.aborted && !over.signal.aborted) {
          if (waiting.size === 0) await new Promise<void>((resolve) => (wake = resolve))
          const events = [...waiting.values()]
          waiting.clear()
          if (events.length === 0) await stream.write(': still here\n\n')
          for (const event of events) await stream.writeSSE(event)
        }
      } finally {
        clearInterval(heartbeat)
        for (const undo of stopListening) undo()
        closing.removeEventListener('abort', stop)
      }
    }),
  )
  return app
}
