import { RushesError } from '../../../shared/errors.ts'
import type { NodeInput } from '../../renderers/comfyui/graph-source.ts'
import type { EditorNode } from './editor-graph.ts'
import { wordsFor } from './follow-links.ts'

/** Types that the editor shows as something to fill in; all others are links alone. */
const FILLED_IN: ReadonlySet<string> = new Set(['INT', 'FLOAT', 'STRING', 'BOOLEAN', 'COMBO'])

/** What the editor keeps behind a number of which it draws the next one itself. No server knows it. */
const AFTERWARDS: ReadonlySet<unknown> = new Set(['fixed', 'increment', 'decrement', 'randomize', 'increment-wrap'])

const SEEDS: ReadonlySet<string> = new Set(['seed', 'noise_seed'])

type Widget = Pick<NodeInput, 'name' | 'type' | 'choices' | 'default'>

/**
 * The inputs of a node whose values the editor keeps by position, in that order. An input that the editor lists without
 * a widget is a link alone, whatever its type; parts of a choice (`format.codec`) follow it.
 */
const widgetsOf = (node: EditorNode, inputs: readonly NodeInput[]): Widget[] => {
  const listed = new Map((node.inputs ?? []).map((input) => [input.name, input]))
  const known = new Set(inputs.map(({ name }) => name))
  const widgets = (node.inputs ?? []).flatMap(({ widget }) => (widget ? [widget.name] : []))
  return inputs.flatMap((input) => {
    const entry = listed.get(input.name)
    if (entry ? !entry.widget : !FILLED_IN.has(input.type)) return []
    const parts = widgets.filter((name) => name.startsWith(`${input.name}.`) && !known.has(name))
    return [input, ...parts.map((name): Widget => ({ name, type: '*', choices: [] }))]
  })
}

const FITS: Record<string, (value: unknown) => boolean> = {
  INT: (value) => typeof value === 'number' || (typeof value === 'string' && /^-?\d+$/.test(value)),
  FLOAT: (value) =>
    typeof value === 'number' || (typeof value === 'string' && value !== '' && Number.isFinite(Number(value))),
  BOOLEAN: (value) => typeof value === 'boolean' || value === 0 || value === 1,
  STRING: (value) => typeof value === 'string' || typeof value === 'number',
  COMBO: (value) => ['string', 'number', 'boolean'].includes(typeof value),
}

const isAfterwards = (value: unknown, behind: Widget, next: Widget | undefined): boolean => {
  // The oldest versions said whether to draw by yes or no.
  if (typeof value === 'boolean') return behind.type === 'INT' && SEEDS.has(behind.name) && next?.type !== 'BOOLEAN'
  if (!AFTERWARDS.has(value)) return false
  if (behind.type === 'INT' || behind.type === 'FLOAT') return !next?.choices.some((choice) => choice === value)
  return behind.type === 'COMBO' && (next === undefined || FITS[next.type]?.(value) === false)
}

/** What an input is where nothing was kept of it. */
const unsaid = ({ type, choices, default: assumed }: Widget): unknown =>
  assumed ?? (type === 'COMBO' ? choices[0] : undefined)

/**
 * The values that the editor kept of a node, by the names of its inputs. `isLinked` tells inputs whose value does not
 * count. Throws INVALID_INPUT where they do not fit what the server's version of the node takes.
 */
export const widgetValues = (
  node: EditorNode,
  inputs: readonly NodeInput[],
  isLinked: (input: string) => boolean,
): Record<string, unknown> => {
  const kept = node.widgets_values ?? []
  const values: Record<string, unknown> = {}
  const take = (widget: Widget, value: unknown): void => {
    const said = value ?? unsaid(widget)
    if (said === undefined || isLinked(widget.name)) return
    if (FITS[widget.type]?.(said) === false)
      throw new RushesError(
        'INVALID_INPUT',
        `The values of node ${wordsFor(node)} do not fit the version of it that the connected ComfyUI has: ${widget.name} would be ${JSON.stringify(said)?.slice(0, 60)}. Open the graph there and export it with File → Export (API).`,
      )
    values[widget.name] = said
  }
  const widgets = widgetsOf(node, inputs)
  if (!Array.isArray(kept)) {
    for (const widget of widgets) take(widget, kept[widget.name])
    return values
  }
  let at = 0
  widgets.forEach((widget, index) => {
    take(widget, kept[at++])
    if (isAfterwards(kept[at], widget, widgets[index + 1])) at++
  })
  return values
}
