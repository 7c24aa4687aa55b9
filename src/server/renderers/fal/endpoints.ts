import type { JobInputs } from '../../../shared/job.ts'
import type { Price } from '../../../shared/models/index.ts'
import type { Resolution } from '../../../shared/models/fields.ts'
import { fittedSize, generatedSize, type Size } from '../../../shared/models/size.ts'

/** What an endpoint's input is made of. */
export type Asked = {
  inputs: JobInputs
  seed: number
  /** Links to the uploaded files, by field of ours. */
  links: Readonly<Record<string, string>>
  /** The pixels of the file that is transformed; null where there is none. */
  source: Size | null
  resolution: Resolution
}
export type EndpointInput = Record<string, unknown>

/** One model of fal's, and how a task of ours becomes an order of it. */
export type Endpoint = {
  id: string
  engine: { name: string; version?: string; licence: string | null }
  /** The fields of ours that are files, in the order in which they go up, and what the endpoint calls each. */
  files: Readonly<Record<string, string>>
  /** The fields of ours, beside files and resolution, that it honours. */
  honours: readonly string[]
  /** What it makes of each resolution, in its own words. */
  makes: Readonly<Record<Resolution, string>>
  /** Seconds and frames per second of a clip; null where the source decides, or there is none. */
  seconds: number | null
  fps: number | null
  /** As published in August 2026; null where it was not found. */
  price: Price | null
  input: (asked: Asked) => EndpointInput
}

const APACHE = 'Apache-2.0'
const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const orientation = (inputs: JobInputs) => (inputs['orientation'] === 'portrait' ? 'portrait' : 'landscape')

const upTo720p = { '480p': '480p', '720p': '720p', '1080p': '720p' } as const
const only720p = { '480p': '720p', '720p': '720p', '1080p': '720p' } as const
const asAsked = { '480p': '480p', '720p': '720p', '1080p': '1080p' } as const
const from580p = { '480p': '580p', '720p': '720p', '1080p': '720p' } as const

/** The links under the endpoint's names of their fields. */
const named = (names: Readonly<Record<string, string>>, links: Asked['links']): Record<string, string> =>
  Object.fromEntries(Object.entries(links).flatMap(([field, link]) => (names[field] ? [[names[field], link]] : [])))

/** 81 frames at 16 a second: its own length, which it takes no other word for. */
const wan14b = {
  engine: { name: 'Wan 2.2 14B', version: 'turbo', licence: APACHE },
  makes: upTo720p,
  seconds: 5,
  fps: 16,
} as const

const wan14bTextToVideo: Endpoint = {
  ...wan14b,
  id: 'fal-ai/wan/v2.2-a14b/text-to-video/turbo',
  files: {},
  honours: ['prompt', 'seed', 'orientation'],
  price: null,
  input: ({ inputs, seed, resolution }) => ({
    prompt: text(inputs['prompt']),
    seed,
    resolution: upTo720p[resolution],
    aspect_ratio: orientation(inputs) === 'portrait' ? '9:16' : '16:9',
  }),
}

/** From one picture, or from a first to a last one. */
const wan14bImageToVideo = (files: Record<string, 'image_url' | 'end_image_url'>): Endpoint => ({
  ...wan14b,
  id: 'fal-ai/wan/v2.2-a14b/image-to-video/turbo',
  files,
  honours: ['prompt', 'seed'],
  price: { perClip: { '480p': 0.05, '720p': 0.1, '1080p': 0.1 } },
  input: ({ inputs, seed, links, resolution }) => ({
    prompt: text(inputs['prompt']),
    seed,
    resolution: upTo720p[resolution],
    aspect_ratio: 'auto',
    ...named(files, links),
  }),
})

const wan5bImageToVideo: Endpoint = {
  id: 'fal-ai/wan/v2.2-5b/image-to-video',
  engine: { name: 'Wan 2.2 5B', licence: APACHE },
  files: { data: 'image_url' },
  honours: ['prompt', 'seed'],
  makes: from580p,
  seconds: 5,
  fps: 24,
  price: null,
  input: ({ inputs, seed, links, resolution }) => ({
    prompt: text(inputs['prompt']),
    seed,
    resolution: from580p[resolution],
    aspect_ratio: 'auto',
    // Left to itself it makes 3.4 seconds.
    num_frames: 121,
    frames_per_second: 24,
    interpolator_model: 'none',
    num_interpolated_frames: 0,
    ...named({ data: 'image_url' }, links),
  }),
}

/** Decart's own edits. Left to itself `sync_mode` is on, and answers the clip's bytes instead of a link. */
const lucy = (id: string, name: string, more: { seed: boolean }): Endpoint => ({
  id,
  engine: { name, licence: null },
  files: { data: 'video_url' },
  honours: ['prompt', 'enhance_prompt', ...(more.seed ? ['seed'] : [])],
  makes: only720p,
  seconds: null,
  fps: null,
  price: null,
  input: ({ inputs, seed, links }) => ({
    prompt: text(inputs['prompt']),
    enhance_prompt: inputs['enhance_prompt'] !== false,
    resolution: '720p',
    sync_mode: false,
    ...(more.seed ? { seed } : {}),
    ...named({ data: 'video_url' }, links),
  }),
})
const lucyEdit = lucy('decart/lucy-edit/pro', 'Lucy Edit Pro', { seed: false })
const lucyRestyle = lucy('decart/lucy-restyle', 'Lucy Restyle', { seed: true })

/** Published as 0.009 to 0.014 a megapixel: the dearer, so that no estimate is too low. */
const klein = {
  engine: { name: 'FLUX.2 klein 4B', licence: APACHE },
  makes: asAsked,
  seconds: null,
  fps: null,
  price: { perMegapixel: 0.014 },
} as const
const onePicture = { num_images: 1, output_format: 'png', sync_mode: false } as const

const kleinTextToImage: Endpoint = {
  ...klein,
  id: 'fal-ai/flux-2/klein/4b',
  files: {},
  honours: ['prompt', 'seed', 'orientation'],
  input: ({ inputs, seed, resolution }) => ({
    prompt: text(inputs['prompt']),
    seed,
    image_size: generatedSize(resolution, orientation(inputs)),
    ...onePicture,
  }),
}

const kleinEdit: Endpoint = {
  ...klein,
  id: 'fal-ai/flux-2/klein/4b/edit',
  files: { data: 'image_urls', reference_image: 'image_urls' },
  honours: ['prompt', 'seed'],
  input: ({ inputs, seed, links, source, resolution }) => ({
    prompt: text(inputs['prompt']),
    seed,
    // The picture to change is the first.
    image_urls: ['data', 'reference_image'].flatMap((field) => links[field] ?? []),
    ...(source ? { image_size: fittedSize(source, resolution) } : {}),
    ...onePicture,
  }),
}

/** What fal runs for each model of ours. Whatever is not here it does not make. */
export const ENDPOINTS: ReadonlyMap<string, Endpoint> = new Map([
  ['lucy-pro-t2v', wan14bTextToVideo],
  ['lucy-pro-i2v', wan14bImageToVideo({ data: 'image_url' })],
  ['lucy-dev-i2v', wan5bImageToVideo],
  ['lucy-pro-flf2v', wan14bImageToVideo({ start: 'image_url', end: 'end_image_url' })],
  ['lucy-pro-v2v', lucyEdit],
  ['lucy-clip', lucyEdit],
  ['lucy-dev-v2v', lucyRestyle],
  ['lucy-fast-v2v', lucyRestyle],
  ['lucy-restyle-2', lucyRestyle],
  ['lucy-pro-t2i', kleinTextToImage],
  ['lucy-pro-i2i', kleinEdit],
  ['lucy-image-2', kleinEdit],
])
