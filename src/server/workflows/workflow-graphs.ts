import { RushesError } from '../../shared/errors.ts'
import type { Offer } from '../../shared/renderers.ts'
import type {
  ApiGraph,
  BuiltGraph,
  GraphRequest,
  GraphSource,
  ServerPieces,
} from '../renderers/comfyui/graph-source.ts'
import { definitionOf } from './bind/controls.ts'
import { partFor, reachedFrom, withValues } from './graph.ts'
import { asOffered, baseName, chosenIn, type Lacking, lackingFor, missingEntries, reasonFor } from './lacking.ts'
import { lengthOf } from './workflow-model.ts'
import { modelIdOf, slugOfModel, type StoredWorkflow } from './workflow-file.ts'
import type { WorkflowStore } from './workflow-store.ts'

/** What loaders call the file of the model that makes the pixels. */
const ENGINE_KEYS = ['unet_name', 'ckpt_name', 'gguf_name', 'model', 'model_name', 'diffusion_model']
const ENGINE_LOADER = /(unet|checkpoint|diffusion|model).*load|load.*(unet|checkpoint|diffusion|model)/i
const NO_ENGINE = /lora|upscale|clip|vae|control|style|patch|audio|vision|sam|detector|interpolation/i

/** The model that runs, by the names of the files that the graph loads; the workflow's own name where it loads none. */
const engineName = ({ graph, output, name }: Pick<StoredWorkflow, 'graph' | 'output' | 'name'>): string => {
  const files = reachedFrom(graph, output).flatMap((id) => {
    const { class_type: classType, inputs } = graph[id] ?? { class_type: '', inputs: {} }
    if (!ENGINE_LOADER.test(classType) || NO_ENGINE.test(classType)) return []
    const file = ENGINE_KEYS.map((key) => inputs[key]).find((value) => typeof value === 'string' && value !== '')
    return typeof file === 'string' ? [baseName(file).replace(/\.\w+$/, '')] : []
  })
  const names = [...new Set(files)].slice(0, 2)
  return names.length > 0 ? names.join(' + ') : name
}

/** Files that come with every job. */
const isGivenBy = ({ bindings, exposed }: StoredWorkflow) => {
  const given = new Set(
    [...bindings, ...exposed]
      .filter(({ control }) => control.type === 'image' || control.type === 'video')
      .map(({ node, key }) => JSON.stringify([node, key])),
  )
  return (node: string, key: string): boolean => given.has(JSON.stringify([node, key]))
}

const lackingOf = (workflow: StoredWorkflow, pieces: ServerPieces): Lacking =>
  lackingFor(partFor(workflow.graph, workflow.output), pieces, workflow.downloads, isGivenBy(workflow))

const offerOf = (workflow: StoredWorkflow, pieces: ServerPieces): Offer => {
  const lacking = lackingOf(workflow, pieces)
  const reason = reasonFor(lacking)
  return {
    ready: reason === null,
    engine: { name: engineName(workflow), licence: null },
    reason,
    missing: missingEntries(lacking),
    resolutions: [],
    ...lengthOf(workflow),
    free: true,
    price: null,
    limits: [],
  }
}

const requireAll = (lacking: Lacking): void => {
  const reason = reasonFor(lacking)
  if (reason === null) return
  const code = lacking.nodes.length > 0 ? 'NODE_MISSING' : lacking.files.length > 0 ? 'MODEL_MISSING' : 'INVALID_INPUT'
  throw new RushesError(code, `${reason} Nothing was ordered.`)
}

type Put = { node: string; key: string; value: unknown }

/** Seeds are put into every place that draws noise. A node that takes fewer of them gets what is left by its size. */
const seedAt = (seed: number, max: number | undefined): number =>
  max !== undefined && max >= 0 && seed > max ? seed % (max + 1) : seed

const putsOf = (
  workflow: StoredWorkflow,
  request: GraphRequest,
  pieces: ServerPieces,
): { puts: Put[]; warnings: string[] } => {
  const warnings: string[] = []
  const puts = [...workflow.bindings, ...workflow.exposed].flatMap((place): Put[] => {
    const { node, key, field, control } = place
    if ('role' in place && place.role === 'seed') {
      const known = definitionOf(pieces.nodes, workflow.graph[node]?.class_type ?? '', key)
      const value = seedAt(request.seed, known?.max)
      if (value !== request.seed) warnings.push(`Node ${place.title} takes no seed as large: it was given ${value}.`)
      return [{ node, key, value }]
    }
    const isFile = control.type === 'image' || control.type === 'video'
    const value = isFile ? request.files[field]?.name : request.inputs[field]
    return value === undefined ? [] : [{ node, key, value }]
  })
  return { puts, warnings }
}

type IsSent = (node: string, key: string) => boolean

/** Files as the server calls them, where it has them in another folder than the graph says. */
const offeredNames = (graph: ApiGraph, { nodes }: ServerPieces, isSent: IsSent) =>
  Object.entries(graph).flatMap(([id, node]) =>
    chosenIn(node, nodes.get(node.class_type)).flatMap(({ key, value, choices }) => {
      const offered = isSent(id, key) ? value : asOffered(value, choices)
      return offered === null || offered === value ? [] : [{ node: id, key, value: offered }]
    }),
  )

const prefixOf = ({ graph, output }: StoredWorkflow, prefix: string, pieces: ServerPieces) => {
  const node = graph[output]
  const has =
    node && ('filename_prefix' in node.inputs || definitionOf(pieces.nodes, node.class_type, 'filename_prefix'))
  return has ? [{ node: output, key: 'filename_prefix', value: prefix }] : []
}

const build = (workflow: StoredWorkflow, request: GraphRequest, pieces: ServerPieces): BuiltGraph => {
  const { puts, warnings } = putsOf(workflow, request, pieces)
  const filled = withValues(partFor(workflow.graph, workflow.output), puts)
  // Also before its files are sent: what cannot be made is said first. Choices of the form may be those of another server.
  const isSent = isGivenBy(workflow)
  requireAll(lackingFor(filled, pieces, workflow.downloads, isSent))
  return {
    graph: withValues(filled, [...offeredNames(filled, pieces, isSent), ...prefixOf(workflow, request.prefix, pieces)]),
    output: workflow.output,
    engine: { name: engineName({ ...workflow, graph: filled }) },
    kind: workflow.kind,
    warnings,
  }
}

/**
 * People's workflows as graphs: only the part that the take depends on is run, with the values of the form in the places
 * that are bound, and the job's seed in every place that draws noise.
 */
export const createWorkflowGraphs = (store: WorkflowStore): GraphSource => ({
  offers: (pieces) =>
    Object.fromEntries(store.list().map((workflow) => [modelIdOf(workflow.slug), offerOf(workflow, pieces)])),
  build: (request, pieces) => {
    const workflow = store.get(slugOfModel(request.model.id) ?? '')
    return workflow ? build(workflow, request, pieces) : null
  },
})
