import { z } from 'zod'
import { TASKS } from './models/define.ts'

/** A link between nodes: the id of the node that gives, and which of its outputs. */
export const linkSchema = z.tuple([z.string(), z.number().int().nonnegative()])
export type Link = z.infer<typeof linkSchema>

/** One node of a graph in ComfyUI's API form. Each input is a value or a link. */
export const apiNodeSchema = z.object({
  class_type: z.string().min(1).max(200),
  inputs: z.record(z.string(), z.unknown()),
  _meta: z.object({ title: z.string().max(200).optional() }).optional(),
})
export type ApiNode = z.infer<typeof apiNodeSchema>
export const apiGraphSchema = z.record(z.string(), apiNodeSchema)

/** What an input of a graph may be to the form of its model, in the order in which forms show it. */
export const ROLES = [
  'prompt',
  'negative_prompt',
  'image',
  'last_image',
  'video',
  'mask',
  'seed',
  'width',
  'height',
  'frames',
  'fps',
  'steps',
] as const
export const roleSchema = z.enum(ROLES)
export type Role = z.infer<typeof roleSchema>

/** What an input of a node takes, as far as its server tells it. */
export const inputControlSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), value: z.string() }),
  z.object({
    type: z.enum(['integer', 'number']),
    value: z.number(),
    min: z.number().optional(),
    max: z.number().optional(),
    step: z.number().optional(),
  }),
  z.object({ type: z.literal('switch'), value: z.boolean() }),
  z.object({ type: z.literal('choice'), value: z.string(), choices: z.array(z.string()) }),
  /** A file that is sent along; `value` is the one that the graph names itself. */
  z.object({ type: z.enum(['image', 'video']), value: z.string() }),
])
export type InputControl = z.infer<typeof inputControlSchema>

/** A place in a graph that a value can be put into. */
const placeSchema = z.object({
  /** The node's id, and the name of its input. */
  node: z.string().max(200),
  key: z.string().max(200),
})
export type Place = z.infer<typeof placeSchema>

/** An input of the graph and what it was taken for. Several may be one field, as the seeds of two samplers. */
export const bindingSchema = placeSchema.extend({
  role: roleSchema,
  /** The name of the model's field that its value comes from. */
  field: z.string(),
  /** The node, in words. */
  title: z.string(),
  /** Why it was taken for that, in a sentence. */
  why: z.string(),
  control: inputControlSchema,
})
export type Binding = z.infer<typeof bindingSchema>

/** An input that the person wants in the form besides, under a name of theirs. */
export const exposedSchema = placeSchema.extend({
  field: z.string(),
  /** What the form calls it. */
  name: z.string().trim().min(1).max(80),
  title: z.string(),
  control: inputControlSchema,
})
export type Exposed = z.infer<typeof exposedSchema>

/** An input that could be exposed, or bound to a role of its kind. */
export const settableSchema = placeSchema.extend({
  title: z.string(),
  class_type: z.string(),
  control: inputControlSchema,
})
export type Settable = z.infer<typeof settableSchema>

/** A node whose result can be the take. */
export const outputNodeSchema = z.object({ node: z.string(), title: z.string(), kind: z.enum(['video', 'image']) })
export type OutputNode = z.infer<typeof outputNodeSchema>

/** Where a file that a graph loads is to be had, as its author noted. */
export const downloadSchema = z.object({
  name: z.string().max(300),
  url: z
    .string()
    .max(1000)
    .regex(/^https:\/\/[^\s@]+$/),
  directory: z.string().max(200).optional(),
})
export type Download = z.infer<typeof downloadSchema>

/** A workflow as GET /v1/workflows lists it. Its model is `model` everywhere else. */
export const workflowSchema = z.object({
  slug: z.string(),
  model: z.string(),
  name: z.string(),
  kind: z.enum(['video', 'image']),
  task: z.enum(TASKS),
  /** The node whose result is the take. */
  output: z.string(),
  bindings: z.array(bindingSchema),
  exposed: z.array(exposedSchema),
  /** Secrets that were found in the graph and are not in it any more, and what else there is to say: a sentence each. */
  notes: z.array(z.string()),
  created_at: z.string(),
  updated_at: z.string(),
})
export type WorkflowSummary = z.infer<typeof workflowSchema>

/** A workflow in full, as POST, GET of one, and PUT answer it. */
export const workflowDetailSchema = workflowSchema.extend({
  /** False where it was only looked at (`?save=false`). */
  saved: z.boolean(),
  /** All inputs that can be set, those that are bound among them. */
  settable: z.array(settableSchema),
  outputs: z.array(outputNodeSchema),
  /** Its form, as JSON Schema (draft 2020-12). */
  input_schema: z.record(z.string(), z.unknown()),
  downloads: z.array(downloadSchema),
  graph: apiGraphSchema,
})
export type WorkflowDetail = z.infer<typeof workflowDetailSchema>

export const workflowListSchema = z.object({
  workflows: z.array(workflowSchema),
  /** Files in the folder of workflows that cannot be read, which are left alone. */
  unreadable: z.array(z.object({ file: z.string(), reason: z.string() })),
})
export type WorkflowList = z.infer<typeof workflowListSchema>

/** What a person decides about a workflow. What is left out stays as it is, or as Rushes understands it. */
export const workflowChoicesSchema = z.object({
  name: z.string().trim().min(1).max(80).optional(),
  output: z.string().max(200).optional(),
  bindings: z
    .array(placeSchema.extend({ role: roleSchema }))
    .max(200)
    .optional(),
  exposed: z
    .array(placeSchema.extend({ name: z.string().trim().min(1).max(80).optional() }))
    .max(200)
    .optional(),
})
export type WorkflowChoices = z.infer<typeof workflowChoicesSchema>

/**
 * POST /v1/workflows as JSON: a graph with the choices, or the graph alone. `notes` and `downloads` are those of the answer
 * that only looked, where the graph is that answer's: it does not have them itself any more.
 */
export const newWorkflowSchema = workflowChoicesSchema.extend({
  graph: z.record(z.string(), z.unknown()),
  notes: z.array(z.string().max(1000)).max(1000).optional(),
  downloads: z.array(downloadSchema).max(200).optional(),
})
