import { Hono } from 'hono'
import { RushesError } from '../../shared/errors.ts'
import { isFinished, type JobError } from '../../shared/job.ts'
import { ENGINE_HEADER, IDEMPOTENCY_KEY, RENDERER_HEADER } from '../../shared/routes.ts'
import { type AppContext, type AppEnv, bodyOf, disconnectOf, headersOf, viewerOf } from '../http/context.ts'
import { sendFile } from '../http/send-file.ts'
import { stoppingError } from '../http/stopping.ts'
import { starred as starredTo } from '../jobs/edits.ts'
import { type Batch, readBatch } from '../jobs/batch.ts'
import { allowed } from '../jobs/changes.ts'
import type { DerivativesAhead } from '../derivatives-ahead.ts'
import type { CurrentJob } from '../jobs/current-jobs.ts'
import type { Runner } from '../jobs/runner.ts'
import type { Submitter } from '../jobs/submit.ts'
import { describedJobs } from '../openapi/job-routes.ts'
import type { People } from '../people/people.ts'
import { ownerSeen, requireOwn, requireSeen } from '../people/viewer.ts'
import { MAX_COUNTED } from '../store/job-list.ts'
import type { JobStore } from '../store/job-store.ts'
import type { BlobStore } from '../store/blobs/blob-store.ts'
import type { Derivatives } from '../store/derivatives.ts'
import { cancelQuery, cursorText, listQuery, queryProblem } from './job-query.ts'
import { requireLong, sendDerivative, sendProxy } from './send-derivative.ts'

export type JobRouteDeps = {
  jobs: JobStore
  blobs: BlobStore
  runner: Runner
  submitter: Submitter
  derivatives: Derivatives
  ahead: DerivativesAhead
  /** Aborts once a server that is stopping waits for renders no more. */
  ending: AbortSignal
  people: People
}

const MAX_KEY_CHARS = 255

/** What a job failed of, as the failure of a request. */
const failureOf = ({ code, message, fields, retry_after: retryAfter }: JobError): RushesError =>
  new RushesError(code, message, { fields, ...(retryAfter === undefined ? {} : { retryAfter }) })

type Check = typeof requireSeen

/** The job that a path names. Rejects where there is none, or `check` throws for who asks. */
const findJob = async (runner: Runner, context: AppContext, check: Check = requireSeen): Promise<CurrentJob> => {
  const id = context.req.param('id') ?? ''
  const found = await runner.find(id)
  if (!found) throw new RushesError('NOT_FOUND', `There is no job ${id.slice(0, 60)}.`)
  check(viewerOf(context), found.job)
  return found
}

/** Sends the media of a job. Throws what it failed of, or that it has not finished. */
const sendContent = (
  context: AppContext,
  blobs: BlobStore,
  { job, result }: CurrentJob,
  download: boolean,
): Promise<Response> => {
  const { job_id: id } = job
  if (job.status === 'failed') throw failureOf(job.error)
  if (job.status !== 'completed' || result === null)
    throw new RushesError('NOT_READY', 'This job has not finished yet. Ask for its content when it is completed.')
  const { mime_type: mimeType, filename } = job.output
  return sendFile(context, blobs, { key: result, mimeType, version: id, filename, download })
}

/** Takes a submission in. Rejects where it cannot be. */
const submit = (
  submitter: Submitter,
  context: AppContext,
  model: string,
  { key: idempotencyKey, batch }: { key: string | null; batch: Batch | null },
  signal: AbortSignal,
) =>
  submitter.submit({
    model,
    batch,
    viewer: viewerOf(context),
    headers: headersOf(context),
    body: bodyOf(context),
    renderer: context.req.header(RENDERER_HEADER),
    engine: context.req.header(ENGINE_HEADER),
    idempotencyKey,
    signal,
  })

/** Submitting jobs: waiting for the media, or for the job alone. */
const submissionRoutes = ({ submitter, runner, blobs, ending }: JobRouteDeps): Hono<AppEnv> => {
  const app = new Hono<AppEnv>()

  app.post('/generate/:model', async (context) => {
    const gone = disconnectOf(context)
    const { job_id } = await submit(submitter, context, context.req.param('model'), { key: null, batch: null }, gone)
    try {
      const job = await runner.wait(job_id, AbortSignal.any([gone, ending]))
      if (job.status === 'failed') throw failureOf(job.error)
    } catch (error) {
      // The answer was the only way to the result: nobody is left who could want it.
      if (gone.aborted) await runner.cancel(job_id)
      else if (ending.aborted)
        throw stoppingError(`Job ${job_id} goes on at its next start; GET /v1/jobs/${job_id} tells how far it is.`)
      throw error
    }
    const made = await runner.find(job_id)
    if (!made) throw new RushesError('NOT_FOUND', `There is no job ${job_id}.`)
    return sendContent(context, blobs, made, true)
  })

  app.post('/jobs/:model', async (context) => {
    const key = context.req.header(IDEMPOTENCY_KEY) ?? null
    if (key !== null && (key === '' || key.length > MAX_KEY_CHARS))
      throw new RushesError('INVALID_INPUT', `An Idempotency-Key has 1 to ${MAX_KEY_CHARS} characters.`)
    const batch = readBatch(headersOf(context))
    const { job_id, status } = await submit(
      submitter,
      context,
      context.req.param('model'),
      { key, batch },
      disconnectOf(context),
    )
    return context.json({ job_id, status })
  })

  return app
}

/** Going on with failed jobs, and marking takes. */
const changeRoutes = ({ runner }: JobRouteDeps): Hono<AppEnv> => {
  const app = new Hono<AppEnv>()

  app.post('/jobs/:id/resume', describedJobs.resume, async (context) => {
    const { job } = await findJob(runner, context, requireOwn)
    return context.json(await runner.resume(job.job_id))
  })

  for (const [method, starred] of [
    ['PUT', true],
    ['DELETE', false],
  ] as const)
    app.on(method, '/jobs/:id/star', starred ? describedJobs.star : describedJobs.unstar, async (context) =>
      context.json(
        await runner.changes.change(
          context.req.param('id'),
          allowed(starredTo(starred), (job) => requireSeen(viewerOf(context), job)),
        ),
      ),
    )

  return app
}

/** The list of jobs, and finding one by the key that it was submitted with. */
const listRoutes = ({ jobs, runner, submitter }: JobRouteDeps): Hono<AppEnv> => {
  const app = new Hono<AppEnv>()

  app.get('/jobs', describedJobs.list, async (context) => {
    const query = listQuery.safeParse(context.req.query())
    if (!query.success) throw new RushesError('INVALID_INPUT', queryProblem(query.error))
    const { limit, cursor, ...asked } = query.data
    const owner = ownerSeen(viewerOf(context)) ?? asked.owner
    const filter = { ...asked, owner }
    const [page, total] = await Promise.all([
      jobs.list(filter, limit, cursor ?? null),
      // The first page says how much there is; it is the same for the others.
      cursor === undefined ? jobs.count(filter) : undefined,
    ])
    return context.json({
      jobs: page.jobs.map(runner.current),
      unreadable: page.unreadable,
      ...(total === undefined ? {} : { total: Math.min(total, MAX_COUNTED), total_exceeded: total > MAX_COUNTED }),
      next_cursor: page.next && cursorText(page.next),
    })
  })

  app.delete('/jobs', describedJobs.cancelByKey, async (context) => {
    const query = cancelQuery.safeParse(context.req.query())
    if (!query.success) throw new RushesError('INVALID_INPUT', 'Say which job: DELETE /v1/jobs/{id}.')
    const { idempotency_key: key } = query.data
    const owner = viewerOf(context).person?.id ?? null
    const abandoned = await submitter.abandon(key, owner)
    const stored = await jobs.getByKey(key, owner)
    if (!stored && abandoned) return context.json({ abandoned: true })
    if (!stored) throw new RushesError('NOT_FOUND', 'No job was submitted with this key.')
    return context.json((await runner.cancel(stored.job.job_id)) ?? stored.job)
  })

  return app
}

/** What is made of takes for looking at them. */
const derivativeRoutes = ({ runner, blobs, derivatives, ahead }: JobRouteDeps): Hono<AppEnv> => {
  const app = new Hono<AppEnv>()

  app.get('/jobs/:id/thumbnail', describedJobs.thumbnail, async (context) => {
    const { job, result } = await findJob(runner, context)
    if (job.status !== 'completed' || result === null)
      throw new RushesError('NOT_READY', 'This job has no picture yet.')
    return sendDerivative(context, { derivatives, blobs }, { kind: 'thumbnail', id: job.job_id, source: result })
  })

  const findClip = async (context: AppContext): Promise<{ id: string; source: string; duration: number }> => {
    const { job, result } = await findJob(runner, context)
    if (job.status !== 'completed' || result === null) throw new RushesError('NOT_READY', 'This job has no clip yet.')
    const { duration } = job.output
    if (duration === null)
      throw new RushesError('UNSUPPORTED_MEDIA', 'This take is a picture: nothing in it moves. Its thumbnail shows it.')
    return { id: job.job_id, source: result, duration }
  }

  app.get('/jobs/:id/sprite', describedJobs.sprite, async (context) => {
    const { id, source } = await findClip(context)
    return sendDerivative(context, { derivatives, blobs }, { kind: 'sprite', id, source })
  })

  app.get('/jobs/:id/proxy', describedJobs.proxy, async (context) => {
    const { duration, ...clip } = await findClip(context)
    requireLong(duration)
    return sendProxy(context, { derivatives, ahead, blobs }, clip)
  })

  return app
}

/** Submitting, watching, fetching and cancelling jobs. */
export const jobRoutes = (deps: JobRouteDeps): Hono<AppEnv> => {
  const { blobs, runner, people } = deps
  const find = (context: AppContext, check?: Check): Promise<CurrentJob> => findJob(runner, context, check)

  const app = new Hono<AppEnv>()
  app.route('/', submissionRoutes(deps))
  app.route('/', changeRoutes(deps))
  app.route('/', listRoutes(deps))
  app.route('/', derivativeRoutes(deps))

  app.get('/jobs/:id', describedJobs.get, async (context) => context.json((await find(context)).job))

  app.delete('/jobs/:id', describedJobs.cancel, async (context) => {
    const { job } = await find(context, requireOwn)
    if (isFinished(job))
      throw new RushesError('NOT_READY', 'This job has finished already: there is nothing to cancel.')
    const cancelled = await runner.cancel(job.job_id)
    await people.audit.note(viewerOf(context), 'take.cancelled', [job.job_id])
    return context.json(cancelled ?? job)
  })

  app.get('/jobs/:id/content', describedJobs.content, async (context) =>
    sendContent(context, blobs, await find(context), context.req.query('download') !== undefined),
  )

  return app
}
