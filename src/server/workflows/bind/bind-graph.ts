import { RushesError } from '../../../shared/errors.ts'
import type { Task } from '../../../shared/models/define.ts'
import {
  type Binding,
  type OutputNode,
  type Place,
  type Role,
  ROLES,
  type Settable,
} from '../../../shared/workflows.ts'
import type { ApiGraph } from '../../renderers/comfyui/graph-source.ts'
import type { NodeDefinitions } from '../convert/to-api.ts'
import { reachedFrom, requireSound, titleOf } from '../graph.ts'
import { controlOf, definitionOf, exposable } from './controls.ts'
import { fieldOf, taskOf } from './fields.ts'
import type { Found } from './literals.ts'
import { findMedia } from './media.ts'
import { findNumbers } from './numbers.ts'
import { outputsOf } from './outputs.ts'
import { findPrompts } from './prompts.ts'

/** What Rushes understands of a graph. */
export type Understood = {
  output: OutputNode
  outputs: OutputNode[]
  kind: 'video' | 'image'
  task: Task
  bindings: Binding[]
  /** All inputs behind the result that can be set, those that are bound among them. */
  settable: Settable[]
  /** What a person should know of it, a sentence each. */
  notes: string[]
}

/** The input at a place as a binding of that role. Null where it is no input that a value can be put into. */
export const bindingAt = (
  graph: ApiGraph,
  nodes: NodeDefinitions | null,
  role: Role,
  place: Place & { why: string },
): Omit<Binding, 'field'> | null => {
  const node = graph[place.node]
  if (!node) return null
  const value = node.inputs[place.key]
  const control = controlOf(node.class_type, place.key, value, definitionOf(nodes, node.class_type, place.key))
  const title = titleOf(place.node, node)
  return control ? { role, node: place.node, key: place.key, title, why: place.why, control } : null
}

/** The bindings in the order of forms, each with the field that it comes from. */
export const withFields = (bindings: readonly Omit<Binding, 'field'>[]): Binding[] => {
  const roles = new Set(bindings.map(({ role }) => role))
  return bindings
    .map((binding) => ({ ...binding, field: fieldOf(binding.role, roles) }))
    .toSorted((a, b) => ROLES.indexOf(a.role) - ROLES.indexOf(b.role))
}

const findAll = (graph: ApiGraph, reached: readonly string[], kind: 'video' | 'image') => {
  const { prompt, negative } = findPrompts(graph, reached)
  const { found, more } = findMedia(graph, reached)
  const numbers: Partial<Record<Role, Found[]>> = findNumbers(graph, reached, kind)
  const media = Object.entries(found).map(([role, place]) => [role, [place]] as const)
  const byRole: Partial<Record<Role, Found[]>> = {
    prompt,
    negative_prompt: negative,
    ...Object.fromEntries(media),
    ...numbers,
  }
  return { byRole, more }
}

/**
 * Understands a graph: which node gives the take, and which inputs are the prompt, the seed, the picture and so on, each
 * with why. `nodes` adds ranges and choices; without them values alone tell. `wanted` is the output node where a person
 * chose it. Throws INVALID_INPUT where links lead nowhere, it saves nothing, or it does not have that node.
 */
export const bindGraph = (graph: ApiGraph, nodes: NodeDefinitions | null, wanted?: string): Understood => {
  requireSound(graph)
  const outputs = outputsOf(graph)
  const output = wanted === undefined ? outputs[0] : outputs.find(({ node }) => node === wanted)
  if (!output)
    throw new RushesError('INVALID_INPUT', `Node ${(wanted ?? '').slice(0, 80)} saves nothing that could be a take.`, {
      fields: { output: 'is no node that saves pictures or clips' },
    })
  const reached = reachedFrom(graph, output.node)
  const { byRole, more } = findAll(graph, reached, output.kind)
  const bindings = withFields(
    ROLES.flatMap((role) => (byRole[role] ?? []).flatMap((place) => bindingAt(graph, nodes, role, place) ?? [])),
  )
  const notes = more.map(({ node: id, key }) => {
    const node = graph[id]
    return `Node ${node ? titleOf(id, node) : id} loads a file of its own: expose its input ${key} to choose another.`
  })
  return {
    output,
    outputs,
    kind: output.kind,
    task: taskOf(output.kind, new Set(bindings.map(({ role }) => role))),
    bindings,
    settable: exposable(graph, nodes, reached),
    notes,
  }
}
