import { z } from 'zod'
import { isModelName } from '../../../shared/models/custom.ts'

/** A field of a model as a cloud's own document describes it. */
export const servedFieldSchema = z.object({
  name: z.string(),
  title: z.string(),
  description: z.string(),
  required: z.boolean(),
  /** `other` is what no form has a control for: lists and objects. */
  type: z.enum(['file', 'text', 'integer', 'number', 'boolean', 'choice', 'other']),
  choices: z.array(z.string()),
  /** What counts where nothing is said; null where the document names nothing. */
  assumed: z.union([z.string(), z.number(), z.boolean()]).nullable(),
  min: z.number().nullable(),
  max: z.number().nullable(),
})
export type ServedField = z.infer<typeof servedFieldSchema>

/** A model that a cloud serves, under one of its names. */
export const servedModelSchema = z.object({
  name: z.string().refine(isModelName),
  title: z.string(),
  description: z.string(),
  kind: z.enum(['video', 'image']),
  /** Empty where the document does not describe them. */
  fields: z.array(servedFieldSchema),
})
export type ServedModel = z.infer<typeof servedModelSchema>

const contentSchema = z.record(z.string(), z.looseObject({ schema: z.unknown().optional() }))
const postSchema = z.looseObject({
  summary: z.string().optional(),
  description: z.string().optional(),
  requestBody: z.looseObject({ content: contentSchema }),
  responses: z.record(z.string(), z.looseObject({ content: contentSchema.optional() })).default({}),
})
const documentSchema = z.looseObject({
  openapi: z.string(),
  paths: z.record(z.string(), z.unknown()),
  components: z.looseObject({ schemas: z.record(z.string(), z.unknown()).default({}) }).optional(),
})

const schemaSchema = z.looseObject({
  $ref: z.string().optional(),
  allOf: z.array(z.unknown()).optional(),
  anyOf: z.array(z.unknown()).optional(),
  type: z.string().optional().catch(undefined),
  format: z.string().optional(),
  contentMediaType: z.string().optional(),
  enum: z.array(z.unknown()).optional(),
  const: z.unknown().optional(),
  default: z.unknown().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  title: z.string().optional(),
  description: z.string().optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  required: z.array(z.string()).optional(),
})
type Schema = z.infer<typeof schemaSchema>

/** The most fields that are looked at, and how deep references lead. */
const MAX_FIELDS = 64
const MAX_DEPTH = 4

const isFile = ({ type, format, contentMediaType }: Schema): boolean =>
  type === 'string' && (format === 'binary' || contentMediaType === 'application/octet-stream')

/** Follows references and takes what may be null or one thing for the thing. Undefined where that cannot be made out. */
const plainSchema = (given: unknown, schemas: Readonly<Record<string, unknown>>, depth = 0): Schema | undefined => {
  const parsed = schemaSchema.safeParse(given)
  if (!parsed.success || depth > MAX_DEPTH) return undefined
  const { $ref, allOf, anyOf, ...own } = parsed.data
  const within = (inner: unknown): Schema | undefined => {
    const plain = plainSchema(inner, schemas, depth + 1)
    return plain && { ...plain, ...own }
  }
  if ($ref !== undefined) {
    const name = /^#\/components\/schemas\/([\w.-]+)$/.exec($ref)?.[1]
    return name !== undefined && Object.hasOwn(schemas, name) ? within(schemas[name]) : undefined
  }
  if (allOf?.length === 1) return within(allOf[0])
  if (!anyOf) return own
  const real = anyOf
    .map((option) => plainSchema(option, schemas, depth + 1))
    .filter((option): option is Schema => option !== undefined && option.type !== 'null')
  const chosen = real.find(isFile) ?? (real.length === 1 ? real[0] : undefined)
  return chosen && { ...chosen, ...own }
}

const typeOf = (schema: Schema, choices: readonly string[]): ServedField['type'] => {
  if (isFile(schema)) return 'file'
  if (choices.length > 0) return 'choice'
  switch (schema.type) {
    case 'string':
      return 'text'
    case 'integer':
    case 'number':
    case 'boolean':
      return schema.type
    default:
      return 'other'
  }
}

const titleOf = (name: string): string => name.replaceAll('_', ' ').replace(/^./, (letter) => letter.toUpperCase())

const assumedSchema = servedFieldSchema.shape.assumed.catch(null)

const fieldOf = (
  name: string,
  given: unknown,
  required: boolean,
  schemas: Readonly<Record<string, unknown>>,
): ServedField => {
  const schema = plainSchema(given, schemas) ?? {}
  const listed = schema.enum ?? (schema.const === undefined ? [] : [schema.const])
  const choices = listed.filter((each): each is string => typeof each === 'string')
  return {
    name,
    title: schema.title ?? titleOf(name),
    description: schema.description ?? '',
    required,
    type: typeOf(schema, choices),
    choices,
    assumed: assumedSchema.parse(schema.default ?? null),
    min: schema.minimum ?? null,
    max: schema.maximum ?? null,
  }
}

const fieldsOfBody = (
  content: z.infer<typeof contentSchema>,
  schemas: Readonly<Record<string, unknown>>,
): ServedField[] => {
  const body = plainSchema(content['multipart/form-data']?.schema, schemas)
  return Object.entries(body?.properties ?? {})
    .slice(0, MAX_FIELDS)
    .map(([name, schema]) => fieldOf(name, schema, body?.required?.includes(name) ?? false, schemas))
}

/** What comes out, where the answer says so; else images are what `generate` makes. */
const kindOf = (types: readonly string[], route: string): ServedModel['kind'] => {
  if (types.some((type) => type.startsWith('video/'))) return 'video'
  return types.some((type) => type.startsWith('image/')) || route === 'generate' ? 'image' : 'video'
}

const ROUTE = /^\/v1\/(jobs|generate)\/([^/]+)$/

/**
 * The models that an OpenAPI document says are served: one for each name under `/v1/jobs` and `/v1/generate` that takes a
 * form. Undefined where it is no such document, or names none.
 */
export const readDocument = (text: string): ServedModel[] | undefined => {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return undefined
  }
  const document = documentSchema.safeParse(json)
  if (!document.success) return undefined
  const schemas = document.data.components?.schemas ?? {}
  const models = new Map<string, ServedModel>()
  for (const [path, methods] of Object.entries(document.data.paths)) {
    const [, route = '', name = ''] = ROUTE.exec(path) ?? []
    const post = z.looseObject({ post: postSchema }).safeParse(methods).data?.post
    if (!isModelName(name) || !post || !('multipart/form-data' in post.requestBody.content)) continue
    // What `generate` answers says what comes out; a job's answer does not.
    const known = models.get(name)
    if (known && route === 'jobs') continue
    models.set(name, {
      name,
      title: post.summary ?? name,
      description: post.description ?? '',
      kind: kindOf(Object.keys(post.responses['200']?.content ?? {}), route),
      fields: fieldsOfBody(post.requestBody.content, schemas),
    })
  }
  return models.size > 0 ? [...models.values()] : undefined
}
