import type { MiddlewareHandler } from 'hono'
import { RushesError } from '../../shared/errors.ts'
import type { AppEnv } from './context.ts'

/** Seconds after which a server that is being restarted is there again, as a rule. */
const RETRY_AFTER_SECONDS = 5

/** What is said to whoever asks for something that a server which is stopping cannot see through any more. */
export const stoppingError = (more = 'Nothing was taken; send it again in a few seconds.'): RushesError =>
  new RushesError('UNAVAILABLE', `This server is stopping. ${more}`, { retryAfter: RETRY_AFTER_SECONDS })

/** What brings media or asks for a job. Changes of what is there already are quick, and go through. */
const BEGINS: Readonly<Record<string, RegExp>> = {
  POST: /\/v1\/(generate\/|jobs\/(?!changes$)|files$|uploads$)/,
  PATCH: /\/v1\/uploads\//,
}

/** Refuses what would begin something while the server is stopping. */
export const refuseWhileStopping =
  (closing: AbortSignal): MiddlewareHandler<AppEnv> =>
  async (context, next) => {
    if (closing.aborted && BEGINS[context.req.method]?.test(context.req.path)) throw stoppingError()
    return next()
  }
