import { pause } from '../order/waiting.ts'
import type { Orders, Tracked } from './orders.ts'
import type { Queue, QueueSnapshot } from './queue.ts'

export type PollingDeps = {
  queue: Queue
  orders: Orders
  pollMs: number
  closing: AbortSignal
  /** An order ran of which the socket, which should have, told nothing. */
  onSilence: () => void
}

const stateIn = (queue: QueueSnapshot, id: string): NonNullable<Tracked['seen']> => {
  if (queue.running.has(id)) return 'running'
  return queue.waiting.has(id) ? 'waiting' : 'gone'
}

/**
 * Looks at the queue once in every `pollMs` while somebody waits for an order, for all of them together, and tells those
 * whose order moved on. Answers how to begin where it rests.
 */
export const createPolling = ({ queue, orders, pollMs, closing, onSilence }: PollingDeps): (() => void) => {
  let isGoing = false

  const compare = (seen: QueueSnapshot): void => {
    for (const [id, tracked] of orders.watched()) {
      if (seen.at < tracked.since) continue
      const [before, now] = [tracked.seen, stateIn(seen, id)]
      tracked.seen = now
      if (before === 'running' && tracked.course && !tracked.heard) onSilence()
      if (now === before && now !== 'gone') continue
      for (const listener of tracked.listeners) listener(null)
    }
  }

  const go = async (): Promise<void> => {
    while (orders.watched().length > 0) {
      await pause(pollMs, closing)
      // What cannot be reached is found out by whoever looks at an order, and waited for there.
      const seen = await queue.look(performance.now() - pollMs / 2, closing).catch(() => null)
      if (seen) compare(seen)
    }
  }

  return () => {
    if (isGoing) return
    isGoing = true
    void go()
      .catch(() => undefined)
      .finally(() => (isGoing = false))
  }
}
