import { z } from 'zod'

/** What ComfyUI answers, as far as it is used here. Whatever else an answer has is let pass: it differs by version. */

export const systemStatsSchema = z.object({
  system: z.object({ comfyui_version: z.string().optional() }),
  devices: z.array(z.object({ type: z.string(), vram_total: z.number() })).default([]),
})

export const featuresSchema = z.object({ max_upload_size: z.number().positive() })

export const fileNamesSchema = z.array(z.string())

export const uploadedSchema = z.object({ name: z.string().min(1), subfolder: z.string().default('') })

/** What an order carries along for us: comes back with the queue, the history and the job. */
export const carriedSchema = z.object({
  id: z.string(),
  output: z.string(),
  kind: z.enum(['video', 'image']),
  prefix: z.string(),
  resolution: z.string().nullable(),
})
export type Carried = z.infer<typeof carriedSchema>

const extraSchema = z.object({ rushes: carriedSchema.optional().catch(undefined) }).catch({ rushes: undefined })

/** `[number, prompt id, graph, extra data, outputs]`, and a sixth with secrets in some versions. */
const queueItemSchema = z
  .tuple([z.number(), z.string(), z.unknown(), extraSchema])
  .rest(z.unknown())
  .transform(([, id, , extra]) => ({ id, carried: extra.rushes ?? null }))
export type QueueItem = z.infer<typeof queueItemSchema>

/** What is no order is left out: the queue holds everybody's. */
const queueListSchema = z
  .array(queueItemSchema.nullable().catch(null))
  .transform((items) => items.filter((item) => item !== null))

export const queueSchema = z.object({ queue_running: queueListSchema, queue_pending: queueListSchema })

/** A file among the results of a node, to be asked for by GET /view. */
export const outputFileSchema = z.object({
  filename: z.string().min(1),
  subfolder: z.string().default(''),
  type: z.string().default('output'),
})
export type OutputFile = z.infer<typeof outputFileSchema>

/** Results by node, and by what the node calls them; what is no file is left out. */
export const outputsSchema = z.record(
  z.string(),
  z
    .record(
      z.string(),
      z
        .array(outputFileSchema.nullable().catch(null))
        .transform((files) => files.filter((file) => file !== null))
        .catch([]),
    )
    .catch({}),
)
export type Outputs = z.infer<typeof outputsSchema>

export const executionErrorSchema = z.object({
  node_type: z.string().default(''),
  exception_message: z.string().default(''),
  exception_type: z.string().default(''),
})
export type ExecutionError = z.infer<typeof executionErrorSchema>

/** What happened to an order, an event each; those of another form are left out. */
const messagesSchema = z
  .array(z.tuple([z.string(), z.unknown()]).rest(z.unknown()).nullable().catch(null))
  .transform((messages) => messages.filter((message) => message !== null).map(([event, data]) => ({ event, data })))
  .catch([])
export type Message = z.infer<typeof messagesSchema>[number]

const statusSchema = z.object({ status_str: z.string(), messages: messagesSchema })

export const historySchema = z.record(
  z.string(),
  z.object({
    prompt: queueItemSchema,
    outputs: outputsSchema.default({}),
    status: statusSchema.nullish(),
  }),
)
export type HistoryItem = z.infer<typeof historySchema>[string]

export const jobSchema = z.object({
  id: z.string(),
  status: z.enum(['pending', 'in_progress', 'completed', 'failed', 'cancelled']),
  outputs: outputsSchema.nullish(),
  execution_error: executionErrorSchema.nullish().catch(null),
  workflow: z.object({ extra_data: extraSchema }).nullish().catch(null),
})

export const jobErrorSchema = z.object({ error: z.string() })
export const cancelledSchema = z.object({ cancelled: z.boolean() })

const nodeErrorsSchema = z
  .record(
    z.string(),
    z.object({
      class_type: z.string().default(''),
      errors: z.array(
        z.object({
          type: z.string(),
          message: z.string().default(''),
          details: z.string().default(''),
          extra_info: z
            .object({ input_name: z.string().optional(), received_value: z.unknown().optional() })
            .nullish()
            .catch(null),
        }),
      ),
    }),
  )
  // No errors are told as an empty list by some versions.
  .catch({})
export type NodeErrors = z.infer<typeof nodeErrorsSchema>

export const acceptedSchema = z.object({ prompt_id: z.string().min(1), node_errors: nodeErrorsSchema.default({}) })

export const refusalSchema = z.object({
  error: z.union([
    z.object({
      type: z.string().default(''),
      message: z.string().default(''),
      details: z.string().default(''),
      extra_info: z.object({ class_type: z.string().nullish() }).nullish().catch(null),
    }),
    z.string().transform((message) => ({ type: '', message, details: '', extra_info: null })),
  ]),
  node_errors: nodeErrorsSchema.default({}),
})
export type Refusal = z.infer<typeof refusalSchema>
