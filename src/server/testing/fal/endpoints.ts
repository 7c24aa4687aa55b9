import { z } from 'zod'

const link = z.string().min(1)
const seed = z.number().int().optional()
const wan = { prompt: z.string(), seed, resolution: z.enum(['480p', '580p', '720p']).default('720p') }
const lucy = {
  prompt: z.string(),
  video_url: link,
  enhance_prompt: z.boolean().default(true),
  resolution: z.literal('720p').default('720p'),
  // True where nothing is said: the answer holds the bytes then.
  sync_mode: z.boolean().default(true),
}
const klein = {
  prompt: z.string(),
  seed,
  image_size: z.union([z.string(), z.object({ width: z.number().int(), height: z.number().int() })]).optional(),
  num_inference_steps: z.number().int().default(4),
  num_images: z.number().int().default(1),
  output_format: z.enum(['jpeg', 'png', 'webp']).default('png'),
  sync_mode: z.boolean().default(false),
}
const ratio = (...choices: [string, ...string[]]) => z.enum(choices).optional()

/** fal's endpoints as its own client types them (libs/client/src/types/endpoints.ts of fal-js 1.10.1), by id. */
export const FAL_ENDPOINTS: ReadonlyMap<string, { kind: 'video' | 'image'; input: z.ZodObject }> = new Map([
  [
    'fal-ai/wan/v2.2-a14b/text-to-video/turbo',
    { kind: 'video', input: z.object({ ...wan, aspect_ratio: ratio('16:9', '9:16', '1:1') }) },
  ],
  [
    'fal-ai/wan/v2.2-a14b/image-to-video/turbo',
    {
      kind: 'video',
      input: z.object({
        ...wan,
        image_url: link,
        end_image_url: link.optional(),
        aspect_ratio: ratio('auto', '16:9', '9:16', '1:1'),
      }),
    },
  ],
  [
    'fal-ai/wan/v2.2-5b/image-to-video',
    {
      kind: 'video',
      input: z.object({
        ...wan,
        image_url: link,
        resolution: z.enum(['580p', '720p']).default('720p'),
        aspect_ratio: ratio('auto', '16:9', '9:16', '1:1'),
        num_frames: z.number().int().min(17).max(161).default(81),
        frames_per_second: z.number().int().min(4).max(60).default(24),
        interpolator_model: z.enum(['none', 'film', 'rife']).default('film'),
        num_interpolated_frames: z.number().int().min(0).max(4).default(0),
      }),
    },
  ],
  ['decart/lucy-edit/pro', { kind: 'video', input: z.object(lucy) }],
  ['decart/lucy-restyle', { kind: 'video', input: z.object({ ...lucy, seed }) }],
  ['fal-ai/flux-2/klein/4b', { kind: 'image', input: z.object(klein) }],
  [
    'fal-ai/flux-2/klein/4b/edit',
    { kind: 'image', input: z.object({ ...klein, image_urls: z.array(link).min(1).max(4) }) },
  ],
])

/** The links of files in an input. */
export const linksIn = (input: Record<string, unknown>): { field: string; link: string }[] =>
  Object.entries(input).flatMap(([field, value]) =>
    /_urls?$/.test(field) ? (Array.isArray(value) ? value : [value]).map((one) => ({ field, link: String(one) })) : [],
  )
