import { RushesError } from '../../../shared/errors.ts'
import type { ApiGraph, NodeInput } from '../../renderers/comfyui/graph-source.ts'
import { linksOf } from '../graph.ts'
import type { EditorGraph, EditorNode } from './editor-graph.ts'
import { flattenSubgraphs } from './flatten-subgraphs.ts'
import { BYPASSED, followLinks, isOfEditor, MUTED, wordsFor } from './follow-links.ts'
import { widgetValues } from './widget-values.ts'

/** What a server's nodes take, by class. */
export type NodeDefinitions = ReadonlyMap<string, readonly NodeInput[]>

const EXPORT = 'In ComfyUI, open it and export it with File → Export (API), then drop that file here.'

/** How the editor calls subgraphs: by ids, which no node is called by. */
const SUBGRAPH = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

type Converted = { inputs: Record<string, unknown>; unlinked: string | null }

const convertNode = (
  node: EditorNode,
  known: readonly NodeInput[],
  follow: ReturnType<typeof followLinks>,
): Converted => {
  const linked = new Map<string, unknown>()
  for (const { name, link } of node.inputs ?? []) {
    if (link === null || link === undefined) continue
    const source = follow(node, name, link)
    if (source.kind === 'output') linked.set(name, [source.node, source.output])
    if (source.kind === 'value') linked.set(name, source.value)
  }
  const inputs = { ...widgetValues(node, known, (name) => linked.has(name)), ...Object.fromEntries(linked) }
  const unlinked = known.find(({ name, required }) => required && !(name in inputs))?.name ?? null
  return { inputs, unlinked }
}

/** Takes away what cannot run for want of a link, and what depends on that. */
const withoutUnlinked = (graph: ApiGraph, unlinked: ReadonlyMap<string, string>): ApiGraph => {
  const gone = new Set(unlinked.keys())
  const takers = Object.entries(graph)
  for (let before = -1; before !== gone.size;) {
    before = gone.size
    for (const [id, node] of takers) if (linksOf(node).some(([, [from]]) => gone.has(from))) gone.add(id)
  }
  return Object.fromEntries(takers.filter(([id]) => !gone.has(id)))
}

const requireKnown = (graph: ApiGraph, unknown: ReadonlyMap<string, EditorNode>): void => {
  for (const node of Object.values(graph))
    for (const [, [from]] of linksOf(node)) {
      const lacking = unknown.get(from)
      if (lacking && SUBGRAPH.test(lacking.type))
        throw new RushesError(
          'INVALID_INPUT',
          `This graph is in the form of ComfyUI's editor, and its subgraph ${wordsFor(lacking)} cannot be read. ${EXPORT}`,
        )
      if (lacking)
        throw new RushesError(
          'NODE_MISSING',
          `The graph uses the node ${wordsFor(lacking)} of the class ${lacking.type}, which the connected ComfyUI does not have. Install it there and look again, or export the graph with File → Export (API) where it runs.`,
        )
    }
}

/**
 * The graph that a server runs, from the one that ComfyUI's editor saves, whose values stand by position: only a server
 * that has the nodes can say what they are. `notes` says what was left out. Throws INVALID_INPUT where it cannot be
 * converted, and NODE_MISSING where the server lacks a node of it; both say how to export the other form.
 */
export const toApi = (
  editor: EditorGraph,
  definitions: NodeDefinitions | null,
): { graph: ApiGraph; notes: string[] } => {
  if (!definitions)
    throw new RushesError(
      'INVALID_INPUT',
      `This graph is in the form of ComfyUI's editor, and no ComfyUI is connected that could say what its nodes take. Connect one, or: ${EXPORT}`,
    )
  const flat = flattenSubgraphs(editor)
  const follow = followLinks(flat)
  const graph: ApiGraph = {}
  const unknown = new Map<string, EditorNode>()
  const unlinked = new Map<string, string>()
  for (const node of flat.nodes) {
    if (node.mode === MUTED || node.mode === BYPASSED || isOfEditor(node)) continue
    const known = definitions.get(node.type)
    if (!known) {
      unknown.set(node.id, node)
      continue
    }
    const { inputs, unlinked: lacking } = convertNode(node, known, follow)
    const title = node.title ? { _meta: { title: node.title.slice(0, 200) } } : {}
    graph[node.id] = { class_type: node.type, inputs, ...title }
    if (lacking !== null)
      unlinked.set(node.id, `Node ${wordsFor(node)} was left out: nothing is linked to its input ${lacking}.`)
  }
  const runs = withoutUnlinked(graph, unlinked)
  requireKnown(runs, unknown)
  const [firstReason] = unlinked.values()
  if (Object.keys(runs).length === 0)
    throw new RushesError(
      'INVALID_INPUT',
      `Nothing of this graph can run. ${firstReason ?? ''} ${EXPORT}`.replace('  ', ' '),
    )
  const odd = [...unknown.values()].map(
    (node) => `Node ${wordsFor(node)} was left out: the connected ComfyUI does not have it.`,
  )
  return { graph: runs, notes: [...unlinked.values(), ...odd] }
}
