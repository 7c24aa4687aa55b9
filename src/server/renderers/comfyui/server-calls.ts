import { RushesError } from '../../../shared/errors.ts'
import { type Answer, LIMITS, type Limits, RequestFailed, send, textOf } from '../../outgoing/request.ts'
import { secondsOf } from '../order/answers.ts'
import type { Body, Reply } from '../order/calls.ts'
import { transient, TransientError } from '../order/transient-error.ts'
import type { Server } from './servers.ts'

/** Characters that an answer may have: a server with many nodes describes them in more than ten million. */
const MAX_ANSWER_CHARS = 96 * 1024 ** 2

export type PostOptions = {
  body: Body
  signal: AbortSignal
  /** Whether the connection is the request's own: an order is not sent over an old one that may be just closing. */
  alone?: boolean
  /** Milliseconds until the head of the answer, where that may be long in coming. */
  patience?: number
}

/** HTTP with one server. */
export type ServerCalls = {
  server: Server
  /**
   * The answer to a GET, of any status but a refusal of who asks. Rejects with a TransientError where the connection
   * fails or a gateway speaks in the place of the server, and with INVALID_API_KEY on 401 and 403.
   */
  get: (path: string, signal: AbortSignal, patience?: number) => Promise<Reply>
  /** The answer as a stream, of a status of success; rejects like `get`, with a TransientError for any other. */
  open: (path: string, signal: AbortSignal) => Promise<Answer>
  /** The answer to a POST, whatever its status. Rejects with a RequestFailed or the signal's reason. */
  post: (path: string, options: PostOptions) => Promise<Reply>
}

/** Words for a server that does not let Rushes in. */
export const refusedBy = (host: string): RushesError =>
  new RushesError(
    'INVALID_API_KEY',
    `What stands in front of the ComfyUI at ${host} does not let Rushes in. Set the headers that it wants, or user and password in the address, in the dialog of renderers or in COMFYUI_HEADERS.`,
  )

const isGateway = (status: number): boolean => status === 429 || (status >= 502 && status <= 504)

/** Calls of one server, all with its headers, which go nowhere else. `onRefused` is called on each 401 and 403. */
export const createServerCalls = (
  server: Server,
  deps: { limits?: Limits | undefined; onRefused: () => void },
): ServerCalls => {
  const { headers } = server
  const limitsFor = (patience: number | undefined): Limits => {
    const limits = deps.limits ?? LIMITS
    return patience === undefined || deps.limits ? limits : { ...limits, answer: patience }
  }
  const replyOf = async (answer: Answer): Promise<Reply> => ({
    status: answer.status,
    headers: answer.headers,
    text: await textOf(answer, MAX_ANSWER_CHARS),
  })

  const ask = async (path: string, signal: AbortSignal, patience?: number): Promise<Answer> => {
    const limits = limitsFor(patience)
    const answer = await send(server.url + path, { headers, alone: false, signal, limits }).catch((cause: unknown) => {
      throw transient(cause)
    })
    const { status } = answer
    if (status !== 401 && status !== 403 && !isGateway(status)) return answer
    answer.body.destroy()
    if (isGateway(status))
      throw new TransientError(`the answer was ${status}`, { retryAfter: secondsOf(answer.headers['retry-after']) })
    deps.onRefused()
    throw refusedBy(server.host)
  }

  return {
    server,
    get: async (path, signal, patience) => {
      const answer = await ask(path, signal, patience)
      return replyOf(answer).catch((cause: unknown) => {
        throw signal.aborted ? signal.reason : transient(cause)
      })
    },
    open: async (path, signal) => {
      const answer = await ask(path, signal)
      if (answer.status >= 200 && answer.status < 300) return answer
      answer.body.destroy()
      throw new TransientError(`the answer was ${answer.status}`)
    },
    post: async (path, { body, signal, alone = false, patience }) => {
      const answer = await send(server.url + path, {
        headers: { ...headers, 'content-type': body.contentType, 'content-length': body.length },
        body: body.stream(),
        alone,
        signal,
        limits: limitsFor(patience),
      })
      if (answer.status === 401 || answer.status === 403) deps.onRefused()
      return replyOf(answer)
    },
  }
}

/** The clause that says what became of a call, for the end of a sentence about the server. */
export const clauseFor = (error: unknown): string =>
  error instanceof TransientError || error instanceof RequestFailed ? error.message : 'the connection broke'
