import { Hono } from 'hono'
import type { Readiness } from '../health/readiness.ts'
import type { AppEnv } from '../http/context.ts'
import { describedServer } from '../openapi/server-routes.ts'

/** Seconds after which to look again. */
const RETRY_AFTER = '5'

export type ReadinessRouteDeps = { readiness: Readiness }

/** Whether jobs can be sent here, for load balancers and the like. */
export const readinessRoutes = ({ readiness }: ReadinessRouteDeps): Hono<AppEnv> => {
  const app = new Hono<AppEnv>()
  app.get('/ready', describedServer.ready, async (context) => {
    const told = await readiness()
    context.header('cache-control', 'no-store')
    return told.ready ? context.json(told) : context.json(told, 503, { 'retry-after': RETRY_AFTER })
  })
  return app
}
