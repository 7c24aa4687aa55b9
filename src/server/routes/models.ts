import { Hono } from 'hono'
import { z } from 'zod'
import { RushesError } from '../../shared/errors.ts'
import { inputJsonSchema } from '../../shared/models/describe.ts'
import { registry, resolveModelId } from '../../shared/models/index.ts'
import { type AppEnv, bodyOf } from '../http/context.ts'
import { readJson } from '../http/read-json.ts'

const resolveSchema = z.union([
  z.object({ model: z.string() }),
  z.object({ models: z.array(z.string()).min(1).max(100) }),
])

const resolve = (name: string): string => {
  const id = resolveModelId(name)
  if (id === undefined) throw new RushesError('MODEL_NOT_FOUND', `No model is named ${name.slice(0, 80)}.`)
  return id
}

/** The registry over the wire. */
export const modelRoutes = (): Hono<AppEnv> => {
  const list = registry.map((model) => ({
    id: model.id,
    title: model.title,
    description: model.description,
    kind: model.kind,
    task: model.task,
    fps: model.fps,
    width: model.width,
    height: model.height,
    renderers: model.cloud ? ['local', 'decart'] : ['local'],
    aliases: model.aliases ?? [],
    replaced_by: model.replacedBy ?? null,
    price: model.price ?? null,
    input_schema: inputJsonSchema(model),
  }))

  const app = new Hono<AppEnv>()
  app.get('/models', (context) => context.json({ models: list }))
  app.post('/models/resolve', async (context) => {
    const body = resolveSchema.safeParse(await readJson(bodyOf(context)))
    if (!body.success)
      throw new RushesError('INVALID_INPUT', 'Send {"model": "a name"} or {"models": ["a name", …]}.', {
        fields: { model: 'is required' },
      })
    if ('model' in body.data) return context.json({ model_id: resolve(body.data.model), model_ids: null })
    const ids = Object.fromEntries(body.data.models.map((name) => [name, resolve(name)]))
    return context.json({ model_id: null, model_ids: ids })
  })
  return app
}
