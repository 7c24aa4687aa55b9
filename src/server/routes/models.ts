import { Hono } from 'hono'
import { RushesError } from '../../shared/errors.ts'
import {
  listedModels,
  modelListSchema,
  type Resolved,
  resolvedSchema,
  resolveRequestSchema,
} from '../../shared/models/listing.ts'
import type { Model } from '../../shared/models/index.ts'
import { promptReadingSchema, promptToReadSchema } from '../../shared/prompt-reading.ts'
import { type AppEnv, bodyOf } from '../http/context.ts'
import { readJson } from '../http/read-json.ts'
import { type Catalogue, listingFacts } from '../models/catalogue.ts'
import { describe, json } from '../openapi/describe.ts'
import type { Renderers } from '../renderers/set-up.ts'

const listed = describe({
  operationId: 'list_models',
  tag: 'models',
  summary: 'The models, with their inputs as JSON Schema',
  answers: { 200: { description: 'All models.', content: json(modelListSchema) } },
  failures: [],
})

const resolved = describe({
  operationId: 'resolve_models',
  tag: 'models',
  summary: 'What a name means today',
  description: 'An alias gives its model, a retired model the one that took its place.',
  body: { content: { 'application/json': resolveRequestSchema } },
  answers: { 200: { description: 'The ids.', content: json(resolvedSchema) } },
  failures: [404, 408, 413, 422],
})

const read = describe({
  operationId: 'read_prompt',
  tag: 'models',
  summary: 'What the local engine takes a prompt to say',
  description: 'Nothing is made. `known` are the words that make a difference, as places in the prompt.',
  body: { content: { 'application/json': promptToReadSchema } },
  answers: { 200: { description: 'The parts of the reading.', content: json(promptReadingSchema) } },
  failures: [404, 408, 413, 422],
})

export type ModelRouteDeps = {
  catalogue: Catalogue
  renderers: Pick<Renderers, 'list' | 'all'>
}

/** The models over the wire. */
export const modelRoutes = ({ catalogue, renderers }: ModelRouteDeps): Hono<AppEnv> => {
  const resolve = (name: string): string => {
    const id = catalogue.resolve(name)
    if (id === undefined) throw new RushesError('MODEL_NOT_FOUND', `No model is named ${name.slice(0, 80)}.`)
    return id
  }
  const app = new Hono<AppEnv>()
  app.get('/models', listed, (context) => {
    // How they stand is asked once for all models.
    const statuses = renderers.list()
    const renderersOf = ({ id }: Model): string[] => statuses.flatMap(({ name, models }) => (models[id] ? [name] : []))
    return context.json({ models: listedModels(catalogue.list(), listingFacts(catalogue, renderersOf)) })
  })
  app.post('/models/resolve', resolved, async (context) => {
    const body = resolveRequestSchema.safeParse(await readJson(bodyOf(context)))
    if (!body.success)
      throw new RushesError('INVALID_INPUT', 'Send {"model": "a name"} or {"models": ["a name", …]}.', {
        fields: { model: 'is required' },
      })
    const answer: Resolved =
      'model' in body.data
        ? { model_id: resolve(body.data.model), model_ids: null }
        : {
            model_id: null,
            model_ids: Object.fromEntries(body.data.models.map((name) => [name, resolve(name)])),
          }
    return context.json(answer)
  })
  app.post('/models/:model/reading', read, async (context) => {
    const name = context.req.param('model')
    const model = catalogue.find(name)
    if (!model) throw new RushesError('MODEL_NOT_FOUND', `No model is named ${name.slice(0, 80)}.`)
    const asked = promptToReadSchema.safeParse(await readJson(bodyOf(context)))
    if (!asked.success)
      throw new RushesError('INVALID_INPUT', 'Send {"prompt": "words"}, of a prompt that a model takes.', {
        fields: { prompt: 'is missing or too long' },
      })
    const { prompt, reference } = asked.data
    const reader = renderers.all.find(({ readPrompt }) => readPrompt !== undefined)
    return context.json((await reader?.readPrompt?.(model, prompt, reference)) ?? { reading: [], known: [] })
  })
  return app
}
