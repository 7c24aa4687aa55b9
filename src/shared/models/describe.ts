import { z } from 'zod'
import type { Model } from './define.ts'
import type { FieldMeta } from './fields.ts'
import { TRAJECTORY_JSON_SCHEMA } from './trajectory.ts'

/** One field of a model, read off its schema. */
export type Field = { name: string; required: boolean; meta: FieldMeta; schema: z.ZodType }

/** Steps inside `.optional()` and `.default()`, which wrap a schema. */
const unwrap = (schema: z.core.$ZodType): z.core.$ZodType =>
  schema instanceof z.ZodOptional || schema instanceof z.ZodDefault ? unwrap(schema.unwrap()) : schema

const isFieldMeta = (meta: object | undefined): meta is FieldMeta =>
  meta !== undefined && 'control' in meta && 'title' in meta

/** The flat list of a model's fields, in the order of its schema. Forms, OpenAPI and the server's reading come from it. */
export const fieldsOf = (model: Pick<Model, 'id' | 'input'>): Field[] =>
  Object.entries(model.input.shape).map(([name, schema]) => {
    if (!(schema instanceof z.ZodType)) throw new TypeError(`${model.id}.${name} is not a schema`)
    const meta = schema.meta()
    if (!isFieldMeta(meta)) throw new TypeError(`${model.id}.${name} has no form metadata`)
    return { name, required: !schema.safeParse(undefined).success, meta, schema }
  })

/** The names of the fields that take a file, and which kind each wants. */
export const mediaFieldsOf = (model: Pick<Model, 'id' | 'input'>): Map<string, 'image' | 'video'> =>
  new Map(
    fieldsOf(model).flatMap(({ name, meta }) => (meta.control === 'media' ? [[name, meta.accepts] as const] : [])),
  )

/** The choices of a field made by `z.enum`, or none. */
export const choicesOf = (field: Field): readonly string[] => {
  const inner = unwrap(field.schema)
  return inner instanceof z.ZodEnum ? inner.options.map(String) : []
}

/** What a field comes to where nothing is said of it; undefined where that is nothing, or drawn. */
export const assumedOf = ({ meta }: Pick<Field, 'meta'>): string | number | boolean | undefined =>
  'assumed' in meta ? meta.assumed : undefined

/** Field metadata that JSON Schema has words for; the rest is the studio's, and goes under `x-form`. */
const STANDARD = new Set(['title', 'description', 'assumed'])

const BYTES = {
  title: 'Bytes',
  type: 'string',
  format: 'binary',
  contentMediaType: 'application/octet-stream',
} as const
const ADDRESS = { title: 'Address', type: 'string', format: 'uri', pattern: '^https?://' } as const
const FILE_ID = { title: 'Id of an upload, or of a job for its take', type: 'string', pattern: '^(file|job)_' } as const

/**
 * A model's inputs as JSON Schema (draft 2020-12), with what is assumed as `default`. A file is its bytes, an address or
 * an id. What the studio's forms need besides stands under `x-form`, as OpenAPI wants it of extensions.
 */
export const inputJsonSchema = (model: Pick<Model, 'input'>): z.core.JSONSchema.BaseSchema => {
  const { $schema: _, ...schema } = z.toJSONSchema(model.input, {
    io: 'input',
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      // Fields that a model does not have are left out on the wire, and not refused.
      delete jsonSchema.additionalProperties
      const meta = z.globalRegistry.get(zodSchema)
      if (!isFieldMeta(meta)) return
      const form = Object.entries(meta).filter(([key]) => !STANDARD.has(key))
      for (const [key] of form) delete jsonSchema[key]
      if (meta.control === 'media') Object.assign(jsonSchema, { anyOf: [BYTES, ADDRESS, FILE_ID] })
      if (meta.control === 'path') Object.assign(jsonSchema, TRAJECTORY_JSON_SCHEMA)
      const assumed = assumedOf({ meta })
      if (assumed !== undefined) Object.assign(jsonSchema, { default: assumed })
      delete jsonSchema['assumed']
      Object.assign(jsonSchema, { 'x-form': Object.fromEntries(form) })
    },
  })
  return schema
}
