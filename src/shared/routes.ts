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
  /** A clip's moments side by side as one WebP: see SPRITE_FRAMES. Made when first asked for. */
  jobSprite: (id: string) => `/v1/jobs/${encodeURIComponent(id)}/sprite`,
  /**
   * A long clip's frames at their times, small and with many keyframes, as MP4: see {@link wantsProxy} in library.ts. 202
   * where it is still to be made, which begins then.
   */
  jobProxy: (id: string) => `/v1/jobs/${encodeURIComponent(id)}/proxy`,
  /** POST makes a completed job's take a file that can be an input, without its bytes being sent. */
  jobAsFile: (id: string) => `/v1/jobs/${encodeURIComponent(id)}/file`,
  /** Stars, bins and shelves many at once. */
  jobChanges: '/v1/jobs/changes',
  shelves: '/v1/shelves',
  /** DELETE removes for good what lies in it. */
  bin: '/v1/bin',
  archives: '/v1/archives',
  archive: (id: string) => `/v1/archives/${encodeURIComponent(id)}`,
  /** GET tells what runs and waits, DELETE cancels all that wait. */
  queue: '/v1/queue',
  /** PUT holds what waits, DELETE lets it go on. */
  queuePause: '/v1/queue/pause',
  queueMove: '/v1/queue/move',
  events: '/v1/events',
  files: '/v1/files',
  /** POST makes a file of bytes that are here already, told by their hash: nothing is sent twice. */
  filesKnown: '/v1/files/known',
  /** Uploads that go on where they broke off: the tus protocol, version 1.0. */
  uploads: '/v1/uploads',
  upload: (id: string) => `/v1/uploads/${encodeURIComponent(id)}`,
  file: (id: string) => `/v1/files/${encodeURIComponent(id)}`,
  fileContent: (id: string) => `/v1/files/${encodeURIComponent(id)}/content`,
  /** A still (WebP) of any image or video, also of what a browser cannot decode. */
  fileThumbnail: (id: string) => `/v1/files/${encodeURIComponent(id)}/thumbnail`,
  /** The same clip as H.264 MP4 at 720p, or picture as PNG, for what a browser cannot show. Made when first asked for. */
  filePreview: (id: string) => `/v1/files/${encodeURIComponent(id)}/preview`,
  /** The same of a file as `jobProxy`. */
  fileProxy: (id: string) => `/v1/files/${encodeURIComponent(id)}/proxy`,
  health: '/v1/health',
  /** Whether the server takes jobs now; `health` says only that it runs. */
  ready: '/v1/ready',
  renderers: '/v1/renderers',
  /** GET tells what is set, PUT tests and then saves, DELETE forgets. */
  rendererSettings: (name: string) => `/v1/renderers/${encodeURIComponent(name)}/settings`,
  /** POST looks at it now, and answers how it is. */
  rendererCheck: (name: string) => `/v1/renderers/${encodeURIComponent(name)}/check`,
  spending: '/v1/spending',
  /** Who asks, and how the studio has it with accounts. PATCH changes one's own name. */
  me: '/v1/me',
  /** GET tells whether one is signed in, POST signs in by a link's token, DELETE signs out. */
  session: '/v1/session',
  /** POST tells whom a link is for, without using it. */
  invitation: '/v1/session/invitation',
  /** API tokens of one's own. */
  tokens: '/v1/tokens',
  token: (id: string) => `/v1/tokens/${encodeURIComponent(id)}`,
  people: '/v1/people',
  person: (id: string) => `/v1/people/${encodeURIComponent(id)}`,
  /** POST makes a link by which that person signs in. */
  personInvite: (id: string) => `/v1/people/${encodeURIComponent(id)}/invite`,
  audit: '/v1/audit',
  workflows: '/v1/workflows',
  workflow: (slug: string) => `/v1/workflows/${encodeURIComponent(slug)}`,
  /** Its graph as ComfyUI takes it, to be saved. */
  workflowGraph: (slug: string) => `/v1/workflows/${encodeURIComponent(slug)}/graph`,
  models: '/v1/models',
  /** POST tells what the local engine takes a prompt to say. */
  reading: (model: string) => `/v1/models/${encodeURIComponent(model)}/reading`,
  resolve: '/v1/models/resolve',
} as const

export const IDEMPOTENCY_KEY = 'idempotency-key'
export const RENDERER_HEADER = 'x-renderer'
/** Names one of the engines that the renderer offers for the model. */
export const ENGINE_HEADER = 'x-engine'
/** The batch that a job belongs to: an id that the page draws, `3/8` for its place, and its label, percent-encoded. */
export const BATCH_HEADER = 'x-batch'
export const BATCH_PLACE_HEADER = 'x-batch-place'
export const BATCH_LABEL_HEADER = 'x-batch-label'

/** What POST /v1/jobs/{model} answers. */
export const submittedSchema = z.object({
  job_id: z.string(),
  status: z.enum(['pending', 'processing', 'completed', 'failed']),
})

/** What the server may have to say of itself. */
export const NOTICE_CODES = [
  /** The index is being made again from the files, and how far that has come. */
  'INDEX_REBUILDING',
  /** It was, and why. */
  'INDEX_REBUILT',
  /** Nothing new can be made or kept until there is room. */
  'DISK_FULL',
  /** The storage that keeps the files does not answer, or refuses. */
  'FILES_AWAY',
  /** The PostgreSQL that holds jobs and uploads cannot be reached. */
  'DATABASE_AWAY',
  /** It answers, but takes no changes. */
  'DATABASE_UNWRITABLE',
  /** Jobs wait for a renderer that no worker of the team takes. */
  'NO_WORKER',
  /** Things in the data folder that are none of Rushes', and were left alone. */
  'ODD_FILES',
  /** Jobs that could not be read and were not taken up again. */
  'UNREADABLE_JOBS',
  /** Decart does not take the key. */
  'KEY_REFUSED',
] as const
export type NoticeCode = (typeof NOTICE_CODES)[number]
export const noticeSchema = z.object({ code: z.enum(NOTICE_CODES), message: z.string() })
export type Notice = z.infer<typeof noticeSchema>

/** The data of each `notice` event: all that is to be said now. */
export const noticeEventSchema = z.object({ notices: z.array(noticeSchema) })

/** The data of each `queue` event: how many jobs wait and run, by renderer. */
export const queueEventSchema = z.record(
  rendererSchema,
  z.object({
    waiting: z.number().int().nonnegative(),
    running: z.number().int().nonnegative(),
    /** The first that wait, in the order in which they begin: job ids. */
    next: z.array(z.string()).default([]),
    /** Nothing begins until it goes on. */
    paused: z.boolean().default(false),
    /**
     * Until all that run and wait are done, by how long such jobs took before; null where that is not known. While it is
     * paused, until all that run are. As of this event: it is not told again as time goes by.
     */
    seconds_left: z.number().nonnegative().nullable().default(null),
  }),
)
export type QueueTotals = z.infer<typeof queueEventSchema>

export const healthSchema = z.object({
  status: z.literal('ok'),
  version: z.string(),
  renderers: z.record(rendererSchema, z.object({ ready: z.boolean(), note: z.string() })),
  default_renderer: rendererSchema,
  /** What there is to say about the server itself: a full disk, an index that is made again. */
  notices: z.array(noticeSchema).default([]),
  /** `pixels` of a picture; `frame_pixels` of a clip's frame and of an AVIF picture. */
  limits: z.object({
    video_bytes: z.number(),
    image_bytes: z.number(),
    pixels: z.number(),
    frame_pixels: z.number(),
    edit_seconds: z.number(),
  }),
})
export type Health = z.infer<typeof healthSchema>

/** What GET /v1/ready answers: 200 where all of it is well, else 503. `why` is null for what is well. */
export const readySchema = z.object({
  ready: z.boolean(),
  checks: z.array(z.object({ name: z.string(), ok: z.boolean(), why: z.string().nullable() })),
})
export type Ready = z.infer<typeof readySchema>

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
