import http from 'node:http'
import https from 'node:https'
import { text } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'

export type Answer = { status: number; retryAfter: string | undefined; text: string }

/** No connection came about, so that not a byte of the request went out. */
export class NeverConnected extends Error {
  override readonly name = 'NeverConnected'
}

/** A connection on which nothing moves for so long is given up. */
const IDLE_MS = 5 * 60_000

/**
 * Sends a request body once, over a connection of its own, and reads the answer. Redirects are answers like any other.
 * (Not by `fetch`: Node 20's keeps the whole body in memory in case of a redirect, and may send over an old connection
 * that is just being closed, which looks like an answer that was lost.)
 */
export const postOnce = (
  url: string,
  options: { headers: Record<string, string | number>; body: AsyncIterable<Uint8Array>; signal: AbortSignal },
): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const { headers, body, signal } = options
    const secure = url.startsWith('https:')
    const { Agent, request: open } = secure ? https : http
    // Its own agent: a new connection. One that is to be kept: told otherwise, a server that refuses the request
    // before it has read it hangs up at once, and its answer may be lost.
    const agent = new Agent({ keepAlive: true })
    const request = open(url, {
      method: 'POST',
      headers,
      agent,
      signal,
      timeout: IDLE_MS,
    })
    let connected = false
    let answered = false
    request.on('socket', (socket) => socket.once(secure ? 'secureConnect' : 'connect', () => (connected = true)))
    request.on('timeout', () => request.destroy(new Error('Nothing moved for five minutes')))
    request.on('close', () => agent.destroy())
    request.on('error', (cause) => {
      // A server that has answered may close the connection before it has read everything.
      if (!answered) reject(connected ? cause : new NeverConnected(cause.message, { cause }))
    })
    request.on('response', (response) => {
      answered = true
      text(response)
        .then((words) => {
          resolve({ status: response.statusCode ?? 0, retryAfter: response.headers['retry-after'], text: words })
          // Whatever is still to be sent is of no use to anybody.
          if (!request.writableFinished) request.destroy()
        })
        .catch(reject)
    })
    // What breaks here breaks the request, whose own 'error' tells it.
    pipeline(body, request).catch((error: unknown) => request.destroy(error instanceof Error ? error : undefined))
  })
