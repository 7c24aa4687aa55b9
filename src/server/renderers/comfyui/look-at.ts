import type { Look, Order } from '../order/dialect.ts'
import { pause } from '../order/waiting.ts'
import { orderFailed } from './failures.ts'
import { type Found, findOrder } from './find-order.ts'
import { nothingMade, type Orders, type Tracked } from './orders.ts'
import type { Pieces } from './pieces.ts'
import type { Queue, QueueSnapshot } from './queue.ts'
import { firstOfPrefix, resultOf } from './results.ts'
import type { ServerCalls } from './server-calls.ts'
import type { Carried } from './wire.ts'

export type LookDeps = {
  calls: ServerCalls
  pieces: Pieces
  queue: Queue
  orders: Orders
  /** Milliseconds that what was seen of the queue may be old. */
  maxAge: () => number
}

/** Milliseconds before each further look at an order that is said to have ended: its history is written just after. */
const SETTLING_WAITS_MS = [20, 40, 80, 160, 320]

/** An order of which nothing was recorded is taken to be of whichever kind its result is. */
const unrecorded = (id: string, kind: Carried['kind']): Carried => ({
  id,
  output: '',
  kind,
  prefix: '',
  resolution: null,
})

const doneLook = (host: string, id: string, found: Extract<Found, { state: 'done' }>, tracked: Tracked): Look => {
  const carried = tracked.carried ?? found.carried
  const kinds = carried ? [carried] : [unrecorded(id, 'video'), unrecorded(id, 'image')]
  for (const { output, kind } of kinds) {
    const file = resultOf(found.outputs, output, kind)
    if (file) return { state: 'done', result: { ...file } }
  }
  // A server that had it made before may tell of no result at all.
  const isSilent = Object.keys(found.outputs).length === 0
  if (carried && isSilent && carried.prefix !== '')
    return { state: 'done', result: { ...firstOfPrefix(carried.prefix, carried.kind) } }
  return { state: 'failed', error: nothingMade(host, carried?.kind ?? 'video') }
}

const lookOf = (host: string, id: string, found: Found, tracked: Tracked, orders: Orders): Look => {
  switch (found.state) {
    case 'waiting':
    case 'unknown':
      return { state: found.state }
    case 'running':
      return { state: 'running', progress: tracked.course?.shown ?? null }
    case 'done':
      orders.learn(tracked)
      return doneLook(host, id, found, tracked)
    case 'failed': {
      const carried = tracked.carried ?? found.carried ?? unrecorded(id, 'video')
      const { resolution, kind } = carried
      return { state: 'failed', error: orderFailed({ host, resolution, kind, cancelled: tracked.cancelled }, found) }
    }
  }
}

const inQueue = (queue: QueueSnapshot, id: string): Found | null => {
  const waiting = queue.waiting.get(id)
  if (waiting) return { state: 'waiting', carried: waiting.carried }
  const running = queue.running.get(id)
  return running ? { state: 'running', carried: running.carried } : null
}

/**
 * One look at an order: in the queue as it was last seen, of which one request serves all orders, and only where it has
 * left that, or is said to have ended, by asking for it alone. Rejects as Connection.lookAt says.
 */
export const lookAt = async (deps: LookDeps, order: Order, signal: AbortSignal): Promise<Look> => {
  const { calls, pieces, queue, orders } = deps
  const { id } = order
  const tracked = orders.know(order)
  const version = await pieces.version(signal)
  const as = (found: Found): Look => lookOf(calls.server.host, id, found, tracked, orders)

  if (tracked.ended) {
    tracked.ended = false
    for (const ms of [0, ...SETTLING_WAITS_MS]) {
      await pause(ms, signal)
      const found = await findOrder(calls, version, id, signal)
      if (found.state === 'done' || found.state === 'failed') return as(found)
    }
  }
  const now = performance.now()
  const seen = inQueue(await queue.look(Math.max(tracked.since, now - deps.maxAge()), signal), id)
  if (seen) return as(seen)
  const found = await findOrder(calls, version, id, signal)
  if (found.state !== 'unknown') return as(found)
  // It may have moved from the one to the other just between.
  const again = inQueue(await queue.look(now, signal), id)
  return as(again ?? (await findOrder(calls, version, id, signal)))
}
