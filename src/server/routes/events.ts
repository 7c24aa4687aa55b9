import { Hono } from 'hono'
import { streamSSE } from 'hono/streaming'
import type { Job } from '../../shared/job.ts'
import type { AppEnv } from '../http/context.ts'
import type { Runner } from '../jobs/runner.ts'

/** A comment this often keeps a quiet connection from being taken for a dead one. */
const HEARTBEAT_MS = 15_000

/**
 * Job changes as server-sent events. What a slow reader has not taken yet is replaced by the job's newest state, so that
 * nothing piles up. A reader that reconnects asks GET /v1/jobs for what it missed.
 */
export const eventRoutes = ({ runner, closing }: { runner: Runner; closing: AbortSignal }): Hono<AppEnv> => {
  const app = new Hono<AppEnv>()
  app.get('/events', (context) =>
    streamSSE(context, async (stream) => {
      runner.prepare()
      const waiting = new Map<string, Job>()
      let wake: () => void = () => undefined
      const unsubscribe = runner.subscribe((job) => {
        waiting.set(job.job_id, job)
        wake()
      })
      const heartbeat = setInterval(() => wake(), HEARTBEAT_MS)
      const stop = (): void => wake()
      closing.addEventListener('abort', stop)
      stream.onAbort(stop)
      try {
        await stream.write('retry: 1000\n\n')
        while (!stream.aborted && !closing.aborted) {
          if (waiting.size === 0) await new Promise<void>((resolve) => (wake = resolve))
          const jobs = [...waiting.values()]
          waiting.clear()
          if (jobs.length === 0) await stream.write(': still here\n\n')
          for (const job of jobs) await stream.writeSSE({ event: 'job', data: JSON.stringify(job) })
        }
      } finally {
        clearInterval(heartbeat)
        unsubscribe()
        closing.removeEventListener('abort', stop)
      }
    }),
  )
  return app
}
