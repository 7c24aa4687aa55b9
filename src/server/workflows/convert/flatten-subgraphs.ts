import { RushesError } from '../../../shared/errors.ts'
import type { EditorGraph, EditorNode, Subgraph } from './editor-graph.ts'
import { BYPASSED, MUTED } from './follow-links.ts'

type EditorLink = NonNullable<EditorGraph['links'][number]>

/** So many nodes come of it at most: subgraphs within subgraphs grow fast. */
const MAX_NODES = 5000

/** So many are unfolded at most: one that contains itself never ends. */
const MAX_SUBGRAPHS = 500

/** The editor's word for an input of the subgraph itself. */
const OWN = '-1'

/** A value that the node of a subgraph has for one of the inner nodes. */
type Promoted = { node: string; input: string; value: unknown }

/** The inner inputs that those links from the subgraph's own inputs lead to. */
const takersOf = (
  inner: Subgraph,
  linkIds: readonly string[],
): { node: EditorNode; input: string; isWidget: boolean }[] =>
  inner.nodes.flatMap((node) =>
    (node.inputs ?? []).flatMap((input) =>
      input.link !== null && input.link !== undefined && linkIds.includes(input.link)
        ? [{ node, input: input.name, isWidget: Boolean(input.widget) }]
        : [],
    ),
  )

/** Which inner inputs the values of a subgraph's node are of, in their order. */
const widgetsOf = (node: EditorNode, inner: Subgraph): Omit<Promoted, 'value'>[][] => {
  const ofInput = ({ linkIds }: Subgraph['inputs'][number]) =>
    takersOf(inner, linkIds ?? [])
      .filter(({ isWidget }) => isWidget)
      .map((taker) => ({ node: taker.node.id, input: taker.input }))
  const proxied = node.properties?.proxyWidgets ?? []
  if (proxied.length === 0) return inner.inputs.map(ofInput).filter((takers) => takers.length > 0)
  return proxied.map(([id, input]) => {
    if (id !== OWN) return [{ node: id, input }]
    const own = inner.inputs.find(({ name }) => name === input)
    return own ? ofInput(own) : []
  })
}

const promotedBy = (node: EditorNode, inner: Subgraph): Promoted[] => {
  const values = Array.isArray(node.widgets_values) ? node.widgets_values : []
  return widgetsOf(node, inner).flatMap((takers, index) => {
    const value = values[index]
    return value === null || value === undefined ? [] : takers.map((taker) => ({ ...taker, value }))
  })
}

/** The inner nodes and links in the place of the node that stood for them. */
const unfold = (graph: EditorGraph, node: EditorNode, inner: Subgraph): EditorGraph => {
  // As ComfyUI itself calls them when it runs such a graph.
  const within = (id: string): string => `${node.id}:${id}`
  const outer = new Map(graph.links.flatMap((link) => (link ? [[link.id, link] as const] : [])))
  const inside = new Map<string, EditorLink>()
  for (const link of inner.links) {
    if (!link) continue
    const id = within(link.id)
    if (link.from !== inner.inputNode.id) {
      inside.set(id, { id, from: within(link.from), output: link.output })
      continue
    }
    const name = inner.inputs[link.output]?.name
    const given = outer.get((node.inputs ?? []).find((input) => input.name === name)?.link ?? '')
    if (given) inside.set(id, { ...given, id })
  }
  // A value of the node is given to the inner input as one that stands beside it.
  const values: EditorNode[] = []
  const promoted = promotedBy(node, inner)
  const nodes = inner.nodes.map((each): EditorNode => {
    const inputs = (each.inputs ?? []).map((input) => {
      const link = input.link === null || input.link === undefined ? null : within(input.link)
      return { ...input, link: link !== null && inside.has(link) ? link : null }
    })
    for (const { input, value } of promoted.filter((one) => one.node === each.id)) {
      const entry = inputs.find(({ name }) => name === input)
      if (!entry || entry.link !== null) continue
      const id = within(`${each.id}.${input}`)
      values.push({ id, type: 'PrimitiveNode', mode: 0, widgets_values: [value] })
      inside.set(id, { id, from: id, output: 0 })
      entry.link = id
    }
    return { ...each, id: within(each.id), inputs }
  })
  const results = inner.outputs.map(({ linkIds }) => inside.get(within(linkIds?.[0] ?? '')))
  const gone = new Set<string>()
  const links = [...outer.values()].flatMap((link) => {
    if (link.from !== node.id) return [link]
    const result = results[link.output]
    if (!result) gone.add(link.id)
    return result ? [{ ...link, from: result.from, output: result.output }] : []
  })
  const others = graph.nodes
    .filter(({ id }) => id !== node.id)
    .map((other) => ({
      ...other,
      inputs: (other.inputs ?? []).map((input) => (gone.has(input.link ?? '') ? { ...input, link: null } : input)),
    }))
  return { ...graph, nodes: [...others, ...nodes, ...values], links: [...links, ...inside.values()] }
}

/**
 * The graph without subgraphs: their nodes stand in the places of the nodes that stood for them, with the values that
 * those have. Throws INVALID_INPUT where it becomes too large, as one that contains itself would.
 */
export const flattenSubgraphs = (editor: EditorGraph): EditorGraph => {
  const definitions = new Map((editor.definitions?.subgraphs ?? []).map((inner) => [inner.id, inner]))
  let graph = editor
  for (let count = 0; ; count++) {
    const node = graph.nodes.find(({ type, mode }) => definitions.has(type) && mode !== MUTED && mode !== BYPASSED)
    const inner = node && definitions.get(node.type)
    if (!node || !inner) return graph
    graph = unfold(graph, node, inner)
    if (graph.nodes.length > MAX_NODES || count > MAX_SUBGRAPHS)
      throw new RushesError(
        'INVALID_INPUT',
        `The subgraph ${inner.name.slice(0, 80)} makes the graph too large, or contains itself. In ComfyUI, open it and export it with File → Export (API).`,
      )
  }
}
