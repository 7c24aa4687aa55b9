import type { MiddlewareHandler } from 'hono'
import type { Logger } from 'pino'
import { type Access, isAllowedOrigin, isTrustworthy, refusalOf } from './access.ts'
import type { AppEnv } from './context.ts'
import { failureResponse } from './failure.ts'

const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "media-src 'self' blob:",
  "worker-src 'self' blob:",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

/** What every answer carries, but `cross-origin-opener-policy` over plain http: browsers ignore it there, and complain. */
export const securityHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
}

/** What an answer says to a page of another origin that is let in. Rushes has no cookies: credentials stay off. */
const CORS_HEADERS = {
  'access-control-expose-headers': [
    'accept-ranges, allow, content-disposition, content-range, etag, retry-after',
    // Of uploads in pieces.
    'location, tus-resumable, upload-length, upload-offset',
  ].join(', '),
}
const PREFLIGHT_HEADERS = {
  'access-control-allow-methods': 'GET, HEAD, POST, PUT, PATCH, DELETE',
  /** Seconds. */
  'access-control-max-age': '600',
}

/**
 * Refuses requests that a foreign page or a foreign name drives, lets pages of allowed origins in (CORS), and puts the
 * security headers on every answer. All of it before the answer is made: hono's own middleware sets some of it after,
 * when the head of a file has been written out already.
 */
export const guard =
  (access: Access, logger: Pick<Logger, 'warn'>): MiddlewareHandler<AppEnv> =>
  async (context, next) => {
    const { headers, url } = context.req.raw
    const answered = context.res.headers
    for (const [name, value] of Object.entries(securityHeaders)) answered.set(name, value)
    if (access.origins.length > 0) answered.append('vary', 'origin')

    const host = headers.get('host') ?? new URL(url).host
    if (!isTrustworthy(host, access)) answered.delete('cross-origin-opener-policy')
    const origin = headers.get('origin')
    const refusal = refusalOf(headers, host, access)
    if (refusal) {
      const { method, path } = context.req
      logger.warn({ host, origin, site: headers.get('sec-fetch-site'), method, path }, `refused: ${refusal.message}`)
      return failureResponse(refusal)
    }
    if (!isAllowedOrigin(origin, access)) return next()

    answered.set('access-control-allow-origin', origin)
    for (const [name, value] of Object.entries(CORS_HEADERS)) answered.set(name, value)
    if (context.req.method !== 'OPTIONS' || !headers.has('access-control-request-method')) return next()
    const asked = headers.get('access-control-request-headers')
    answered.append('vary', 'access-control-request-headers')
    return context.body(null, 204, {
      ...PREFLIGHT_HEADERS,
      ...(asked === null ? {} : { 'access-control-allow-headers': asked }),
    })
  }
