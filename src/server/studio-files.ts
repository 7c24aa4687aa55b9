import { serveStatic } from '@hono/node-server/serve-static'
import type { MiddlewareHandler } from 'hono'
import type { AppEnv } from './http/context.ts'

/** What the studio itself writes into the address: a take, a comparison, the wall, where one signs in. All of it is one page. */
const PLACES = /^\/(take\/[\w-]{1,100}\/?|compare|wall|sign-in)$/

const fileFor = (path: string): string => (PLACES.test(path) ? '/index.html' : path)

/** Serves the built studio from a folder. Files under `assets/` carry their hash in their name and never change. */
export const studioFiles = (root: string): MiddlewareHandler<AppEnv> => {
  const serve = serveStatic<AppEnv>({ root, rewriteRequestPath: fileFor })
  return async (context, next) => {
    // Where there is no such file it answers what `next` does, which is no response.
    const response: unknown = await serve(context, next)
    if (!(response instanceof Response)) return undefined
    const immutable = context.req.path.startsWith('/assets/')
    response.headers.set('cache-control', immutable ? 'public, max-age=31536000, immutable' : 'no-cache')
    return response
  }
}
