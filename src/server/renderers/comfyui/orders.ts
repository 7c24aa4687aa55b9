import { RushesError } from '../../../shared/errors.ts'
import type { Order } from '../order/dialect.ts'
import type { ApiGraph } from './graph-source.ts'
import type { OrderEvent } from './events.ts'
import { advance, beginCourse, type Course, isLoading, learned, shapeOf, type Weights } from './progress.ts'
import { type Carried, carriedSchema } from './wire.ts'

/** What is known here of an order beside what the server says when asked. */
export type Tracked = {
  /** Since when it is known here, by performance.now(): what was seen of the queue before says nothing of it. */
  readonly since: number
  carried: Carried | null
  /** Null for one that was ordered before the last start: the socket tells nothing of it. */
  course: Course | null
  /** The socket said that it ended, which its history may not know yet. */
  ended: boolean
  cancelled: boolean
  /** Whether the socket ever told of it. */
  heard: boolean
  /** How the queue last had it. */
  seen: 'waiting' | 'running' | 'gone' | null
  readonly listeners: Set<(progress: number | null) => void>
}

export type Orders = {
  /** Follows an order that is about to go out. */
  begin: (id: string, carried: Carried, graph: ApiGraph) => void
  /** The order of that id, followed from now on where it was not yet. */
  know: (order: Order) => Tracked
  /** Those that somebody waits for. */
  watched: () => (readonly [id: string, Tracked])[]
  watch: (order: Order, onNews: (progress: number | null) => void) => () => void
  /** Takes what the socket tells; orders of others are passed over. */
  hear: (event: OrderEvent) => void
  /** Keeps how long the nodes of an order took that came to its end. */
  learn: (tracked: Tracked) => void
  isLoading: (id: string) => boolean | null
  /** Unfollows an order that did not go out. */
  forget: (id: string) => void
}

/** Orders that are remembered: one that is done with may still be cancelled, and what it did last is told then. */
const MAX_ORDERS = 200
/** Shapes of graphs whose times are kept. */
const MAX_SHAPES = 200

/** How long the nodes of graphs took, by the shape of these. */
const createNodeTimes = () => {
  const times = new Map<string, Weights>()
  return {
    of: (graph: ApiGraph): Weights | undefined => times.get(shapeOf(graph)),
    learn: ({ course }: Pick<Tracked, 'course'>): void => {
      if (!course || course.took.size === 0) return
      const next = learned(times.get(course.shape), course.took)
      times.delete(course.shape)
      times.set(course.shape, next)
      const [oldest] = times.keys()
      if (times.size > MAX_SHAPES && oldest !== undefined) times.delete(oldest)
    },
  }
}

/** Follows the orders of ours on one server. Nothing here asks the server. */
export const createOrders = (): Orders => {
  const orders = new Map<string, Tracked>()
  const times = createNodeTimes()

  const track = (id: string, carried: Carried | null, course: Course | null): Tracked => {
    const tracked: Tracked = {
      since: performance.now(),
      carried,
      course,
      ended: false,
      cancelled: false,
      heard: false,
      seen: null,
      listeners: new Set(),
    }
    orders.set(id, tracked)
    for (const [old, { listeners }] of orders) {
      if (orders.size <= MAX_ORDERS) break
      if (listeners.size === 0 && old !== id) orders.delete(old)
    }
    return tracked
  }
  const know = ({ id, details }: Order): Tracked =>
    orders.get(id) ?? track(id, carriedSchema.safeParse(details).data ?? null, null)
  const tell = ({ listeners }: Tracked, progress: number | null): void => {
    for (const listener of listeners) listener(progress)
  }

  return {
    begin: (id, carried, graph) => void track(id, carried, beginCourse(graph, times.of(graph))),
    know,
    watched: () => [...orders].filter(([, { listeners }]) => listeners.size > 0),
    watch: (order, onNews) => {
      const { listeners, ended } = know(order)
      listeners.add(onNews)
      // What was made at once has ended before anybody watched.
      if (ended) queueMicrotask(() => listeners.has(onNews) && onNews(null))
      return () => void listeners.delete(onNews)
    },
    hear: (event) => {
      const tracked = orders.get(event.id)
      if (!tracked?.course) return
      tracked.heard = true
      const before = tracked.course.shown
      tracked.course = advance(tracked.course, event, performance.now())
      if (event.type === 'ended') {
        tracked.ended = true
        tell(tracked, null)
      } else if (tracked.course.shown !== before || event.type === 'started') tell(tracked, tracked.course.shown)
    },
    learn: times.learn,
    isLoading: (id) => {
      const course = orders.get(id)?.course
      return course ? isLoading(course) : null
    },
    forget: (id) => void orders.delete(id),
  }
}

/** The failure of a graph that ended well and left nothing that is a take. */
export const nothingMade = (host: string, kind: 'video' | 'image'): RushesError =>
  new RushesError(
    'PROCESSING_ERROR',
    `The ComfyUI at ${host} finished, but saved no ${kind === 'video' ? 'clip' : 'picture'}. Check that the graph ends in a node that saves one.`,
  )
