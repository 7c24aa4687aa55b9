import { createHash } from 'node:crypto'
import type { ApiGraph } from './graph-source.ts'
import { type OrderEvent, partOf } from './events.ts'

/** How much of the time each node of a graph takes, relative to the others. */
export type Weights = ReadonlyMap<string, number>

/** How far an order is. `shown` only grows. */
export type Course = {
  shape: string
  classes: ReadonlyMap<string, string>
  weights: Weights
  parts: ReadonlyMap<string, number>
  /** The node that runs, since when (milliseconds), and whether it says that it loads a model. */
  current: { node: string; since: number; loading: boolean } | null
  /** Milliseconds by node that ran from its beginning to its end. */
  took: ReadonlyMap<string, number>
  shown: number
}

/** For graphs that were never seen: what makes pictures takes the time, then what decodes them, then loading. */
const GUESSES: readonly (readonly [RegExp, number])[] = [
  [/sampler(?!select)|^ksampler/i, 60],
  [/vae.*decode|decode/i, 10],
  [/loader|^load(?!image|video)/i, 8],
  [/encode|imagetovideo|conditioning/i, 3],
  [/save|createvideo/i, 3],
]

const guess = (nodeClass: string): number => GUESSES.find(([pattern]) => pattern.test(nodeClass))?.[1] ?? 1

/** What graphs of one shape have in common: their nodes and what each is, not what is set in them. */
export const shapeOf = (graph: ApiGraph): string => {
  const nodes = Object.entries(graph)
    .map(([id, { class_type: nodeClass }]) => `${id}:${nodeClass}`)
    .toSorted()
  return createHash('sha256').update(nodes.join('\n')).digest('hex').slice(0, 16)
}

/** The beginning of an order: `known` are the times that graphs of its shape took, where there were any. */
export const beginCourse = (graph: ApiGraph, known: Weights | undefined): Course => ({
  shape: shapeOf(graph),
  classes: new Map(Object.entries(graph).map(([id, node]) => [id, node.class_type])),
  weights: new Map(
    Object.entries(graph).map(([id, node]) => [id, known?.get(id) ?? (known ? 1 : guess(node.class_type))]),
  ),
  parts: new Map(),
  current: null,
  took: new Map(),
  shown: 0,
})

/** It is done when its result is here, and not before. */
const MAX_SHOWN_FRACTION = 0.99

const sum = ({ weights, parts }: Pick<Course, 'weights' | 'parts'>): number => {
  let [done, all] = [0, 0]
  for (const [node, weight] of weights) {
    all += weight
    done += weight * (parts.get(node) ?? 0)
  }
  return all === 0 ? 0 : done / all
}

const withParts = (course: Course, parts: Iterable<readonly [string, number]>): Course => {
  const next = new Map(course.parts)
  // A node that counts from the beginning again (tiles, a second pass) does not take back what was shown.
  for (const [node, part] of parts) next.set(node, Math.max(part, next.get(node) ?? 0))
  const shown = Math.max(course.shown, Math.min(MAX_SHOWN_FRACTION, sum({ weights: course.weights, parts: next })))
  return { ...course, parts: next, shown }
}

const leave = (course: Course, now: number): Course => {
  const { current } = course
  if (!current) return course
  const took = new Map(course.took).set(current.node, now - current.since)
  return withParts({ ...course, current: null, took }, [[current.node, 1]])
}

/** The course after an event at that time (milliseconds). */
export const advance = (course: Course, event: OrderEvent, now: number): Course => {
  switch (event.type) {
    case 'started':
      return course
    case 'cached':
      return withParts(
        course,
        event.nodes.map((node) => [node, 1] as const),
      )
    case 'node': {
      if (course.current?.node === event.node) return course
      return { ...leave(course, now), current: { node: event.node, since: now, loading: false } }
    }
    case 'count': {
      const node = event.node ?? course.current?.node
      return node === undefined ? course : withParts(course, [[node, event.part]])
    }
    case 'counts': {
      const counts = Object.entries(event.nodes)
      const { current } = course
      const loading = current !== null && event.nodes[current.node]?.activity === 'loading'
      const marked = current === null ? course : { ...course, current: { ...current, loading } }
      return withParts(
        marked,
        counts.map(([node, { state, value, max }]) => [node, state === 'finished' ? 1 : partOf(value, max)] as const),
      )
    }
    case 'made':
      return withParts(course, [[event.node, 1]])
    case 'ended':
      return leave(course, now)
  }
}

/**
 * Whether it loads a model now: it says so, it runs a loader, or a sampler that has not counted yet, which is when models
 * go to the card; null where nothing was told.
 */
export const isLoading = ({ current, parts, classes }: Course): boolean | null => {
  if (!current) return null
  const nodeClass = classes.get(current.node) ?? ''
  if (current.loading || /loader/i.test(nodeClass)) return true
  return /sampler/i.test(nodeClass) && (parts.get(current.node) ?? 0) === 0
}

/** The times to go by for the next graph of that shape: half of what is new, half of what was known. */
export const learned = (known: Weights | undefined, took: Course['took']): Weights => {
  const next = new Map(known)
  for (const [node, ms] of took) {
    const before = next.get(node)
    next.set(node, before === undefined ? ms : (before + ms) / 2)
  }
  return next
}
