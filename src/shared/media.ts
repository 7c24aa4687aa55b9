import { z } from 'zod'

/** What probing a media file found. Sizes are as shown: rotation and orientation are already applied. */
export const mediaInfoSchema = z.object({
  kind: z.enum(['image', 'video']),
  mime_type: z.string(),
  width: z.number().int().positive(),
  height: z.number().int().positive(),
  /** Seconds; null for an image. */
  duration: z.number().positive().nullable(),
  /** Frames per second, the mean where it varies; null for an image. */
  fps: z.number().positive().nullable(),
  /** FFmpeg's name of the video codec or image format: `h264`, `hevc`, `vp9`, `av1`, `gif`, `jpeg`, `png`, … */
  codec: z.string(),
  has_audio: z.boolean(),
})
export type MediaInfo = z.infer<typeof mediaInfoSchema>

/** An uploaded or imported file, as GET /v1/files/{id} answers it. */
export const fileResourceSchema = z.object({
  id: z.string(),
  filename: z.string().nullable(),
  mime_type: z.string(),
  size_bytes: z.number().int().nonnegative(),
  created_at: z.string(),
  expires_at: z.string().nullable(),
  media: mediaInfoSchema,
})
export type FileResource = z.infer<typeof fileResourceSchema>

/** Bytes. */
export const LIMITS = { video: 2 * 1024 ** 3, image: 64 * 1024 ** 2 } as const

/** More pixels than this are refused before decoding: a picture of a few bytes can unpack to gigabytes. */
export const MAX_PIXELS = 100_000_000

/** Video edits take this much of the source, in seconds. */
export const MAX_EDIT_SECONDS = 30
export const MAX_EDIT_FPS = 60
