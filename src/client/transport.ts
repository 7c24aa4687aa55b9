import { sleep } from './abort.ts'
import { DecartSDKError } from './errors.ts'
import { errorOfAnswer, type Subject } from './error-answer.ts'

/** The part of `fetch` that the client uses: a path or address, and an ordinary answer. */
export type Fetch = (input: string, init?: RequestInit) => Promise<Response>

/** Milliseconds, in one place because nothing else in the client waits. */
export type Pace = {
  /** Before the first look at a job, growing by half each time up to `slowestPoll`. */
  firstPoll: number
  slowestPoll: number
  /** Before each repetition of a GET that failed; their number is how often one is repeated. */
  retries: readonly number[]
  /** A longer Retry-After is not waited for: the error is shown instead. */
  longestRetryAfter: number
  /** How long the server has to take note of a cancel. */
  tell: number
}

export const PACE: Pace = {
  firstPoll: 500,
  slowestPoll: 1500,
  retries: [500, 1000, 2000, 4000, 8000],
  longestRetryAfter: 60_000,
  tell: 5000,
}

export type Call<T> = {
  method: 'GET' | 'POST' | 'DELETE'
  path: string
  subject: Subject
  read: (response: Response) => Promise<T>
  body?: FormData | string
  headers?: Record<string, string>
  signal?: AbortSignal | undefined
}

export type Transport = {
  pace: Pace
  /** One request. GETs that fail on the way, or by 5xx or 429, are repeated a few times; nothing else ever is. */
  call: <T>(call: Call<T>) => Promise<T>
  /** A DELETE whose outcome nobody waits for. */
  tell: (path: string) => void
}

const isPassing = (error: unknown): error is DecartSDKError =>
  error instanceof DecartSDKError &&
  (error.code === 'NETWORK_ERROR' || error.status === 429 || (error.status !== undefined && error.status >= 500))

/** Sends requests below `baseUrl`, which may be a path, with or without a slash at its end. */
export const createTransport = (options: {
  baseUrl: string
  apiKey?: string | undefined
  fetch?: Fetch | undefined
  pace: Pace
}): Transport => {
  const { pace } = options
  const base = options.baseUrl.replace(/\/+$/, '')
  // The platform's fetch is looked up at each call, and called bare: browsers refuse it as somebody's method.
  const fetchNow: Fetch = options.fetch ?? ((input, init) => globalThis.fetch(input, init))
  const key: Record<string, string> = options.apiKey ? { 'x-api-key': options.apiKey } : {}

  const once = async <T>({ method, path, subject, read, body, headers, signal }: Call<T>): Promise<T> => {
    let response: Response
    try {
      response = await fetchNow(base + path, {
        method,
        headers: { ...key, ...headers },
        ...(body === undefined ? {} : { body }),
        ...(signal ? { signal } : {}),
      })
    } catch (cause) {
      if (signal?.aborted) throw signal.reason
      throw new DecartSDKError('NETWORK_ERROR', `No answer from ${base || 'the server'}: is it running?`, { cause })
    }
    if (!response.ok) throw await errorOfAnswer(response, subject)
    return read(response)
  }

  const call = async <T>(order: Call<T>): Promise<T> => {
    const waits = order.method === 'GET' ? pace.retries : []
    for (const wait of waits) {
      try {
        return await once(order)
      } catch (error) {
        if (order.signal?.aborted) throw order.signal.reason
        if (!isPassing(error)) throw error
        const asked = (error.retryAfter ?? 0) * 1000
        if (asked > pace.longestRetryAfter) throw error
        await sleep(Math.max(wait, asked), order.signal)
      }
    }
    return once(order)
  }

  const tell = (path: string) => {
    // `keepalive` lets the message out even when the page that cancelled goes away.
    const init = { method: 'DELETE', headers: key, keepalive: true, signal: AbortSignal.timeout(pace.tell) }
    fetchNow(base + path, init).then(
      (response) => response.body?.cancel(),
      () => {},
    )
  }

  return { pace, call, tell }
}
