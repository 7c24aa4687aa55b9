import { RushesError } from '../../../../shared/errors.ts'
import { type Model, registry } from '../../../../shared/models/index.ts'
import type { BuiltGraph, GraphRequest, GraphSource, ServerPieces } from '../graph-source.ts'
import { type Choice, chooseEngine, lackOf } from './choose.ts'
import type { Engine } from './engine.ts'
import { enginesOf } from './engines.ts'
import { nameOn } from './model-file.ts'
import { createNodeGraph } from './node-graph.ts'
import { offerOf, resolutionWords } from './offers.ts'
import { askedResolution, madeResolution } from './sizes.ts'
import { reasonOf } from './words.ts'

const MODELS: readonly Model[] = registry

const choiceOf = (engine: Engine, pieces: ServerPieces): Choice => {
  const lack = lackOf(engine, pieces)
  return { engine, lack, ready: reasonOf(engine.name, lack, pieces) === null }
}

/** The engine of that name where one was announced, else the best that the server has. */
const chosen = (engines: readonly Engine[], request: GraphRequest, pieces: ServerPieces): Choice | undefined => {
  if (request.engine === null) return chooseEngine(engines, pieces)
  const engine = engines.find(({ name }) => name === request.engine)
  if (!engine) {
    const message = `${request.engine} is none of the engines that run ${request.model.id} on ComfyUI. Nothing was sent.`
    throw new RushesError('MODEL_MISSING', message)
  }
  return choiceOf(engine, pieces)
}

const build = (request: GraphRequest, { engine, lack }: Choice, pieces: ServerPieces): BuiltGraph => {
  const reason = reasonOf(engine.name, lack, pieces)
  if (reason !== null) {
    const code = lack.nodes.length > 0 || lack.version !== null ? 'NODE_MISSING' : 'MODEL_MISSING'
    throw new RushesError(code, `${reason}. Nothing was sent.`)
  }
  const asked = askedResolution(request.inputs)
  const resolution = madeResolution(asked, engine.resolutions)
  const graph = createNodeGraph(pieces.nodes)
  const { output, warnings } = engine.build({
    graph,
    request,
    pieces,
    resolution,
    name: (file) => {
      const name = nameOn(pieces, file)
      if (name !== undefined) return name
      throw new RushesError('MODEL_MISSING', `${engine.name} is missing ${file.file}. Nothing was sent.`)
    },
  })
  const smaller = asked === resolution ? [] : [resolutionWords(engine, asked, resolution)]
  return {
    graph: graph.toApi(),
    output,
    engine: { name: engine.name },
    kind: request.model.kind,
    warnings: [...smaller, ...warnings],
  }
}

/**
 * Rushes' own graphs, for the models of the registry. A model that no engine makes has no offer, and no graph. Building
 * throws MODEL_MISSING or NODE_MISSING with all that there is to do, and INVALID_INPUT.
 */
export const createOwnGraphs = (): GraphSource => ({
  offers: (pieces) =>
    Object.fromEntries(
      MODELS.flatMap((model) => {
        const engines = enginesOf(model)
        const choice = chooseEngine(engines, pieces)
        if (!choice) return []
        const others = engines
          .filter((engine) => engine !== choice.engine)
          .map((engine) => choiceOf(engine, pieces))
          .filter(({ ready }) => ready)
          .map((other) => offerOf(model, other, pieces))
        return [[model.id, { ...offerOf(model, choice, pieces), others }] as const]
      }),
    ),
  build: (request, pieces) => {
    const model = MODELS.find(({ id }) => id === request.model.id)
    const engines = model ? enginesOf(model) : []
    const choice = engines.length > 0 ? chosen(engines, request, pieces) : undefined
    return choice ? build(request, choice, pieces) : null
  },
})
