import type { Job } from '../../shared/job.ts'
import { type FileResource, PLAIN } from '../../shared/media.ts'
import { type Model, registry } from '../../shared/models/index.ts'
import type { Health } from '../../shared/routes.ts'
import type { Offer, RendererStatus } from '../../shared/renderers.ts'

const hex = (name: string) =>
  Array.from(name, (letter) => letter.charCodeAt(0).toString(16))
    .join('')
    .padEnd(32, '0')
    .slice(0, 32)

/** A file that the server has, of that kind and name. */
export const sampleFile = (kind: 'image' | 'video', name: string): FileResource => ({
  id: `file_${hex(name)}`,
  filename: name,
  mime_type: kind === 'image' ? 'image/png' : 'video/mp4',
  size_bytes: 2_900_000,
  created_at: '2026-08-01T10:00:00.000Z',
  expires_at: null,
  job_id: null,
  media: {
    kind,
    mime_type: kind === 'image' ? 'image/png' : 'video/mp4',
    width: 1280,
    height: 720,
    duration: kind === 'image' ? null : 5,
    fps: kind === 'image' ? null : 32,
    codec: kind === 'image' ? 'png' : 'h264',
    has_audio: false,
    ...PLAIN,
  },
})

const base = {
  model: 'lucy-pro-t2v',
  requested_model: 'lucy-pro-t2v',
  idempotency_key: null,
  renderer: 'local',
  owner: null,
  inputs: { prompt: 'A lake' },
  seed: 7,
  starred: false,
  warnings: [],
  name: null,
  batch_id: null,
  batch_position: null,
  batch_size: null,
  batch_label: null,
  sources: {},
  shelves: [],
  deleted_at: null,
  engine: null,
  estimate: null,
  billed: null,
} satisfies Partial<Job>

/** Minutes after noon, so that a larger number is a newer job. */
export const madeAt = (minute: number) => new Date(Date.UTC(2026, 7, 1, 12, minute)).toISOString()

export const pendingJob = (id: string, minute: number, queue_position = 1): Job => ({
  ...base,
  job_id: id,
  created_at: madeAt(minute),
  status: 'pending',
  queue_position,
  progress: null,
  started_at: null,
  finished_at: null,
  output: null,
  error: null,
})

export const runningJob = (id: string, minute: number, progress: number | null): Job => ({
  ...base,
  job_id: id,
  created_at: madeAt(minute),
  status: 'processing',
  phase: 'rendering',
  queue_position: null,
  progress,
  started_at: madeAt(minute),
  finished_at: null,
  output: null,
  error: null,
})

export const completedJob = (id: string, minute: number): Job => ({
  ...base,
  job_id: id,
  created_at: madeAt(minute),
  status: 'completed',
  queue_position: null,
  progress: 1,
  started_at: madeAt(minute),
  finished_at: madeAt(minute + 1),
  output: {
    mime_type: 'video/mp4',
    width: 1280,
    height: 720,
    duration: 5,
    fps: 25,
    bytes: 1_000_000,
    filename: 'A lake.mp4',
  },
  error: null,
})

export const failedJob = (
  id: string,
  minute: number,
  error: Extract<Job, { status: 'failed' }>['error'] = {
    code: 'PROCESSING_ERROR',
    message: 'It broke.',
    billed: 'no',
    resumable: false,
  },
): Job => ({
  ...base,
  job_id: id,
  created_at: madeAt(minute),
  status: 'failed',
  queue_position: null,
  progress: null,
  started_at: madeAt(minute),
  finished_at: madeAt(minute),
  output: null,
  error,
})

/** What a renderer makes of a model: by default a free clip of five seconds. */
export const sampleOffer = (engine: string, more: Partial<Offer> = {}): Offer => ({
  ready: true,
  engine: { name: engine, licence: 'Apache-2.0' },
  reason: null,
  missing: [],
  resolutions: ['480p', '720p'],
  seconds: 5,
  fps: 24,
  free: true,
  price: null,
  limits: [],
  ...more,
})

/** A renderer on the person's own network, with one server. */
export const sampleRenderer = (name: string, more: Partial<RendererStatus> = {}): RendererStatus => ({
  name,
  title: name,
  state: 'ready',
  note: `${name} is ready.`,
  where: 'your network',
  chosen_only: false,
  checked_at: '2026-08-01T10:00:00.000Z',
  models: {},
  servers: [],
  ...more,
})

export const sampleLocal = (): RendererStatus =>
  sampleRenderer('local', {
    title: 'Local engine',
    note: 'A procedural draft, made on this machine.',
    where: 'this machine',
    models: Object.fromEntries(
      registry.map(({ id }) => [id, sampleOffer('Rushes', { engine: { name: 'Rushes', licence: 'MIT' } })]),
    ),
  })

const DECART_STATES = { none: 'off', ready: 'ready', refused: 'unauthorized' } as const
const DECART_NOTES = { none: 'Set DECART_API_KEY.', ready: 'The cloud.', refused: 'Decart refuses the API key.' }

/** Decart without a key, with one that it takes, or with one that it refuses: then it tells of no models. */
export const sampleDecart = (key: 'none' | 'ready' | 'refused'): RendererStatus =>
  sampleRenderer('decart', {
    title: 'Decart',
    state: DECART_STATES[key],
    note: DECART_NOTES[key],
    where: 'a third party',
    models:
      key === 'ready'
        ? Object.fromEntries(
            registry
              .filter((model: Model) => model.cloud !== undefined)
              .map((model: Model) => [
                model.id,
                sampleOffer(model.title, { free: false, price: model.price ?? null, seconds: null }),
              ]),
          )
        : {},
  })

/** What GET /v1/renderers answers. */
export const sampleRenderers = (...others: RendererStatus[]): { renderers: RendererStatus[] } => ({
  renderers: [sampleLocal(), ...others],
})

/** What the server says of itself. */
export const sampleHealth = (): Health => ({
  status: 'ok',
  version: '1',
  renderers: { local: { ready: true, note: 'A procedural draft, made on this machine.' } },
  default_renderer: 'local',
  notices: [],
  limits: { video_bytes: 1, image_bytes: 1, pixels: 1, frame_pixels: 1, edit_seconds: 30 },
})
