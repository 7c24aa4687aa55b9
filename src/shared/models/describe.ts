import { z } from 'zod'
import type { Model } from './define.ts'
import type { FieldMeta } from './fields.ts'

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

/** A model's inputs as JSON Schema (draft 2020-12). File fields are binary strings. */
export const inputJsonSchema = (model: Pick<Model, 'input'>): z.core.JSONSchema.BaseSchema => {
  const { $schema: _, ...schema } = z.toJSONSchema(model.input, {
    io: 'input',
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      const meta = z.globalRegistry.get(zodSchema)
      if (meta?.['control'] === 'media') Object.assign(jsonSchema, { type: 'string', format: 'binary' })
    },
  })
  return schema
}
