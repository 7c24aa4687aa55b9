import { z } from 'zod'
import { inputs, type Model, TASKS } from './define.ts'
import { inputJsonSchema } from './describe.ts'
import { type FieldMeta, numberIn, PROMPT_MAX, SEED_MAX } from './fields.ts'
import { fileInput } from './file-input.ts'
import { trajectoryInput } from './trajectory.ts'

/** No name that JavaScript has a meaning of its own for, and none that a form's part could not have. */
const FIELD_NAME = /^(?!(?:__proto__|constructor|prototype)$)[A-Za-z_][\w.-]{0,79}$/

const about = {
  name: z.string().regex(FIELD_NAME),
  title: z.string().min(1).max(500),
  description: z.string().max(10_000).default(''),
  required: z.boolean(),
  advanced: z.boolean().default(false),
}

const step = z.number().positive()

/** One field of a form as plain data: what {@link modelFromData} makes a schema of. */
export const fieldDataSchema = z.discriminatedUnion('control', [
  /** `assumed`, which is `''`, says that it may be empty. */
  z.object({
    ...about,
    control: z.literal('prompt'),
    placeholder: z.string().max(2000).default(''),
    assumed: z.literal('').optional(),
  }),
  z.object({ ...about, control: z.literal('media'), accepts: z.enum(['image', 'video']) }),
  z.object({ ...about, control: z.literal('seed') }),
  z
    .object({
      ...about,
      control: z.literal('choice'),
      /** What a person reads, by what is sent. */
      labels: z.record(z.string(), z.string()).refine((labels) => Object.keys(labels).length > 0, 'has no choices'),
      assumed: z.string(),
    })
    .refine(({ labels, assumed }) => Object.hasOwn(labels, assumed), 'assumes what is no choice'),
  z.object({ ...about, control: z.literal('switch'), assumed: z.boolean() }),
  z
    .object({
      ...about,
      control: z.literal('number'),
      min: z.number(),
      max: z.number(),
      step,
      assumed: z.number().optional(),
    })
    .refine(({ min, max }) => min <= max, 'has an empty range'),
  z.object({
    ...about,
    control: z.literal('text'),
    max: z.number().int().positive().max(100_000),
    assumed: z.string().optional(),
  }),
  z.object({
    ...about,
    control: z.literal('path'),
    over: z.string(),
    frames: z.number().positive(),
    fps: z.number().positive(),
  }),
])
export type FieldData = z.infer<typeof fieldDataSchema>

const NO_TWICE = (fields: readonly { name: string }[]): boolean =>
  new Set(fields.map(({ name }) => name)).size === fields.length

/** A model as plain data, as a file or an answer holds it. */
export const modelDataSchema = z.object({
  id: z.string().regex(/^[A-Za-z0-9][\w.-]{0,99}$/),
  title: z.string().min(1).max(200),
  description: z.string().max(4000),
  kind: z.enum(['video', 'image']),
  task: z.enum(TASKS),
  /** Frames per second and pixels of what it makes by default. */
  fps: z.number().positive(),
  width: z.number().int().positive(),
  height: z.number().int().positive(),
  fields: z.array(fieldDataSchema).max(200).refine(NO_TWICE, 'names a field twice'),
})
export type ModelData = z.infer<typeof modelDataSchema>

/** What the values of a field must be, where there are any. */
const valueOf = (field: FieldData): z.ZodType => {
  switch (field.control) {
    case 'prompt': {
      const text = z.string().trim().max(PROMPT_MAX)
      return field.assumed === undefined ? text.min(1) : text
    }
    case 'media':
      return fileInput(field.accepts)
    case 'seed':
      return z.number().min(0).max(SEED_MAX).int()
    case 'choice':
      return z.enum(Object.keys(field.labels))
    case 'switch':
      return z.boolean()
    case 'number':
      return numberIn(field)
    case 'text':
      return z.string().max(field.max)
    case 'path':
      return trajectoryInput()
  }
}

/** The schema of a field with its form metadata, as fields.ts makes those of the registry. */
const schemaOf = (field: FieldData): z.ZodType => {
  const { name: _, required, ...rest } = field
  const value = valueOf(field)
  // An empty prompt is one: it is sent as such.
  if (field.control === 'prompt' && field.assumed !== undefined) {
    const { assumed: __, ...meta } = rest as Extract<typeof rest, { control: 'prompt' }>
    return (required ? value : value.default('')).meta(meta satisfies FieldMeta)
  }
  return (required ? value : value.optional()).meta(rest satisfies FieldMeta)
}

/** Makes a model of plain data: its schema checks inputs and carries the form like that of a registry's model. */
export const modelFromData = ({ fields, ...model }: ModelData): Model => ({
  ...model,
  input: inputs(Object.fromEntries(fields.map((field) => [field.name, schemaOf(field)]))),
})

const propertySchema = z.looseObject({
  title: z.string().optional(),
  description: z.string().optional(),
  default: z.unknown().optional(),
  'x-form': z.looseObject({ control: z.string() }),
})
const inputSchemaSchema = z.looseObject({
  properties: z.record(z.string(), propertySchema).default({}),
  required: z.array(z.string()).default([]),
})

/**
 * Reads the fields out of what `inputJsonSchema` wrote. Undefined where it is none of that: a newer server may have
 * controls that this page does not know.
 */
export const fieldsFromJsonSchema = (schema: unknown): FieldData[] | undefined => {
  const read = inputSchemaSchema.safeParse(schema)
  if (!read.success) return undefined
  const { properties, required } = read.data
  const fields = Object.entries(properties).map(([name, { title, description, default: assumed, 'x-form': form }]) => ({
    ...form,
    name,
    title: title || name,
    description,
    required: required.includes(name),
    ...(assumed === undefined ? {} : { assumed }),
  }))
  return z.array(fieldDataSchema).safeParse(fields).data
}

/**
 * The fields of a model as data. Rules between fields, such as one or the other of two, are not in it. Throws a TypeError
 * where a field is of no kind that data has words for.
 */
export const fieldDataOf = (model: Pick<Model, 'id' | 'input'>): FieldData[] => {
  const fields = fieldsFromJsonSchema(inputJsonSchema(model))
  if (!fields) throw new TypeError(`${model.id} has fields that cannot be written as data`)
  return fields
}
