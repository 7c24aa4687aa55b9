import type { IncomingHttpHeaders } from 'node:http'
import { type Limits, send, textOf } from '../../outgoing/request.ts'

/** What is sent with a request: its length is known, and it can be streamed. */
export type Body = { contentType: string; length: number; stream: () => AsyncGenerator<Uint8Array> }

/** A value as the body of a request. */
export const jsonBody = (value: unknown): Body => {
  const bytes = Buffer.from(JSON.stringify(value))
  return {
    contentType: 'application/json',
    length: bytes.length,
    stream: async function* () {
      yield bytes
    },
  }
}

export type Reply = { status: number; headers: IncomingHttpHeaders; text: string }

export type CallOptions = {
  method?: 'PUT' | 'DELETE' | undefined
  headers?: Readonly<Record<string, string>> | undefined
  body?: Body | undefined
  /** Whether the connection is the request's own: an order is not sent over an old one that may be just closing. */
  alone?: boolean
  signal: AbortSignal
  limits: Limits
}

/** A request whose answer is a few words, whatever its status. Rejects like `send` of outgoing/request.ts. */
export const call = async (url: string, options: CallOptions): Promise<Reply> => {
  const { body } = options
  const answer = await send(url, {
    method: options.method,
    headers: {
      ...options.headers,
      ...(body ? { 'content-type': body.contentType, 'content-length': body.length } : {}),
    },
    body: body?.stream(),
    alone: options.alone ?? false,
    signal: options.signal,
    limits: options.limits,
  })
  return { status: answer.status, headers: answer.headers, text: await textOf(answer) }
}
