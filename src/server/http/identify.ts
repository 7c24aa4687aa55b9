import type { MiddlewareHandler } from 'hono'
import { RushesError } from '../../shared/errors.ts'
import { API_PREFIXES } from '../../shared/routes.ts'
import type { PeopleSettings } from '../people/settings.ts'
import type { Claim, Who } from '../people/who.ts'
import { type Access, isAllowedOrigin } from './access.ts'
import type { AppContext, AppEnv } from './context.ts'
import { bearerIn, isAmong, peerOf } from './peer.ts'
import { readSession } from './session-cookie.ts'

/** Below an API's prefix: what says no more than that the server lives, and how one signs in. */
const OPEN_CALLS: ReadonlySet<string> = new Set(['/health', '/ready', '/session', '/session/invitation'])
/** Beside the API: the studio's code, which is public, the page to sign in at, and figures, which have a guard of their own. */
const OPEN_FILES = /^\/(assets\/.+|welcome\/.+|icon\.svg|theme\.js|sign-in|metrics)$/

/** Characters. */
const MAX_IDENTITY_CHARS = 200

const callOf = (path: string): string | null => {
  const prefix = API_PREFIXES.find((each) => path.startsWith(`${each}/`))
  return prefix === undefined ? null : path.slice(prefix.length)
}

const isOpenFile = (path: string): boolean => callOf(path) === null && OPEN_FILES.test(path)
const isOpenCall = (path: string): boolean => OPEN_CALLS.has(callOf(path) ?? '')

/** Whether a browser loads a page: then it is shown where to sign in. */
const isPage = ({ req }: AppContext): boolean =>
  req.method === 'GET' && callOf(req.path) === null && /\btext\/html\b/.test(req.header('accept') ?? '')

/** Several headers come as one, with commas: one that its client sent along beside the proxy's. */
const identityIn = (header: string | undefined): string | null => {
  const name = header?.trim() ?? ''
  return name === '' || name.length > MAX_IDENTITY_CHARS || name.includes(',') ? null : name
}

/** What a request claims. Of a proxy's header nothing is taken that came from anywhere else. */
const claimOf = (context: AppContext, settings: PeopleSettings, access: Access): Claim => {
  const { req } = context
  const origin = req.header('origin') ?? null
  const isProxied = settings.mode === 'proxy' && isAmong(peerOf(context), settings.proxies)
  return {
    key: req.header('x-api-key') ?? bearerIn(req.header('authorization')),
    // A page of ALLOWED_ORIGINS brings a token: it may not act as whoever is signed in to the studio in that browser.
    session: isAllowedOrigin(origin, access) ? null : readSession(context, access),
    identity: isProxied ? identityIn(req.header(settings.header)) : null,
    origin,
  }
}

/**
 * Asks of every request who sends it, and lets nobody further who does not say, but for what is open to all. A page leads
 * to where one signs in, and from there back.
 */
export const identify = (who: Who, settings: PeopleSettings, access: Access): MiddlewareHandler<AppEnv> => {
  return async (context, next) => {
    if (isOpenFile(context.req.path)) return next()
    try {
      context.set('viewer', await who.identify(claimOf(context, settings, access)))
    } catch (error) {
      const isUnknown = error instanceof RushesError && error.code === 'UNAUTHENTICATED'
      if (!isUnknown || !isOpenCall(context.req.path)) {
        if (isUnknown && isPage(context)) return context.redirect(signInPath(context))
        if (isUnknown) context.res.headers.set('www-authenticate', 'Bearer realm="Rushes"')
        throw error
      }
    }
    return next()
  }
}

const signInPath = ({ req }: AppContext): string => {
  const { pathname, search } = new URL(req.url)
  const to = pathname + search
  return to === '/' ? '/sign-in' : `/sign-in?${new URLSearchParams({ to })}`
}
