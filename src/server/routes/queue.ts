import { Hono } from 'hono'
import { RushesError } from '../../shared/errors.ts'
import { moveSchema, pauseSchema, type Queue } from '../../shared/queue.ts'
import { type AppContext, type AppEnv, bodyOf, viewerOf } from '../http/context.ts'
import { readJson } from '../http/read-json.ts'
import type { Runner } from '../jobs/runner.ts'
import { describedQueue } from '../openapi/queue-routes.ts'
import type { People } from '../people/people.ts'
import { ownerSeen, requireAdmin } from '../people/viewer.ts'

export type QueueRouteDeps = { runner: Pick<Runner, 'queue'>; people: People }

/** Looking at all that runs and waits, holding it, changing its order. */
export const queueRoutes = ({ runner: { queue }, people }: QueueRouteDeps): Hono<AppEnv> => {
  /** All count; those of others that they do not see are not named. */
  const viewFor = (context: AppContext): Queue => queue.view(ownerSeen(viewerOf(context)))

  // What holds the queue, or puts one before another, is felt by everybody.
  const requireQueue = (context: AppContext): void =>
    requireAdmin(viewerOf(context), 'hold the queue, or change its order')

  const app = new Hono<AppEnv>()

  app.get('/queue', describedQueue.get, (context) => context.json(viewFor(context)))

  app.delete('/queue', describedQueue.cancel, async (context) => {
    const viewer = viewerOf(context)
    const cancelled = await queue.cancelWaiting(viewer.isAdmin ? undefined : (viewer.person?.id ?? ''))
    await people.audit.note(viewer, 'queue.cancelled', [], { cancelled })
    return context.json({ cancelled })
  })

  app.put('/queue/pause', describedQueue.pause, async (context) => {
    requireQueue(context)
    // Without a body, what runs goes to its end.
    const isEmpty = (context.req.header('content-length') ?? '0') === '0' && !context.req.header('transfer-encoding')
    const asked = pauseSchema.safeParse(isEmpty ? {} : await readJson(bodyOf(context)))
    if (!asked.success) throw new RushesError('INVALID_INPUT', 'Send {"running": "finish"} or {"running": "requeue"}.')
    await queue.pause(asked.data.running)
    await people.audit.note(viewerOf(context), 'queue.paused')
    return context.json(viewFor(context))
  })

  app.delete('/queue/pause', describedQueue.goOn, async (context) => {
    requireQueue(context)
    await queue.goOn()
    await people.audit.note(viewerOf(context), 'queue.resumed')
    return context.json(viewFor(context))
  })

  app.post('/queue/move', describedQueue.move, async (context) => {
    requireQueue(context)
    const asked = moveSchema.safeParse(await readJson(bodyOf(context)))
    if (!asked.success)
      throw new RushesError('INVALID_INPUT', 'Send {"job_id": "job_…", "before": "job_…"}, or null to put it last.')
    await queue.move(asked.data.job_id, asked.data.before)
    return context.json(viewFor(context))
  })
  return app
}
