import type { MiddlewareHandler } from 'hono'
import { routePath } from 'hono/route'
import type { AppEnv } from '../http/context.ts'
import { methodLabel, routeLabel } from './labels.ts'
import type { Metrics } from './metrics.ts'

/** Counts answers, and bytes of media that were sent. */
export const countRequests =
  (metrics: Metrics, isApi: (path: string) => boolean): MiddlewareHandler<AppEnv> =>
  async (context, next) => {
    const begin = performance.now()
    const outgoing = context.env?.outgoing
    const before = outgoing?.socket?.bytesWritten ?? 0
    // It is gone from the answer once that is sent.
    const socket = outgoing?.socket
    await next()
    // Media alone are written past hono, and are sent by now.
    const isMedia = outgoing?.headersSent === true
    if (isMedia && socket) metrics.sent(Math.max(0, socket.bytesWritten - before))
    const isStream = context.res.headers.get('content-type')?.startsWith('text/event-stream') === true
    const { method } = context.req
    if (isStream && method === 'GET') outgoing?.once('close', metrics.listening())
    metrics.answered({
      method: methodLabel(method),
      route: routeLabel(routePath(context), isApi(context.req.path)),
      status: isMedia ? outgoing.statusCode : context.res.status,
      seconds: isStream ? null : (performance.now() - begin) / 1000,
    })
  }
