import type { ApiGraph, NodeInput, ServerPieces } from '../graph-source.ts'

/** What flows between nodes, by ComfyUI's own names. */
export type SocketType =
  | 'MODEL'
  | 'CLIP'
  | 'CLIP_VISION'
  | 'CLIP_VISION_OUTPUT'
  | 'VAE'
  | 'CONDITIONING'
  | 'LATENT'
  | 'IMAGE'
  | 'AUDIO'
  | 'VIDEO'
  | 'SIGMAS'
  | 'SAMPLER'
  | 'GUIDER'
  | 'NOISE'
  | 'FLOAT'

/** One output of a node, to be an input of others. */
export type Link<T extends SocketType> = { readonly node: string; readonly output: number; readonly type: T }

type Value = string | number | boolean
/** The inputs of a node by name; what is undefined is left out. */
export type Inputs = Readonly<Record<string, Value | Link<SocketType> | undefined>>

/** A graph in the making. */
export type NodeGraph = {
  /** Adds a node and gives its id. */
  add: (className: string, inputs: Inputs) => string
  /** The graph in API form, as it is then. */
  toApi: () => ApiGraph
}

/** The output of a node at that place, counted from 0. */
export const outputOf = <T extends SocketType>(node: string, output: number, type: T): Link<T> => ({
  node,
  output,
  type,
})

/** An input that grows carries its name before a dot, as `reference_images.reference_image_0`. */
const nameOf = (input: string): string => input.split('.')[0] ?? input

const given = (value: Value | Link<SocketType>): unknown =>
  typeof value === 'object' ? [value.node, value.output] : value

/** What counts where a node of a newer server requires something that we do not know of. */
const assumed = ({ default: value, choices }: NodeInput): Value | undefined => value ?? choices[0]

/**
 * The inputs as a server of this version takes them: without those that its node does not have, and with the defaults of
 * those that it requires besides. A node that the server did not tell of takes what it is given.
 */
const fitted = (inputs: Inputs, known: readonly NodeInput[] | undefined): Record<string, unknown> => {
  const set = Object.entries(inputs).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]))
  if (!known) return Object.fromEntries(set.map(([name, value]) => [name, given(value)]))
  const names = new Set(known.map(({ name }) => name))
  const kept = set.filter(([name]) => names.has(nameOf(name)))
  const isSet = new Set(kept.map(([name]) => nameOf(name)))
  const more = known.flatMap((input) => {
    const value = input.required && !isSet.has(input.name) ? assumed(input) : undefined
    return value === undefined ? [] : [[input.name, value] as const]
  })
  return Object.fromEntries([...kept, ...more].map(([name, value]) => [name, given(value)]))
}

/** An empty graph for a server with these nodes. Ids are numbers from 1, in the order in which nodes are added. */
export const createNodeGraph = (nodes: ServerPieces['nodes']): NodeGraph => {
  const graph: ApiGraph = {}
  return {
    add: (className, inputs) => {
      const id = String(Object.keys(graph).length + 1)
      graph[id] = { class_type: className, inputs: fitted(inputs, nodes.get(className)) }
      return id
    },
    toApi: () => structuredClone(graph),
  }
}
