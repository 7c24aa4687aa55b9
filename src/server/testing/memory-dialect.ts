import { Readable } from 'node:stream'
import type { OrderDetails } from '../../shared/renderer.ts'
import type { Offer } from '../../shared/renderers.ts'
import type { Connection, Dialect, Look, Order, ServerFacts } from '../renderers/order/dialect.ts'
import { CLIP } from './clip.ts'

/** An offer of every model that is asked for, by one engine, for nothing. */
export const offerBy = (name: string, more: Partial<Offer> = {}): Offer => ({
  ready: true,
  engine: { name, licence: null },
  reason: null,
  missing: [],
  resolutions: ['480p', '720p'],
  seconds: 5,
  fps: 24,
  free: true,
  price: null,
  limits: [],
  ...more,
})

type Outcome = 'taken' | Error | (() => Promise<Order> | Order)

/** A server in memory, whose every answer a test decides, and which counts what it is asked for. */
export const createMemoryServer = (url = 'http://render-box:8000') => {
  const orders: string[] = []
  const sends: Outcome[] = []
  const looks: (Look | Error)[] = []
  const finds: ('known' | 'unknown' | Error)[] = []
  let facts: ServerFacts = { state: 'ready', note: 'There.', busy: 0, offers: { 'lucy-clip': offerBy('Engine') } }
  let looked = 0
  let cancelled = 0
  let closed = 0
  let news: ((progress: number | null) => void) | undefined

  const take = (id: string): Order => {
    orders.push(id)
    return { id, details: { at: url } }
  }
  const connection: Connection = {
    url,
    host: new URL(url).hostname,
    where: 'your network',
    paid: false,
    slots: 2,
    look: async () => {
      looked++
      return facts
    },
    prepare: async () => ({
      engine: { name: 'Engine' },
      kind: 'video',
      warnings: [],
      send: async (id) => {
        const outcome = sends.shift() ?? 'taken'
        if (outcome instanceof Error) throw outcome
        return outcome === 'taken' ? take(id) : outcome()
      },
    }),
    find: async (id) => {
      const outcome = finds.shift() ?? (orders.includes(id) ? 'known' : 'unknown')
      if (outcome instanceof Error) throw outcome
      return outcome === 'known' ? { id } : null
    },
    lookAt: async () => {
      const outcome = looks.shift() ?? { state: 'done', result: {} }
      if (outcome instanceof Error) throw outcome
      return outcome
    },
    watch: (_order, onNews) => {
      news = onNews
      return () => (news = undefined)
    },
    content: async (_order: Order, _result: OrderDetails) => ({
      status: 200,
      headers: {},
      body: Readable.from([CLIP]),
    }),
    cancel: async () => {
      cancelled++
      return { billed: 'no', note: null }
    },
    close: () => void closed++,
  }
  return {
    connection,
    /** The ids of orders that were taken. */
    orders,
    /** Takes an order, for an outcome of `sends` that does so and then goes wrong. */
    take,
    /** What the next orders, looks and questions for an id come to. */
    sends,
    looks,
    finds,
    become: (next: ServerFacts) => void (facts = next),
    looked: () => looked,
    cancelled: () => cancelled,
    closed: () => closed,
    /** Tells of an order that is watched. */
    tell: (progress: number | null) => news?.(progress),
    isWatched: () => news !== undefined,
  }
}
export type MemoryServer = ReturnType<typeof createMemoryServer>

/** A dialect of servers in memory. `url` chooses which of them, by their addresses. */
export const memoryDialect = (servers: readonly MemoryServer[], more: Partial<Dialect> = {}): Dialect => ({
  name: 'memory',
  title: 'Memory',
  asks: ['url', 'key', 'headers'],
  variables: { MEMORY_URL: 'url', MEMORY_KEY: 'key', MEMORY_HEADERS: 'headers', MEMORY_MODE: 'more' },
  defaultUrl: null,
  isSet: ({ url }) => url !== null,
  howToSet: 'Set MEMORY_URL.',
  offCode: 'UNREACHABLE',
  ownIds: true,
  timeoutMs: null,
  chosenOnly: () => false,
  connect: ({ url }) =>
    servers.map(({ connection }) => connection).filter((each) => url?.split(', ').includes(each.url)),
  ...more,
})
