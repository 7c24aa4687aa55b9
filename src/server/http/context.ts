import type { IncomingHttpHeaders } from 'node:http'
import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import type { HttpBindings } from '@hono/node-server'
import type { Context } from 'hono'
import { RushesError } from '../../shared/errors.ts'
import type { Viewer } from '../people/viewer.ts'

/** Under @hono/node-server the Node objects are at hand; called as a plain function, as tests do, they are not. */
export type AppEnv = { Bindings: Partial<HttpBindings>; Variables: { viewer?: Viewer } }
export type AppContext = Context<AppEnv>

/** Who sends the request. That everybody is asked is seen to in http/identify.ts; a route that was forgotten there fails. */
export const viewerOf = (context: AppContext): Viewer => {
  const viewer = context.get('viewer')
  if (!viewer) throw new Error('a route asks who sends a request that nobody was asked for')
  return viewer
}

/** The request's body as a Node stream: bulk bytes go past the slower web streams wherever Node's own are at hand. */
export const bodyOf = (context: AppContext): Readable => {
  const incoming = context.env?.incoming
  if (incoming) return incoming
  const { body } = context.req.raw
  return body ? Readable.fromWeb(body as ReadableStream<Uint8Array>) : Readable.from([])
}

/** The request's headers, by their names in lower case. */
export const headersOf = (context: AppContext): IncomingHttpHeaders =>
  context.env?.incoming?.headers ?? Object.fromEntries(context.req.raw.headers)

/** The client's own doing, and so a cancel: it ended its connection before all was said. */
export const wentAway = (cause?: unknown): RushesError =>
  new RushesError('CANCELLED', 'The client went away before its request was done.', { cause })

/** Aborts, with what {@link wentAway} says, when the client goes away before it has its whole answer. */
export const disconnectOf = (context: AppContext): AbortSignal => {
  const outgoing = context.env?.outgoing
  if (!outgoing) return context.req.raw.signal
  const controller = new AbortController()
  outgoing.once('close', () => {
    if (!outgoing.writableFinished) controller.abort(wentAway())
  })
  return controller.signal
}

/** Whether an error is only how the work noticed that its client had gone. */
export const isDisconnect = (context: AppContext, error: unknown): boolean => {
  const outgoing = context.env?.outgoing
  const isGone = outgoing ? outgoing.destroyed && !outgoing.writableFinished : context.req.raw.signal.aborted
  return isGone && error instanceof Error && (error.name === 'AbortError' || ('code' in error && GONE.has(error.code)))
}

/** How Node's streams say that the other end is gone. */
const GONE: ReadonlySet<unknown> = new Set(['ABORT_ERR', 'ECONNRESET', 'EPIPE', 'ERR_STREAM_PREMATURE_CLOSE'])
