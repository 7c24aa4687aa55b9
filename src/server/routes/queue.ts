import { Hono } from 'hono'
import { RushesError } from '../../shared/errors.ts'
import { moveSchema, pauseSchema } from '../../shared/queue.ts'
import { type AppEnv, bodyOf } from '../http/context.ts'
import { readJson } from '../http/read-json.ts'
import type { Runner } from '../jobs/runner.ts'
import { describedQueue } from '../openapi/queue-routes.ts'

export type QueueRouteDeps = { runner: Pick<Runner, 'queue'> }

/** Looking at all that runs and waits, holding it, changing its order. */
export const queueRoutes = ({ runner: { queue } }: QueueRouteDeps): Hono<AppEnv> => {
  const app = new Hono<AppEnv>()

  app.get('/queue', describedQueue.get, (context) => context.json(queue.view()))

  app.delete('/queue', describedQueue.cancel, async (context) =>
    context.json({ cancelled: await queue.cancelWaiting() }),
  )

  app.put('/queue/pause', describedQueue.pause, async (context) => {
    // Without a body, what runs goes to its end.
    const isEmpty = (context.req.header('content-length') ?? '0') === '0' && !context.req.header('transfer-encoding')
    const asked = pauseSchema.safeParse(isEmpty ? {} : await readJson(bodyOf(context)))
    if (!asked.success) throw new RushesError('INVALID_INPUT', 'Send {"running": "finish"} or {"running": "requeue"}.')
    await queue.pause(asked.data.running)
    return context.json(queue.view())
  })

  app.delete('/queue/pause', describedQueue.goOn, async (context) => {
    await queue.goOn()
    return context.json(queue.view())
  })

  app.post('/queue/move', describedQueue.move, async (context) => {
    const asked = moveSchema.safeParse(await readJson(bodyOf(context)))
    if (!asked.success)
      throw new RushesError('INVALID_INPUT', 'Send {"job_id": "job_…", "before": "job_…"}, or null to put it last.')
    await queue.move(asked.data.job_id, asked.data.before)
    return context.json(queue.view())
  })
  return app
}
