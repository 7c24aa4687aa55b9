import type { Context, MiddlewareHandler } from 'hono'
import { RushesError } from '../../shared/errors.ts'
import { failureResponse } from './failure.ts'

/**
 * Answers HEAD with the headers alone, for a GET that does more than look: hono would run its handler, and a stream
 * that nobody reads would stay open.
 */
export const headersOnly =
  (contentType: string): MiddlewareHandler =>
  async (context, next) => {
    if (context.req.method !== 'HEAD') return next()
    return context.body(null, 200, { 'content-type': contentType })
  }

/** What a known path answers to a method that it does not have; OPTIONS asks for nothing but the `Allow` header. */
export const wrongMethod = (context: Context, allowed: readonly string[]): Response => {
  const allow = allowed.join(', ')
  if (context.req.method === 'OPTIONS') return context.body(null, 204, { allow })
  const text = `${context.req.path.slice(0, 120)} takes ${allow}, not ${context.req.method}.`
  const answer = failureResponse(new RushesError('METHOD_NOT_ALLOWED', text))
  answer.headers.set('allow', allow)
  return answer
}
