import { setMaxListeners } from 'node:events'
import { Hono, type MiddlewareHandler } from 'hono'
import { methodNotAllowed } from 'hono/method-not-allowed'
import { getPath } from 'hono/utils/url'
import type { Logger } from 'pino'
import { RushesError } from '../shared/errors.ts'
import type { RendererName } from '../shared/job.ts'
import { API_PREFIXES, type Health, healthSchema } from '../shared/routes.ts'
import { lifeSign } from './health/life-sign.ts'
import { type AppContext, type AppEnv, isDisconnect, wentAway } from './http/context.ts'
import { failureResponse } from './http/failure.ts'
import { guard } from './http/guard.ts'
import { limitStreams, limitUploads } from './http/limit.ts'
import { headersOnly, wrongMethod } from './http/method.ts'
import { identify } from './http/identify.ts'
import { refuseWhileStopping, stoppingError } from './http/stopping.ts'
import { countRequests } from './metrics/count-requests.ts'
import type { People } from './people/people.ts'
import type { Catalogue } from './models/catalogue.ts'
import { describe, json } from './openapi/describe.ts'
import { openApiDocument } from './openapi/document.ts'
import { accountRoutes } from './routes/account.ts'
import { clientSetupRoutes } from './routes/client-setup.ts'
import { type EventRouteDeps, eventRoutes } from './routes/events.ts'
import { type FileRouteDeps, fileRoutes } from './routes/files.ts'
import { type JobRouteDeps, jobRoutes } from './routes/jobs.ts'
import { type LibraryRouteDeps, libraryRoutes } from './routes/library.ts'
import { type MetricsRouteDeps, metricsRoutes } from './routes/metrics.ts'
import { modelRoutes } from './routes/models.ts'
import { peopleRoutes } from './routes/people.ts'
import { queueRoutes } from './routes/queue.ts'
import { type ReadinessRouteDeps, readinessRoutes } from './routes/readiness.ts'
import { type RendererRouteDeps, rendererRoutes } from './routes/renderers.ts'
import { sessionRoutes } from './routes/session.ts'
import { type UploadRouteDeps, uploadRoutes } from './routes/uploads.ts'
import { type WorkflowRouteDeps, workflowRoutes } from './routes/workflows.ts'
import { explainDiskError } from './disk-errors.ts'

export type AppDeps = JobRouteDeps &
  FileRouteDeps &
  UploadRouteDeps &
  LibraryRouteDeps &
  EventRouteDeps &
  RendererRouteDeps &
  ReadinessRouteDeps &
  MetricsRouteDeps &
  Omit<WorkflowRouteDeps, 'note'> & {
    version: string
    people: People
    models: Catalogue
    /** Who renders where nobody is chosen. */
    likely: () => RendererName
    logger: Logger
    /** Event streams that may be open at a time. */
    maxStreams: number
    /** Answers what is not the API's: the studio's files. Null where something else serves them. */
    studio: MiddlewareHandler<AppEnv> | null
  }

const UNFINISHED = 'Whether this was still done is not known: look once it is back, or send it again.'

const described = {
  health: describe({
    operationId: 'health',
    tag: 'server',
    summary: 'How things are: the version, who can render, the limits',
    answers: { 200: { description: 'How things are.', content: json(healthSchema) } },
    failures: [],
  }),
  document: describe({
    operationId: 'openapi',
    tag: 'server',
    summary: 'This document',
    servers: [{ url: '/' }],
    answers: {
      200: { description: 'OpenAPI 3.1.', content: { 'application/json': { schema: { type: 'object' } } } },
    },
    failures: [],
  }),
}

/** What every request goes through, and what becomes of one that breaks. */
const addMiddleware = (app: Hono<AppEnv>, deps: AppDeps): void => {
  const { logger } = deps
  // First, so that what is refused is counted, too.
  app.use(countRequests(deps.metrics, isApi))
  app.use(guard(deps.access, logger))
  app.use(async (context, next) => {
    const begin = performance.now()
    await next()
    const ms = Math.round(performance.now() - begin)
    const line = { method: context.req.method, path: context.req.path, status: context.res.status, ms }
    // The studio's own files would drown what matters.
    if (isApi(context.req.path)) logger.info(line, 'request')
  })
  app.use(identify(deps.people.who, deps.people.settings, deps.access))
  app.onError((error, context) => {
    if (isDisconnect(context, error)) return failureResponse(wentAway(error))
    if (!(explainDiskError(error) instanceof RushesError)) {
      // What it works with is closed by now: that is no defect.
      if (deps.ending.aborted) return failureResponse(stoppingError(UNFINISHED))
      logger.error({ err: error, path: context.req.path }, 'request broke')
    }
    return failureResponse(error)
  })
}

/** How things are, and what a browser asks first of all. */
const healthRoutes = (deps: AppDeps): Hono<AppEnv> => {
  const alive = lifeSign(deps.version)
  const health = (): Health => ({
    ...alive,
    renderers: Object.fromEntries(
      deps.renderers.list().map(({ name, state, note }) => [name, { ready: state === 'ready', note }]),
    ),
    default_renderer: deps.likely(),
    notices: deps.notices.list(),
  })
  return new Hono<AppEnv>().get('/health', described.health, (context) =>
    context.json(context.get('viewer') ? health() : alive),
  )
}

/** All of the API, below its prefix. */
const apiRoutes = (deps: AppDeps): Hono<AppEnv> => {
  const api = new Hono<AppEnv>()
  api.use(refuseWhileStopping(deps.closing))
  api.use(limitUploads())
  api.get('/events', headersOnly('text/event-stream'), limitStreams(deps.maxStreams))
  api.route('/', healthRoutes(deps))
  api.route('/', readinessRoutes(deps))
  api.route('/', sessionRoutes(deps))
  api.route('/', accountRoutes(deps))
  api.route('/', peopleRoutes(deps))
  api.route('/', modelRoutes({ catalogue: deps.models, renderers: deps.renderers }))
  api.route('/', rendererRoutes(deps))
  api.route('/', workflowRoutes({ ...deps, note: deps.people.audit.note }))
  api.route('/', clientSetupRoutes(deps))
  api.route('/', eventRoutes(deps))
  api.route('/', fileRoutes(deps))
  api.route('/', uploadRoutes(deps))
  api.route('/', queueRoutes(deps))
  // Before jobs are submitted by a model's name.
  api.route('/', libraryRoutes(deps))
  api.route('/', jobRoutes(deps))
  return api
}

/** What lies beside the API: its description, and figures. */
const rootRoutes = (deps: AppDeps, api: Hono<AppEnv>): Hono<AppEnv> => {
  const root = new Hono<AppEnv>()
  const shown = new Hono<AppEnv>().route(API_PREFIXES[0], api)
  const all = shown.route('/', root)
  let document: { names: string; text: ReturnType<typeof openApiDocument> } | undefined
  root.get('/openapi.json', described.document, async (context) => {
    // Made anew whenever there are other models.
    const names = deps.models
      .list()
      .map(({ id }) => id)
      .join()
    if (document?.names !== names)
      document = { names, text: openApiDocument(all, deps.version, deps.models, deps.people.settings.mode) }
    return context.json(await document.text)
  })
  return root.route('/', metricsRoutes(deps))
}

/** The whole server as a function from Request to Response; listening lives in main.ts. */
export const createApp = (deps: AppDeps): Hono<AppEnv> => {
  // Every stream listens to it, and so many are no leak.
  setMaxListeners(deps.maxStreams + 1, deps.closing)
  // `//v1` is what a base URL with a slash at its end comes to.
  const app = new Hono<AppEnv>({ getPath: (request) => getPath(request).replace(/\/{2,}/g, '/') })
  addMiddleware(app, deps)
  const api = apiRoutes(deps)
  const root = rootRoutes(deps, api)
  const known = new Hono<AppEnv>().route('/', root)
  for (const prefix of API_PREFIXES) known.route(prefix, api)
  app.use(methodNotAllowed({ app: known, onMethodNotAllowed: wrongMethod }))
  app.route('/', known)

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

export const isApi = (path: string): boolean =>
  API_PREFIXES.some((prefix) => path === prefix || path.startsWith(`${prefix}/`))
