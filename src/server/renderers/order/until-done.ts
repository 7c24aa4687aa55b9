import type { Logger } from 'pino'
import type { OrderDetails, RenderContext } from '../../../shared/renderer.ts'
import type { Connection, Look, Order } from './dialect.ts'
import { TransientError } from './transient-error.ts'
import { pause } from './waiting.ts'
import { type Addressee, goneAway, lost, tooLong } from './words.ts'

/** Looks that fail are spaced out, up to so many times the usual wait. */
const MAX_BACKOFF = 16
/** Seconds. */
const MAX_RETRY_AFTER_SECONDS = 60
/** An order is lost once so many looks in a row say that it is not known: a server may be just taking it over. */
const MAX_UNKNOWN_LOOKS = 2

export type UntilDoneOptions = {
  connection: Connection
  order: Order
  addressee: Addressee
  context: RenderContext
  pollMs: number
  /** Milliseconds for the whole; null where the other side's own word is enough. */
  timeoutMs: number | null
  /** Milliseconds without an answer after which an order without a time of its own is given up. */
  patienceMs: number
  /** Told now and then while the order is worked on: its result is to be fetched soon. */
  onRunning?: (() => void) | undefined
  logger?: Pick<Logger, 'warn'> | undefined
}

/** A wait that can be ended early by news. */
const createAlarm = () => {
  let ring: (() => void) | undefined
  let rang = false
  return {
    ring: () => {
      rang = true
      ring?.()
    },
    /** Waits so many milliseconds, or until it rings; one ring ends one wait. */
    wait: async (ms: number, signal: AbortSignal): Promise<void> => {
      const early = new AbortController()
      if (rang) early.abort()
      ring = () => early.abort()
      try {
        await pause(ms, AbortSignal.any([signal, early.signal]))
      } catch (error) {
        if (signal.aborted || !early.signal.aborted) throw signal.aborted ? signal.reason : error
      } finally {
        ring = undefined
        rang = false
      }
    },
  }
}

/** Tells how far an order is, and now and then that it is being worked on. */
const createProgressReporter = ({
  context,
  pollMs,
  onRunning,
}: UntilDoneOptions): ((progress: number | null) => void) => {
  let most = 0
  let saidRunning = -Infinity
  return (progress) => {
    if (performance.now() - saidRunning >= pollMs) {
      saidRunning = performance.now()
      onRunning?.()
    }
    if (progress === null) return
    // What a graph does in turns begins anew each time; a person is shown what only grows.
    most = Math.max(most, Math.min(1, progress))
    context.onProgress(most)
  }
}

/** Reads what a look says: the result, or null for one to wait for. Throws for an order that comes to nothing. */
const createLookReader = (addressee: Addressee, tell: (progress: number | null) => void) => {
  let unknowns = 0
  return (look: Look): OrderDetails | null => {
    unknowns = look.state === 'unknown' ? unknowns + 1 : 0
    if (look.state === 'done') return look.result
    if (look.state === 'failed') throw look.error
    if (unknowns >= MAX_UNKNOWN_LOOKS) throw lost(addressee)
    if (look.state === 'running') tell(look.progress)
    return null
  }
}

/** How long to wait for the next look, in milliseconds. Throws where there was no answer for too long. */
const createBackoff = ({ connection, order, addressee, pollMs, timeoutMs, patienceMs, logger }: UntilDoneOptions) => {
  let failures = 0
  let answered = performance.now()
  return {
    afterAnswer: (): number => {
      failures = 0
      answered = performance.now()
      return pollMs
    },
    afterFailure: (error: TransientError): number => {
      failures++
      const wait = Math.max(
        pollMs * Math.min(2 ** failures, MAX_BACKOFF),
        Math.min(error.retryAfter, MAX_RETRY_AFTER_SECONDS) * 1000,
      )
      logger?.warn({ order: order.id, at: connection.host, failures, why: error.message }, 'looking at an order failed')
      const silent = performance.now() + wait - answered
      if (timeoutMs === null && silent > patienceMs) throw goneAway(addressee, patienceMs, error.message)
      return wait
    },
  }
}

/** Looks at an order until it is done, and answers what is needed to fetch its result. */
export const untilDone = async (options: UntilDoneOptions): Promise<OrderDetails> => {
  const { connection, order, addressee, context, pollMs, timeoutMs } = options
  const { signal, recorded } = context
  const begin = performance.now()
  let wait = recorded?.state === 'sent' ? 0 : pollMs
  const alarm = createAlarm()
  const tell = createProgressReporter(options)
  const judge = createLookReader(addressee, tell)
  const backoff = createBackoff(options)
  const stop = connection.watch?.(order, (progress) => (progress === null ? alarm.ring() : tell(progress)))

  try {
    for (;;) {
      await alarm.wait(wait, signal)
      try {
        const result = judge(await connection.lookAt(order, signal))
        if (result) return result
        wait = backoff.afterAnswer()
      } catch (error) {
        if (signal.aborted) throw signal.reason
        if (!(error instanceof TransientError)) throw error
        wait = backoff.afterFailure(error)
      }
      if (timeoutMs !== null && performance.now() + wait - begin > timeoutMs) throw tooLong(addressee, timeoutMs)
    }
  } finally {
    stop?.()
  }
}
