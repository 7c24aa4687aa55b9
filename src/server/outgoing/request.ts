import http, { type ClientRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http'
import https from 'node:https'
import type { LookupFunction } from 'node:net'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type Pace, watchPace } from './pace.ts'
import { clauseOf } from './words.ts'

/** Milliseconds for each step of a request, and the pace that both its body and its answer's must keep. */
export type Limits = {
  /** Until the connection stands, with name look-up and TLS. */
  connect: number
  /** From then, or from the last byte of the request's body, to the head of the answer. */
  answer: number
  pace: Pace
}

/** Half a minute for 240 kB: 8 kB a second, which brings 2 GiB in three days. */
export const PACE: Pace = { bytes: 240_000, within: 30_000 }

export const LIMITS: Limits = { connect: 15_000, answer: 20_000, pace: PACE }

/** `status` may be any number: also 101, after which nothing of HTTP follows. */
export type Answer = { status: number; headers: IncomingHttpHeaders; body: Readable }

/**
 * A request that came to nothing. The message is a clause about the other side, in words for people; the system's own
 * are the cause's. Of one that never reached the other side not a byte has gone out.
 */
export class RequestFailed extends Error {
  override readonly name = 'RequestFailed'
  readonly reached: boolean
  constructor(message: string, reached: boolean, cause?: unknown) {
    super(message, { cause })
    this.reached = reached
  }
}

export type RequestOptions = {
  headers?: Record<string, string | number>
  /** POST where there is a body, else GET, where nothing is said. */
  method?: 'PUT' | 'DELETE' | undefined
  body?: AsyncIterable<Uint8Array> | undefined
  lookup?: LookupFunction
  /** Whether the connection is the request's own, and closes after it. */
  alone: boolean
  signal: AbortSignal
  limits: Limits
}

/** What an agent of one request is told: a server that refuses before it has read all hangs up on others at once. */
const KEEP = { keepAlive: true }

/** How a request comes to its end, whichever way. */
type Outcome = { resolve: (answer: Answer) => void; reject: (error: unknown) => void }

/** The limits of a request: one watch at a time over what is to come next. */
const createWatch = (limits: Limits, fail: (clause: string) => void) => {
  let stop = (): void => undefined
  return {
    stop: (): void => stop(),
    /** Something has to happen within so many milliseconds. */
    within: (ms: number): void => {
      stop()
      const timer = setTimeout(() => fail(`it did not answer within ${ms / 1000} seconds`), ms)
      stop = () => clearTimeout(timer)
    },
    /** Bytes have to move, unless it is we who are waited for. */
    pace: (moving: { moved: () => number; waitsForUs: () => boolean }): void => {
      stop()
      stop = watchPace(moving, limits.pace, fail)
    },
  }
}

/** After 101 the line is no longer HTTP's, whether or not it says to what it changes. */
const upgraded = ({ statusCode = 0, headers, socket }: IncomingMessage): Answer => {
  socket.destroy()
  return { status: statusCode, headers, body: Readable.from([]) }
}

/** Whether all of a body has gone out that there is, and more of it is to come. */
const isWaitedFor = (request: ClientRequest): boolean => !request.writableNeedDrain && !request.writableEnded

/** Holds an open request to its limits, and settles it once. */
const settle = (
  request: ClientRequest,
  { body, signal, limits }: RequestOptions,
  { resolve, reject }: Outcome,
  secure: boolean,
): void => {
  let reached = false
  let response: IncomingMessage | undefined

  const end = (error: unknown): void => {
    watch.stop()
    reject(error)
    // An answer that is being read ends with the reason, not with a broken connection.
    response?.destroy(error instanceof Error ? error : new Error('aborted', { cause: error }))
    request.destroy()
  }
  const watch = createWatch(limits, (clause) => end(new RequestFailed(clause, reached)))
  const abort = (): void => end(signal.reason)
  signal.addEventListener('abort', abort, { once: true })

  watch.within(limits.connect)
  const reach = (): void => {
    reached = true
    const { socket } = request
    if (!body || !socket || request.writableFinished) return watch.within(limits.answer)
    watch.pace({ moved: () => socket.bytesWritten, waitsForUs: () => isWaitedFor(request) })
  }
  request.on('socket', (socket) => {
    if (request.reusedSocket) reach()
    else socket.once(secure ? 'secureConnect' : 'connect', reach)
  })
  request.on('finish', () => {
    if (reached && !response) watch.within(limits.answer)
  })
  request.on('error', (cause) => {
    // A server that has answered may close the connection before it has read everything.
    if (!response) end(cause instanceof RequestFailed ? cause : new RequestFailed(clauseOf(cause), reached, cause))
  })
  const leave = (answer: IncomingMessage): void => {
    watch.stop()
    resolve(upgraded(answer))
  }
  request.on('upgrade', leave)
  request.on('response', (answer) => {
    if (answer.statusCode === 101) return leave(answer)
    response = answer
    const { socket } = answer
    watch.pace({ moved: () => socket.bytesRead, waitsForUs: () => answer.readableLength > 0 })
    answer.once('close', watch.stop)
    // Whatever is still to be sent once the answer is here in full is of no use to anybody.
    answer.once('end', () => request.writableFinished || request.destroy())
    resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: answer })
  })
  request.on('close', () => {
    watch.stop()
    signal.removeEventListener('abort', abort)
    // For whatever else may end a request without an answer.
    reject(new RequestFailed('the connection broke', reached))
  })
}

/**
 * Sends a request and gives the head of its answer, whose body is still to come. Every step has its limit, so that no
 * other side can hold a request for ever. Rejects with a RequestFailed or with the signal's reason; once there is an
 * answer, its body fails with one of the same. Redirects are answers like any other. Nothing is ever sent twice.
 *
 * (Not by `fetch`: Node 20's waits for ever after a 101 or 103, keeps a whole body in memory in case of a redirect, and
 * may send over an old connection that is just being closed, which looks like an answer that was lost.)
 */
export const send = (url: URL | string, options: RequestOptions): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const { body, signal, lookup } = options
    if (signal.aborted) return reject(signal.reason)
    const secure = new URL(url).protocol === 'https:'
    const { Agent, request: open } = secure ? https : http
    const agent = options.alone ? new Agent(KEEP) : undefined
    const method = options.method ?? (body ? 'POST' : 'GET')
    const request = open(url, { method, headers: options.headers ?? {}, agent, ...(lookup ? { lookup } : {}) })
    settle(request, options, { resolve, reject }, secure)
    request.on('close', () => agent?.destroy())
    if (!body) request.end()
    // What breaks here breaks the request, whose own 'error' tells it.
    else pipeline(body, request).catch((error: unknown) => request.destroy(error instanceof Error ? error : undefined))
  })

/** Characters that an answer of words may have; one that goes on is no answer. */
const MAX_TEXT_CHARS = 1024 ** 2

/**
 * Reads an answer that should be a few words, or as many characters as `longest` says. Rejects like `send` where it
 * breaks off or does not end.
 */
export const textOf = async ({ body }: Pick<Answer, 'body'>, longest = MAX_TEXT_CHARS): Promise<string> => {
  let text = ''
  body.setEncoding('utf8')
  try {
    for await (const chunk of body) {
      text += String(chunk)
      if (text.length > longest) throw new RequestFailed('its answer does not end', true)
    }
  } catch (error) {
    throw error instanceof RequestFailed ? error : new RequestFailed(clauseOf(error), true, error)
  }
  return text
}
