import { RushesError } from '../../shared/errors.ts'
import { type ApiNode, type Link, linkSchema } from '../../shared/workflows.ts'
import type { ApiGraph } from '../renderers/comfyui/graph-source.ts'

/** The most nodes that a graph may have: the largest that people share have some hundred. */
const MAX_NODES = 5000

/** An input as a link, or null where it is a value. ComfyUI takes every list of a text and a number for one. */
export const linkOf = (value: unknown): Link | null => linkSchema.safeParse(value).data ?? null

/** A node in words: `7 (KSampler)`, or with the title that its author gave it. */
export const titleOf = (id: string, node: Pick<ApiNode, 'class_type' | '_meta'>): string =>
  `${id} (${node._meta?.title ?? node.class_type})`

const invalid = (message: string): RushesError => new RushesError('INVALID_INPUT', message)

/** The links of a node, by input. */
export const linksOf = (node: ApiNode | undefined): [input: string, link: Link][] =>
  Object.entries(node?.inputs ?? {}).flatMap(([input, value]) => {
    const link = linkOf(value)
    return link ? [[input, link] as [string, Link]] : []
  })

/** All nodes that the result of one depends on, the nearest first, itself included. */
export const reachedFrom = (graph: ApiGraph, start: string): string[] => {
  const seen = new Set([start])
  for (const id of seen) for (const [, [from]] of linksOf(graph[id])) if (graph[from]) seen.add(from)
  return [...seen]
}

/**
 * Refuses a graph that no server could run: no nodes, too many of them, links to nodes that are not there, and circles.
 * Throws INVALID_INPUT naming the node and the input.
 */
export const requireSound = (graph: ApiGraph): void => {
  const nodes = Object.entries(graph)
  if (nodes.length === 0) throw invalid('The graph has no nodes.')
  if (nodes.length > MAX_NODES)
    throw invalid(
      `The graph has ${nodes.length.toLocaleString('en')} nodes; it may have ${MAX_NODES.toLocaleString('en')}.`,
    )
  for (const [id, node] of nodes)
    for (const [input, [from]] of linksOf(node))
      if (!graph[from])
        throw invalid(
          `Node ${titleOf(id, node)} takes its input ${input} from node ${from.slice(0, 80)}, which is not in the graph. Export the graph again from ComfyUI.`,
        )
  requireNoCircle(graph)
}

/** Takes away, again and again, what depends on nothing that is left; what remains runs in a circle. */
const requireNoCircle = (graph: ApiGraph): void => {
  const waits = new Map(
    Object.entries(graph).map(([id, node]) => [id, new Set(linksOf(node).map(([, [from]]) => from))]),
  )
  const givesTo = new Map<string, string[]>()
  for (const [id, froms] of waits) for (const from of froms) givesTo.set(from, [...(givesTo.get(from) ?? []), id])
  const free = [...waits].filter(([, froms]) => froms.size === 0).map(([id]) => id)
  for (const id of free) {
    waits.delete(id)
    for (const next of givesTo.get(id) ?? []) {
      const froms = waits.get(next)
      froms?.delete(id)
      if (froms?.size === 0) free.push(next)
    }
  }
  const [left] = waits.keys()
  const node = left === undefined ? undefined : graph[left]
  if (left !== undefined && node)
    throw invalid(`The graph runs in a circle: node ${titleOf(left, node)} depends on its own result.`)
}

/** The part of a graph that the result of one node depends on: the rest would only be work. */
export const partFor = (graph: ApiGraph, output: string): ApiGraph => {
  const kept = new Set(reachedFrom(graph, output))
  return Object.fromEntries(Object.entries(graph).filter(([id]) => kept.has(id)))
}

/** A copy of the graph with values in the places of others. */
export const withValues = (
  graph: ApiGraph,
  values: readonly { node: string; key: string; value: unknown }[],
): ApiGraph => {
  const copy = Object.fromEntries(
    Object.entries(graph).map(([id, node]) => [id, { ...node, inputs: { ...node.inputs } }]),
  )
  for (const { node, key, value } of values) {
    const inputs = copy[node]?.inputs
    if (inputs) inputs[key] = value
  }
  return copy
}
