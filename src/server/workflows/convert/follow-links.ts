import { RushesError } from '../../../shared/errors.ts'
import type { EditorGraph, EditorNode } from './editor-graph.ts'

/** What an input of a node is linked to, once all that is only there for the eye is taken away. */
export type Source =
  { kind: 'output'; node: string; output: number } | { kind: 'value'; value: unknown } | { kind: 'nothing' }

const NOTHING: Source = { kind: 'nothing' }

/** The editor's words for a node that never runs, and for one that is passed by. */
export const MUTED = 2
export const BYPASSED = 4

/** Nodes of the editor alone: they hand on what they are given. */
const PASSES_ON: ReadonlySet<string> = new Set(['Reroute', 'SetNode'])
/** All nodes that are not sent to the server. */
const OF_EDITOR: ReadonlySet<string> = new Set([...PASSES_ON, 'GetNode', 'PrimitiveNode', 'Note', 'MarkdownNote'])

/** Whether a node is only there for the eye, and no server knows it. */
export const isOfEditor = (node: EditorNode): boolean => OF_EDITOR.has(node.type)

/** The editor's node in words. */
export const wordsFor = (node: EditorNode): string => `${node.id} (${node.title || node.type})`

const firstValue = ({ widgets_values: values }: EditorNode): unknown =>
  Array.isArray(values) ? values[0] : Object.values(values ?? {})[0]

/** The input through which a node that is passed by hands on: the one of the same place, else the first of that type. */
const bypassOf = (node: EditorNode, output: number): string | null | undefined => {
  const inputs = node.inputs ?? []
  const type = node.outputs?.[output]?.type ?? '*'
  const fits = (input: { type: string } | undefined): boolean =>
    input !== undefined && (input.type === type || input.type === '*' || type === '*')
  const same = inputs[output]
  return (fits(same) ? same : inputs.find(fits))?.link
}

/** How far a chain of such nodes may go; a longer one runs in a circle. */
const MAX_CHAIN_LINKS = 1000

/**
 * Follows links to the nodes that really give: through reroutes, passed-by nodes, and named pairs of set and get.
 * Throws INVALID_INPUT where a link leads nowhere or runs in a circle. `taker` and `input` are for its words.
 */
export const followLinks = (editor: EditorGraph) => {
  const links = new Map(editor.links.flatMap((link) => (link ? [[link.id, link] as const] : [])))
  const nodes = new Map(editor.nodes.map((node) => [node.id, node]))
  const setters = new Map(
    editor.nodes
      .filter(({ type, mode }) => type === 'SetNode' && mode !== MUTED)
      .map((node) => [firstValue(node), node]),
  )
  return (taker: EditorNode, input: string, link: string): Source => {
    const broken = (why: string): RushesError =>
      new RushesError(
        'INVALID_INPUT',
        `Node ${wordsFor(taker)} takes its input ${input} ${why}. Save the graph again in ComfyUI.`,
      )
    let next: string | null | undefined = link
    for (let steps = 0; steps < MAX_CHAIN_LINKS; steps++) {
      if (next === null || next === undefined) return NOTHING
      const found = links.get(next)
      if (!found) throw broken(`from link ${next}, which is not in the graph`)
      const node = nodes.get(found.from)
      if (!node) throw broken(`from node ${found.from}, which is not in the graph`)
      if (node.mode === MUTED) return NOTHING
      if (PASSES_ON.has(node.type)) next = node.inputs?.[0]?.link
      else if (node.type === 'GetNode') next = setters.get(firstValue(node))?.inputs?.[0]?.link
      else if (node.type === 'PrimitiveNode') return { kind: 'value', value: firstValue(node) }
      else if (node.mode === BYPASSED) next = bypassOf(node, found.output)
      else return { kind: 'output', node: node.id, output: found.output }
    }
    throw broken('from itself')
  }
}
