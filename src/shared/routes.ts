import { z } from 'zod'
import { rendererSchema } from './job.ts'

/** The API is mounted at both, so that a Decart SDK's `baseUrl` and its `proxy` option both reach it. */
export const API_PREFIXES = ['/v1', '/api/decart/v1'] as const

/** Paths below an API's base, as used by the client and the studio. */
export const routes = {
  generate: (model: string) => `/v1/generate/${encodeURIComponent(model)}`,
  submit: (model: string) => `/v1/jobs/${encodeURIComponent(model)}`,
  jobs: '/v1/jobs',
  job: (id: string) => `/v1/jobs/${encodeURIComponent(id)}`,
  jobContent: (id: string) => `/v1/jobs/${encodeURIComponent(id)}/content`,
  jobThumbnail: (id: string) => `/v1/jobs/${encodeURIComponent(id)}/thumbnail`,
  /** PUT stars a completed job, DELETE takes the star away. Both answer the job, and may be repeated. */
  jobStar: (id: string) => `/v1/jobs/${encodeURIComponent(id)}/star`,
  /** Goes on with a failed job whose order still stands in the cloud (`error.resumable`). */
  jobResume: (id: string) => `/v1/jobs/${encodeURIComponent(id)}/resume`,
  /** Cancels the job submitted with that Idempotency-Key, even one whose answer has not come back. */
  jobByKey: (key: string) => `/v1/jobs?idempotency_key=${encodeURIComponent(key)}`,
  events: '/v1/events',
  files: '/v1/files',
  file: (id: string) => `/v1/files/${encodeURIComponent(id)}`,
  fileContent: (id: string) => `/v1/files/${encodeURIComponent(id)}/content`,
  /** A still (WebP) of any image or video, also of what a browser cannot decode. */
  fileThumbnail: (id: string) => `/v1/files/${encodeURIComponent(id)}/thumbnail`,
  /** The same clip as H.264 MP4 at 720p, for browsers that cannot play what was uploaded. Made when first asked for. */
  filePreview: (id: string) => `/v1/files/${encodeURIComponent(id)}/preview`,
  health: '/v1/health',
  models: '/v1/models',
  resolve: '/v1/models/resolve',
} as const

export const IDEMPOTENCY_KEY = 'idempotency-key'
export const RENDERER_HEADER = 'x-renderer'

/** What POST /v1/jobs/{model} answers. */
export const submittedSchema = z.object({
  job_id: z.string(),
  status: z.enum(['pending', 'processing', 'completed', 'failed']),
})

export const healthSchema = z.object({
  status: z.literal('ok'),
  version: z.string(),
  renderers: z.object({
    local: z.object({ ready: z.boolean(), note: z.string() }),
    decart: z.object({ ready: z.boolean(), note: z.string() }),
  }),
  default_renderer: rendererSchema,
  limits: z.object({ video_bytes: z.number(), image_bytes: z.number(), pixels: z.number(), edit_seconds: z.number() }),
})
export type Health = z.infer<typeof healthSchema>

/** Both shapes of an error answer: per field for inputs, a sentence otherwise. `code` is Rushes' own addition. */
export const errorBodySchema = z.object({
  detail: z.union([
    z.string(),
    z.array(z.object({ loc: z.array(z.union([z.string(), z.number()])), msg: z.string(), type: z.string() })),
  ]),
  code: z.string().optional(),
  fields: z.record(z.string(), z.string()).optional(),
})
export type ErrorBody = z.infer<typeof errorBodySchema>
