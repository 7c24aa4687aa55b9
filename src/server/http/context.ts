import type { IncomingHttpHeaders } from 'node:http'
import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import type { HttpBindings } from '@hono/node-server'
import type { Context } from 'hono'

/** Under @hono/node-server the Node objects are at hand; called as a plain function, as tests do, they are not. */
export type AppEnv = { Bindings: Partial<HttpBindings> }
export type AppContext = Context<AppEnv>

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

/** Aborts when the client goes away before it has its whole answer. */
export const disconnectOf = (context: AppContext): AbortSignal => {
  const outgoing = context.env?.outgoing
  if (!outgoing) return context.req.raw.signal
  const controller = new AbortController()
  outgoing.once('close', () => {
    if (!outgoing.writableFinished) controller.abort(new DOMException('The client went away.', 'AbortError'))
  })
  return controller.signal
}
