import type { OpenAPIV3, OpenAPIV3_1 } from 'openapi-types'
import { z } from 'zod'
import { clientTokenSchema, realtimeQuotaSchema } from '../../shared/client-setup.ts'
import { jobPageSchema, jobSchema } from '../../shared/job.ts'
import { changedSchema, removedEventSchema, shelvesSchema } from '../../shared/library.ts'
import { fileResourceSchema } from '../../shared/media.ts'
import { listedModelSchema, modelListSchema, resolvedSchema } from '../../shared/models/listing.ts'
import {
  errorBodySchema,
  healthSchema,
  noticeEventSchema,
  queueEventSchema,
  submittedSchema,
} from '../../shared/routes.ts'
import { workflowDetailSchema, workflowListSchema, workflowSchema } from '../../shared/workflows.ts'

/** JSON Schema, as both of that package's types want it: the one of 3.1 leans on that of 3.0 in places. */
export type Schema = OpenAPIV3_1.SchemaObject & OpenAPIV3.SchemaObject
export type Ref = { $ref: string }

/** What the wire carries, by the names under which the document has it. Each refers to the others by these. */
const NAMED = {
  Job: jobSchema,
  JobPage: jobPageSchema,
  Submitted: submittedSchema,
  QueueTotals: queueEventSchema,
  Notices: noticeEventSchema,
  Removed: removedEventSchema,
  Changed: changedSchema,
  Shelves: shelvesSchema,
  File: fileResourceSchema,
  Health: healthSchema,
  ListedModel: listedModelSchema,
  ModelList: modelListSchema,
  ResolvedModels: resolvedSchema,
  ClientToken: clientTokenSchema,
  RealtimeQuota: realtimeQuotaSchema,
  Workflow: workflowSchema,
  WorkflowDetail: workflowDetailSchema,
  WorkflowList: workflowListSchema,
  Error: errorBodySchema,
} as const

export const refTo = (name: string): Ref => ({ $ref: `#/components/schemas/${name}` })

const registry = z.registry<{ id: string }>()
const names = new Map<z.core.$ZodType, string>()
for (const [id, schema] of Object.entries(NAMED)) {
  registry.add(schema, { id })
  names.set(schema, id)
}

/** zod writes JSON Schema of the draft that OpenAPI 3.1 takes; only the two packages' types do not know it. */
export const asSchema = (schema: object): Schema => {
  const { $schema: _, $id: __, ...rest } = schema as Record<string, unknown>
  return rest as Schema
}

/**
 * An answer may get more fields: readers of an older document must not trip over them. And a format says in a word what
 * zod's pattern for it says in three hundred letters.
 */
const tidy = ({ jsonSchema }: { jsonSchema: z.core.JSONSchema.BaseSchema }): void => {
  if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties
  if (jsonSchema.format !== undefined) delete jsonSchema.pattern
}

/** All named schemas, for `components`. */
export const namedSchemas = (): Record<string, Schema> => {
  const { schemas } = z.toJSONSchema(registry, { uri: (id) => refTo(id).$ref, override: tidy })
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, asSchema(schema)]))
}

/** A schema of an answer: a reference where it has a name, and in the options of a union. */
export const answerSchema = (schema: z.core.$ZodType): Schema | Ref => {
  const name = names.get(schema)
  if (name !== undefined) return refTo(name)
  if (schema instanceof z.ZodUnion) return asSchema({ anyOf: schema.options.map(answerSchema) })
  return asSchema(z.toJSONSchema(schema, { override: tidy }))
}

/** A schema of what a route takes, before it is parsed. */
export const inputSchema = (schema: z.ZodType): Schema =>
  asSchema(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', override: tidy }))
