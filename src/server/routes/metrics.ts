import { Hono, type MiddlewareHandler } from 'hono'
import type { AppEnv } from '../http/context.ts'
import { guardMetrics, type MetricsAccess } from '../metrics/access.ts'
import type { Metrics } from '../metrics/metrics.ts'
import { describedServer } from '../openapi/server-routes.ts'

export type MetricsRouteDeps = {
  metrics: Metrics
  metricsAccess: MetricsAccess
  /** Refuses pages of other origins that are let in elsewhere. */
  ownOrigin: MiddlewareHandler<AppEnv>
}

/** Figures for Prometheus. */
export const metricsRoutes = ({ metrics, metricsAccess, ownOrigin }: MetricsRouteDeps): Hono<AppEnv> => {
  const app = new Hono<AppEnv>()
  app.get('/metrics', describedServer.metrics, ownOrigin, guardMetrics(metricsAccess), async (context) =>
    context.body(await metrics.text(), 200, { 'content-type': metrics.contentType, 'cache-control': 'no-store' }),
  )
  return app
}
