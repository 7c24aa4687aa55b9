import { z } from 'zod'
import { rendererSchema } from '../job.ts'
import { type Model, TASKS } from './define.ts'
import { inputJsonSchema } from './describe.ts'
import { fieldsFromJsonSchema, modelFromData } from './from-fields.ts'
import { findModel } from './index.ts'
import { priceSchema } from './price.ts'

/** A model as GET /v1/models tells it. */
export const listedModelSchema = z.object({
  id: z.string(),
  title: z.string(),
  description: z.string(),
  kind: z.enum(['video', 'image']),
  task: z.enum(TASKS),
  /** Frames per second and pixels of what it makes by default. */
  fps: z.number(),
  width: z.number().int(),
  height: z.number().int(),
  /** Who can render it. */
  renderers: z.array(rendererSchema),
  /** Other names that mean it. */
  aliases: z.array(z.string()),
  replaced_by: z.string().nullable(),
  /** The day or month (`2026-10-31`, `2026-10`) in which Decart was first seen not to serve it any more; null otherwise. */
  gone: z.string().nullable().default(null),
  /** What Decart is likely to charge, in US dollars; null where no price is known or nothing is charged. */
  price: priceSchema.nullable(),
  /** Its inputs as JSON Schema (draft 2020-12); `x-form` says how the studio shows a field. */
  input_schema: z.record(z.string(), z.unknown()),
})
export type ListedModel = z.infer<typeof listedModelSchema>

export const modelListSchema = z.object({ models: z.array(listedModelSchema) })

/** What the server knows of a model beside the model itself. */
export type ListingFacts = {
  /** Names of the renderers that can make it. */
  renderersOf: (model: Model) => readonly string[]
  aliasesOf: (model: Model) => readonly string[]
  goneSince: (model: Model) => string | null
}

/** Models for the wire. */
export const listedModels = (models: readonly Model[], facts: ListingFacts): ListedModel[] =>
  models.map((model) => ({
    id: model.id,
    title: model.title,
    description: model.description,
    kind: model.kind,
    task: model.task,
    fps: model.fps,
    width: model.width,
    height: model.height,
    renderers: [...facts.renderersOf(model)],
    aliases: [...facts.aliasesOf(model)],
    replaced_by: model.replacedBy ?? null,
    gone: facts.goneSince(model),
    price: model.price ?? null,
    input_schema: { ...inputJsonSchema(model) },
  }))

/**
 * The model of a listing, so that a page can make its form: the registry's own where it has one, else one made from the
 * listing. Undefined where the form asks for what this page does not know.
 */
export const modelFromListed = (listed: ListedModel): Model | undefined => {
  const known: Model | undefined = findModel(listed.id)
  if (known?.id === listed.id) return known
  const fields = fieldsFromJsonSchema(listed.input_schema)
  if (!fields) return undefined
  const { id, title, description, kind, task, fps, width, height, aliases, price, replaced_by } = listed
  return {
    ...modelFromData({ id, title, description, kind, task, fps, width, height, fields }),
    aliases,
    ...(price ? { price } : {}),
    ...(replaced_by === null ? {} : { replacedBy: replaced_by }),
  }
}

/** What POST /v1/models/resolve takes: one name or several. */
export const resolveRequestSchema = z.union([
  z.object({ model: z.string() }),
  z.object({ models: z.array(z.string()).min(1).max(100) }),
])

/** What it answers: the id that the one name means, or those of the several by name. The other is null. */
export const resolvedSchema = z.object({
  model_id: z.string().nullable(),
  model_ids: z.record(z.string(), z.string()).nullable(),
})
export type Resolved = z.infer<typeof resolvedSchema>
