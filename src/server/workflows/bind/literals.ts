import type { Place } from '../../../shared/workflows.ts'
import type { ApiGraph } from '../../renderers/comfyui/graph-source.ts'
import { linkOf } from '../graph.ts'

/** A place in the graph and, in a sentence, why it is one. */
export type Found = Place & { why: string }

type Kind = 'number' | 'string'

/** How nodes call the value that they are there to give. */
const VALUE_KEYS = [
  'value',
  'int',
  'float',
  'number',
  'string',
  'text',
  'seed',
  'noise_seed',
  'width',
  'height',
  'Number',
]

/** Longer chains of nodes that hand on a value are not followed. */
const MAX_DISTANCE = 20

/**
 * Where the value of an input stands: at the input itself, or at the node that gives it, as a primitive does. Null where
 * it is worked out on the way: by arithmetic, or from a file.
 */
export const literalBehind = (graph: ApiGraph, id: string, key: string, kind: Kind, depth = 0): Place | null => {
  const node = graph[id]
  if (!node || depth > MAX_DISTANCE) return null
  const value = node.inputs[key]
  if (typeof value === kind) return { node: id, key }
  const link = linkOf(value)
  const giver = link ? graph[link[0]] : undefined
  if (!link || !giver) return null
  const own = Object.keys(giver.inputs).filter((name) => typeof giver.inputs[name] === kind)
  const links = Object.keys(giver.inputs).filter((name) => linkOf(giver.inputs[name]))
  const named = own.find((name) => VALUE_KEYS.includes(name) && (own.length === 1 || name === key || !isSize(name)))
  if (named !== undefined && links.length === 0) return { node: link[0], key: named }
  const [only] = links
  // What takes one thing alone only hands it on, as a reroute does.
  return own.length === 0 && links.length === 1 && only !== undefined
    ? literalBehind(graph, link[0], only, kind, depth + 1)
    : null
}

const isSize = (name: string): boolean => name === 'width' || name === 'height'

/** The number at a place. */
export const numberAt = (graph: ApiGraph, { node, key }: Place): number | null => {
  const value = graph[node]?.inputs[key]
  return typeof value === 'number' ? value : null
}

/** The places without repetitions, in their order. */
export const once = <P extends Place>(places: readonly P[]): P[] => [
  ...new Map(places.map((place) => [JSON.stringify([place.node, place.key]), place])).values(),
]
