import { serveStatic } from '@hono/node-server/serve-static'
import type { MiddlewareHandler } from 'hono'
import type { AppEnv } from './http/context.ts'

/** Serves the built studio from a folder. Files under `assets/` carry their hash in their name and never change. */
export const studioFiles = (root: string): MiddlewareHandler<AppEnv> =>
  serveStatic<AppEnv>({
    root,
    onFound: (_path, context) => {
      const immutable = context.req.path.startsWith('/assets/')
      context.header('cache-control', immutable ? 'public, max-age=31536000, immutable' : 'no-cache')
    },
  })
