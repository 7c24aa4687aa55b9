import type { Download, OutputNode, Settable, WorkflowChoices } from '../../shared/workflows.ts'
import type { ApiGraph } from '../renderers/comfyui/graph-source.ts'
import { bindGraph, type Understood } from './bind/bind-graph.ts'
import { taskOf } from './bind/fields.ts'
import { chosenBindings, chosenExposed } from './choices.ts'
import { downloadsIn } from './convert/editor-graph.ts'
import { type NodeDefinitions, toApi } from './convert/to-api.ts'
import type { FoundGraph } from './read/graph-forms.ts'
import { withoutSecrets } from './secrets.ts'
import type { WorkflowFile } from './workflow-file.ts'

/** A workflow with what a person can still choose of it. */
export type MadeWorkflow = { workflow: WorkflowFile; settable: Settable[]; outputs: OutputNode[] }

/** What an earlier look at a graph told of it, which the graph itself does not have. */
export type ToldBefore = { notes?: string[] | undefined; downloads?: Download[] | undefined }

/** A graph that a workflow is made of. */
export type GraphToMake = {
  found: FoundGraph
  /** What the workflow is called where nothing was chosen. */
  name: string
  told?: ToldBefore | undefined
}

/** The graph that runs, without secrets. */
const runnable = (
  found: FoundGraph,
  nodes: NodeDefinitions | null,
): { graph: ApiGraph; downloads: Download[]; notes: string[] } => {
  const { graph, notes } = found.form === 'api' ? { graph: found.graph, notes: [] } : toApi(found.editor, nodes)
  const clean = withoutSecrets(graph)
  return { graph: clean.graph, downloads: downloadsIn(found.editor), notes: [...clean.leftOut, ...notes] }
}

const MAX_NAME_CHARS = 80

const make = (
  before: Pick<WorkflowFile, 'name' | 'created_at' | 'downloads' | 'notes' | 'graph' | 'exposed'>,
  understood: Understood,
  base: readonly WorkflowFile['bindings'][number][],
  choices: WorkflowChoices,
  now: Date,
): MadeWorkflow => {
  const { settable, output, outputs, kind } = understood
  const bindings = choices.bindings
    ? chosenBindings(choices.bindings, settable, [...base, ...understood.bindings])
    : [...base]
  // What is bound now is exposed no more, and what has no part in the result any more cannot be.
  const stays = before.exposed.filter(
    (place) =>
      settable.some(({ node, key }) => node === place.node && key === place.key) &&
      !bindings.some(({ node, key }) => node === place.node && key === place.key),
  )
  const exposed = chosenExposed(choices.exposed ?? stays, settable, bindings, before.exposed)
  const { name, created_at, downloads, notes, graph } = before
  return {
    workflow: {
      format: 1,
      name: choices.name ?? name,
      kind,
      task: taskOf(kind, new Set(bindings.map(({ role }) => role))),
      output: output.node,
      bindings,
      exposed,
      notes,
      downloads,
      created_at,
      updated_at: now.toISOString(),
      graph,
    },
    settable,
    outputs,
  }
}

/**
 * Makes a workflow of a graph: converted where it is the editor's, cleaned of secrets, understood, and with what the
 * person chose. `nodes` are the definitions of the connected ComfyUI, or null. Throws a RushesError where it cannot run
 * or what was chosen is not there.
 */
export const makeWorkflow = (
  { found, name, told = {} }: GraphToMake,
  nodes: NodeDefinitions | null,
  choices: WorkflowChoices,
  now: Date,
): MadeWorkflow => {
  const { graph, downloads, notes } = runnable(found, nodes)
  const understood = bindGraph(graph, nodes, choices.output)
  const named = name.trim().slice(0, MAX_NAME_CHARS) || 'Workflow'
  const before = {
    name: named,
    created_at: now.toISOString(),
    downloads: downloads.length > 0 ? downloads : (told.downloads ?? []),
    notes: [...new Set([...(told.notes ?? []), ...notes, ...understood.notes])],
    graph,
    exposed: [],
  }
  return make(before, understood, understood.bindings, choices, now)
}

/** A kept workflow as it is, with what can be chosen of it. Ranges and choices are those of `nodes` where that is there. */
export const lookAtWorkflow = (workflow: WorkflowFile, nodes: NodeDefinitions | null): MadeWorkflow => {
  const { settable, outputs } = bindGraph(workflow.graph, nodes, workflow.output)
  const known = [...workflow.bindings, ...workflow.exposed]
  return {
    workflow,
    outputs,
    settable: settable.map((one) => {
      // What was known of an input when it was chosen stays known while its server is off.
      const before = nodes ? undefined : known.find(({ node, key }) => node === one.node && key === one.key)
      return before ? { ...one, control: before.control } : one
    }),
  }
}

/** Changes a kept workflow. What is not chosen anew stays; with another output node the graph is understood anew. */
export const changeWorkflow = (
  workflow: WorkflowFile,
  nodes: NodeDefinitions | null,
  choices: WorkflowChoices,
  now: Date,
): MadeWorkflow => {
  const isSame = choices.output === undefined || choices.output === workflow.output
  const understood = bindGraph(workflow.graph, nodes, choices.output ?? workflow.output)
  const { settable } = isSame ? lookAtWorkflow(workflow, nodes) : understood
  return make(workflow, { ...understood, settable }, isSame ? workflow.bindings : understood.bindings, choices, now)
}
