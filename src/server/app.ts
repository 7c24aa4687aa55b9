import { Hono, type MiddlewareHandler } from 'hono'
import type { Logger } from 'pino'
import { LIMITS, MAX_EDIT_SECONDS, MAX_PIXELS } from '../shared/media.ts'
import { RushesError } from '../shared/errors.ts'
import { API_PREFIXES, type Health } from '../shared/routes.ts'
import type { AppContext, AppEnv } from './http/context.ts'
import { failureResponse } from './http/failure.ts'
import { guard } from './http/guard.ts'
import { openApiDocument } from './openapi.ts'
import { eventRoutes } from './routes/events.ts'
import { type FileRouteDeps, fileRoutes } from './routes/files.ts'
import { type JobRouteDeps, jobRoutes } from './routes/jobs.ts'
import { modelRoutes } from './routes/models.ts'

export type AppDeps = JobRouteDeps &
  FileRouteDeps & {
    /** The address that the server listens on: what Host may name depends on it. */
    host: string
    version: string
    hasKey: boolean
    logger: Logger
    /** Aborts when the server stops, so that event streams end. */
    closing: AbortSignal
    /** Answers what is not the API's: the studio's files. Null where something else serves them. */
    studio: MiddlewareHandler<AppEnv> | null
  }

/** The whole server as a function from Request to Response; listening lives in main.ts. */
export const createApp = (deps: AppDeps): Hono<AppEnv> => {
  const { logger } = deps
  const app = new Hono<AppEnv>()
  app.use(guard(deps.host))
  app.use(async (context, next) => {
    const begin = performance.now()
    await next()
    const ms = Math.round(performance.now() - begin)
    const line = { method: context.req.method, path: context.req.path, status: context.res.status, ms }
    // The studio's own files would drown what matters.
    if (isApi(context.req.path)) logger.info(line, 'request')
  })
  app.onError((error, context) => {
    if (!(error instanceof RushesError)) logger.error({ err: error, path: context.req.path }, 'request broke')
    return failureResponse(error)
  })

  const health: Health = {
    status: 'ok',
    version: deps.version,
    renderers: {
      local: { ready: true, note: 'A procedural draft, made on this machine.' },
      decart: deps.hasKey
        ? { ready: true, note: "Decart's cloud." }
        : { ready: false, note: 'Set DECART_API_KEY in .env and restart to render in the cloud.' },
    },
    default_renderer: deps.hasKey ? 'decart' : 'local',
    limits: {
      video_bytes: LIMITS.video,
      image_bytes: LIMITS.image,
      pixels: MAX_PIXELS,
      edit_seconds: MAX_EDIT_SECONDS,
    },
  }

  const api = new Hono<AppEnv>()
  api.get('/health', (context) => context.json(health))
  api.route('/', modelRoutes())
  api.route('/', eventRoutes(deps))
  api.route('/', fileRoutes(deps))
  api.route('/', jobRoutes(deps))
  for (const prefix of API_PREFIXES) app.route(prefix, api)

  const document = openApiDocument(deps.version)
  app.get('/openapi.json', (context) => context.json(document))
  const nothingAt = (context: AppContext): Response =>
    failureResponse(
      new RushesError('NOT_FOUND', `There is nothing at ${context.req.method} ${context.req.path.slice(0, 120)}.`),
    )
  // Before the studio's files: an unknown route of the API is no page.
  for (const prefix of API_PREFIXES) app.all(`${prefix}/*`, nothingAt)
  if (deps.studio) app.get('*', deps.studio)
  app.notFound(nothingAt)
  return app
}

const isApi = (path: string): boolean => API_PREFIXES.some((prefix) => path === prefix || path.startsWith(`${prefix}/`))
