import { serveStatic } from '@hono/node-server/serve-static'
import type { MiddlewareHandler } from 'hono'
import type { AppEnv } from './http/context.ts'

/** Serves the built studio from a folder. Files under `assets/` carry their hash in their name and never change. */
export const studioFiles = (root: string): MiddlewareHandler<AppEnv> => {
  const serve = serveStatic<AppEnv>({ root })
  return async (context, next) => {
    // Where there is no such file it answers what `next` does, which is no response.
    const response: unknown = await serve(context, next)
    if (!(response instanceof Response)) return undefined
    const immutable = context.req.path.startsWith('/assets/')
    response.headers.set('cache-control', immutable ? 'public, max-age=31536000, immutable' : 'no-cache')
    return response
  }
}
