import ipaddr from 'ipaddr.js'
import type { MiddlewareHandler } from 'hono'
import { RushesError } from '../../shared/errors.ts'
import { failureResponse } from './failure.ts'

const hostname = (authority: string): string | null => {
  const parsed = URL.parse ? URL.parse(`http://${authority}`) : tryUrl(`http://${authority}`)
  return parsed && parsed.hostname.replace(/^\[|\]$/g, '').toLowerCase()
}

// URL.parse came with Node 22.
const tryUrl = (text: string): URL | null => (URL.canParse(text) ? new URL(text) : null)

const isLoopback = (host: string): boolean =>
  host === 'localhost' || (ipaddr.isValid(host) && ipaddr.process(host).range() === 'loopback')

/**
 * Whether a Host header may name this server. A name that an attacker's DNS points here (rebinding) must not pass: on a
 * loopback address only loopback names do; elsewhere the configured host and plain IP addresses.
 */
export const isTrustedHost = (authority: string, listenHost: string): boolean => {
  const host = hostname(authority)
  if (!host) return false
  if (isLoopback(host)) return true
  return !isLoopback(listenHost) && (host === listenHost.toLowerCase() || ipaddr.isValid(host))
}

/** Whether a page may call: only our own, told by its Origin or, where browsers send none, by Sec-Fetch-Site. */
export const isTrustedOrigin = (headers: Headers): boolean => {
  const origin = headers.get('origin')
  if (origin !== null) {
    const url = tryUrl(origin)
    return url !== null && url.host === headers.get('host')
  }
  const site = headers.get('sec-fetch-site')
  if (site === null || site === 'same-origin' || site === 'none') return true
  // A link from elsewhere may open the studio; nothing else from elsewhere may load anything.
  return headers.get('sec-fetch-mode') === 'navigate' && headers.get('sec-fetch-dest') === 'document'
}

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

const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
}

/** Sets the security headers on what is written through Node's response directly, too. */
export const securityHeaders = SECURITY_HEADERS

/** Refuses requests that another page or another name drives, and sets the security headers on every answer. */
export const guard =
  (listenHost: string): MiddlewareHandler =>
  async (context, next) => {
    const refusal = refusalOf(context.req.raw, listenHost)
    if (refusal) context.res = failureResponse(refusal)
    else await next()
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) context.res.headers.set(name, value)
    return undefined
  }

const refusalOf = ({ headers, url }: Request, listenHost: string): RushesError | null => {
  if (!isTrustedHost(headers.get('host') ?? new URL(url).host, listenHost))
    return new RushesError('FORBIDDEN', 'This server answers only to its own address.')
  if (!isTrustedOrigin(headers))
    return new RushesError(
      'FORBIDDEN',
      'Another web page may not use this server. Call it from its own page or a program.',
    )
  return null
}
