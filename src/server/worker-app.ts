import { Hono } from 'hono'
import type { Logger } from 'pino'
import { RushesError } from '../shared/errors.ts'
import { API_PREFIXES } from '../shared/routes.ts'
import { isApi } from './app.ts'
import { lifeSign } from './health/life-sign.ts'
import type { Access } from './http/access.ts'
import type { AppEnv } from './http/context.ts'
import { failureResponse } from './http/failure.ts'
import { guard } from './http/guard.ts'
import { countRequests } from './metrics/count-requests.ts'
import { type MetricsRouteDeps, metricsRoutes } from './routes/metrics.ts'
import { type ReadinessRouteDeps, readinessRoutes } from './routes/readiness.ts'

/** What a worker answers whoever operates it: that it lives, whether it takes jobs, its figures. Nothing of the studio's. */
export const createWorkerApp = (
  deps: ReadinessRouteDeps & MetricsRouteDeps & { access: Access; version: string; logger: Logger },
): Hono<AppEnv> => {
  const app = new Hono<AppEnv>()
  app.use(countRequests(deps.metrics, isApi))
  app.use(guard(deps.access, deps.logger))
  app.onError((error, { req }) => {
    if (!(error instanceof RushesError)) deps.logger.error({ err: error, path: req.path }, 'request broke')
    return failureResponse(error)
  })
  const [prefix] = API_PREFIXES
  const alive = lifeSign(deps.version)
  app.get(`${prefix}/health`, (context) => context.json(alive))
  app.route(prefix, readinessRoutes(deps))
  app.route('/', metricsRoutes(deps))
  app.notFound(() =>
    failureResponse(
      new RushesError(
        'NOT_FOUND',
        'This is a worker of Rushes: it has /v1/health, /v1/ready and /metrics. The studio is where a server runs.',
      ),
    ),
  )
  return app
}
