import { z } from 'zod'

const text = z.string().min(1)

/**
 * A card of GET /v1/models. `root` is the real name where the server was told to go by another; `task_type` (T2V, I2V,
 * TI2V, …) is SGLang's.
 */
const cardSchema = z.object({
  id: text,
  owned_by: z.string().optional().catch(undefined),
  root: text.optional().catch(undefined),
  task_type: text.optional().catch(undefined),
})
export const modelsSchema = z.object({ data: z.array(cardSchema) })
export type Card = z.infer<typeof cardSchema>

/** GET /models of SGLang: the one model that it serves. */
export const modelInfoSchema = z.object({ model_path: text, task_type: text.optional().catch(undefined) })

/** As much of GET /openapi.json as tells how videos are ordered. */
export const openapiSchema = z.object({
  paths: z.record(z.string(), z.looseObject({})),
})

const errorSchema = z.object({
  message: z.string().optional().catch(undefined),
  code: z.union([z.string(), z.number()]).nullish().catch(undefined),
  type: z.string().nullish().catch(undefined),
})
export type WireError = z.infer<typeof errorSchema>

/** An order of a video, as it is created, looked at and listed. */
export const videoSchema = z.object({
  id: text,
  status: z.string(),
  /** 0 to 100. */
  progress: z.number().nullish().catch(undefined),
  error: errorSchema.nullish().catch(undefined),
  /** Where the result lies, if the server does not hold it itself. */
  url: z.string().nullish().catch(undefined),
})
export type Video = z.infer<typeof videoSchema>

export const videoListSchema = z.object({ data: z.array(videoSchema) })

/** What DELETE answers: `deleted` where the work was stopped too, a `status` where the order was merely forgotten. */
export const deletedSchema = z.object({
  deleted: z.boolean().optional().catch(undefined),
  status: z.string().optional().catch(undefined),
})

/** Failures in the three forms that are about: OpenAI's, FastAPI's, and vLLM's older one. */
export const failureSchema = z.object({
  error: z
    .union([errorSchema, text.transform((message): WireError => ({ message }))])
    .optional()
    .catch(undefined),
  detail: z
    .union([
      z.string(),
      z.array(z.object({ loc: z.array(z.union([z.string(), z.number()])).default([]), msg: z.string() })),
    ])
    .optional()
    .catch(undefined),
  message: z.string().optional().catch(undefined),
})
