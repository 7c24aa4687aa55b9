import { z } from 'zod'

/** What a file says of its colours, by the names that FFmpeg gives to the entries of ITU-T H.273; null where it does not. */
const colourSchema = z.object({
  /** The matrix of a clip (`bt709`, `smpte170m`, …); the colour space of a picture (`srgb`, `cmyk`, `b-w`, …). */
  space: z.string().nullable(),
  primaries: z.string().nullable(),
  transfer: z.string().nullable(),
  range: z.enum(['limited', 'full']).nullable(),
})
export type Colour = z.infer<typeof colourSchema>

/** What is told of media of which nothing more is known. */
export const PLAIN: {
  has_alpha: boolean
  frame_count: number | null
  colour: Colour | null
  hdr: boolean | null
  start: number
  sound_before: number
  edits: number
} = {
  has_alpha: false,
  frame_count: null,
  colour: null,
  hdr: null,
  start: 0,
  sound_before: 0,
  edits: 1,
}

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
  // What follows is younger: records from before it have none of it.
  /** Whether it is transparent somewhere; of a clip, in its first frame. */
  has_alpha: z.boolean().default(PLAIN.has_alpha),
  /** Frames of a clip, or pictures of an animated one; null where that takes counting. An image of several is read as its first. */
  frame_count: z.number().int().positive().nullable().default(PLAIN.frame_count),
  /** Null where nobody looked. */
  colour: colourSchema.nullable().default(PLAIN.colour),
  /** Whether its light goes beyond standard range (PQ or HLG); null where it does not say. */
  hdr: z.boolean().nullable().default(PLAIN.hdr),
  /** When the first frame is shown, by the file's own clock; frames are counted from there. Seconds. */
  start: z.number().default(PLAIN.start),
  /** How long there is sound before that, which edits leave out. Seconds. */
  sound_before: z.number().default(PLAIN.sound_before),
  /** Parts that an edit list puts the clip together of. */
  edits: z.number().int().positive().default(PLAIN.edits),
})
/** With what a record may lack filled in. */
export type MediaInfo = z.infer<typeof mediaInfoSchema>

/** An uploaded or imported file, as GET /v1/files/{id} answers it. */
export const fileResourceSchema = z.object({
  id: z.string(),
  filename: z.string().nullable(),
  mime_type: z.string(),
  size_bytes: z.number().int().nonnegative(),
  created_at: z.string(),
  expires_at: z.string().nullable(),
  /** The job whose take it is, where it was not uploaded. */
  job_id: z.string().nullable().default(null),
  media: mediaInfoSchema,
})
export type FileResource = z.infer<typeof fileResourceSchema>

/** Bytes. */
export const LIMITS = { video: 2 * 1024 ** 3, image: 64 * 1024 ** 2 } as const

/** More pixels than this are refused before decoding: a picture of a few bytes can unpack to gigabytes. */
export const MAX_PIXELS = 100_000_000

/**
 * The same for what is decoded whole and in several frames at a time, clips and AVIF pictures: the largest picture of
 * H.264 and HEVC (level 6.2 of both), which 8192 x 4320 fits into.
 */
export const MAX_FRAME_PIXELS = 35_651_584

/** Video edits take this much of the source, in seconds. */
export const MAX_EDIT_SECONDS = 30
export const MAX_EDIT_FPS = 60
