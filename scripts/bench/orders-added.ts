import type { OrdersServer } from './orders-server.ts'
import type { Side } from './orders-sides.ts'
import { setTimeout as wait } from 'node:timers/promises'
import { median, quantile } from './table.ts'

/** How Rushes looks at an order of which nobody tells it, in milliseconds. */
export const POLL_MS = 2000

/** What lay between "ready there" and "playable here", and what of it the bytes alone take; all in milliseconds. */
export type Added = { orders: number; median: number; p90: number; transfer: number }

/** Milliseconds for which the fastest cards work on a clip: longer than anything here waits idle for the next one. */
const LONG_MS = 35_000

/** How long an order is worked on, of so many. */
type Work = (order: number, orders: number) => number

/** So that orders are ready at any moment between two looks: of one rhythm they would always be found at the same. */
export const spread: Work = (order, orders) => (POLL_MS * (order + 0.5)) / orders

/** As `spread`, of orders that take as long as real ones. */
export const long: Work = (order, orders) => LONG_MS + spread(order, orders)

/**
 * Orders one clip after the other, each worked on for as long as `work` says, and takes the time from when it is ready
 * there until all of it was read here.
 */
export const timeAdded = async (server: OrdersServer, side: Side, orders: number, work: Work): Promise<Added> => {
  const times: number[] = []
  const transfers: number[] = []
  for (let order = 0; order < orders; order++) {
    side.hold()
    const id = await server.submit({ renderer: side.renderer, seed: order })
    await side.working()
    await wait(work(order, orders))
    const ready = await side.finish()
    await server.completed(id)
    await server.play(id)
    times.push(performance.now() - ready)
    transfers.push(await side.transfer())
  }
  return { orders, median: median(times), p90: quantile(times, 0.9), transfer: median(transfers) }
}
