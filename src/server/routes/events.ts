import { Hono } from 'hono'
import { streamSSE } from 'hono/streaming'
import type { AppEnv } from '../http/context.ts'
import type { JobBus, JobEvent } from '../jobs/bus.ts'
import type { Runner } from '../jobs/runner.ts'
import type { Notices } from '../notices.ts'
import { describedJobs } from '../openapi/job-routes.ts'

/** A comment this often keeps a quiet connection from being taken for a dead one. */
const HEARTBEAT_MS = 15_000

export type EventRouteDeps = { runner: Runner; bus: JobBus; notices: Notices; closing: AbortSignal }

const dataOf = (event: JobEvent): object => {
  if (event.name === 'job') return event.job
  return event.name === 'queue' ? event.totals : { job_ids: event.jobIds }
}

/** By what a newer event takes the place of an older one. Of removals every one counts. */
const keyOf = (event: JobEvent): string => {
  if (event.name === 'job') return event.job.job_id
  return event.name === 'queue' ? 'queue' : `removed ${event.jobIds.join()}`
}

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
export const eventRoutes = ({ runner, bus, notices, closing }: EventRouteDeps): Hono<AppEnv> => {
  const app = new Hono<AppEnv>()
  app.get('/events', describedJobs.events, (context) =>
    streamSSE(context, async (stream) => {
      runner.prepare()
      const waiting = new Map<string, { event: string; data: string }>()
      let wake: () => void = () => undefined
      const put = (key: string, event: string, data: string): void => {
        waiting.set(key, { event, data })
        wake()
      }
      const putNotices = (): void => put('notice', 'notice', JSON.stringify({ notices: notices.list() }))
      const stopListening = [
        bus.subscribe((event) => {
          // Should one of them come back, that is told after this.
          if (event.name === 'removed') for (const id of event.jobIds) waiting.delete(id)
          put(keyOf(event), event.name, wordsOf(event))
        }),
        notices.subscribe(putNotices),
      ]
      put('queue', 'queue', JSON.stringify(runner.totals()))
      putNotices()
      const heartbeat = setInterval(() => wake(), HEARTBEAT_MS)
      const stop = (): void => wake()
      closing.addEventListener('abort', stop)
      stream.onAbort(stop)
      try {
        await stream.write('retry: 1000\n\n')
        while (!stream.aborted && !closing.aborted) {
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
