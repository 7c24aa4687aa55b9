import { parseJson } from '../order/answers.ts'
import { TransientError } from '../order/transient-error.ts'
import { orAbort } from '../order/waiting.ts'
import type { ServerCalls } from './server-calls.ts'
import { type QueueItem, queueSchema } from './wire.ts'

/** The queue of a server at one moment, everybody's orders in it. */
export type QueueSnapshot = {
  /** When it was asked for, by performance.now(). */
  at: number
  waiting: ReadonlyMap<string, QueueItem>
  running: ReadonlyMap<string, QueueItem>
}

export type Queue = {
  /** The queue as it was at that moment or later: one request for all who want to know at a time. */
  look: (notBefore: number, signal: AbortSignal) => Promise<QueueSnapshot>
}

const byId = (items: readonly QueueItem[]): ReadonlyMap<string, QueueItem> =>
  new Map(items.map((item) => [item.id, item]))

/** Looks at a server's queue, at most once at a time. `closing` ends a look that nobody waits for any more. */
export const createQueue = (calls: ServerCalls, closing: AbortSignal): Queue => {
  let last: QueueSnapshot | undefined
  let asking: { at: number; answer: Promise<QueueSnapshot> } | undefined

  const ask = async (at: number): Promise<QueueSnapshot> => {
    const reply = await calls.get('/queue', closing)
    const queue = reply.status === 200 ? parseJson(queueSchema, reply.text) : undefined
    if (!queue) throw new TransientError(`it did not tell its queue (the answer was ${reply.status})`)
    last = { at, waiting: byId(queue.queue_pending), running: byId(queue.queue_running) }
    return last
  }

  const look = async (notBefore: number, signal: AbortSignal): Promise<QueueSnapshot> => {
    signal.throwIfAborted()
    if (last && last.at >= notBefore) return last
    if (asking && asking.at < notBefore) {
      await orAbort(
        asking.answer.catch(() => undefined),
        signal,
      )
      return look(notBefore, signal)
    }
    if (!asking) {
      const at = performance.now()
      const answer = ask(at).finally(() => (asking = undefined))
      asking = { at, answer }
    }
    return orAbort(asking.answer, signal)
  }
  return { look }
}
