import { z } from 'zod'

export const clipOptionsSchema = z.object({
  codec: z.enum(['h264', 'hevc', 'vp9', 'av1', 'gif', 'mpeg4']).default('h264'),
  /** FFmpeg's name of the format. */
  container: z.enum(['mp4', 'mov', 'webm', 'matroska', 'gif', 'avi', 'mpegts', 'avif']).default('mp4'),
  width: z.number().int().default(320),
  height: z.number().int().default(180),
  fps: z.number().default(25),
  seconds: z.number().default(1),
  /** Degrees by which a player turns the picture clockwise. */
  rotate: z.union([z.literal(0), z.literal(90), z.literal(180), z.literal(270)]).default(0),
  /** A tone of 440 Hz, as AAC (Opus in WebM). */
  audio: z.boolean().default(false),
  /** Frames at the beginning that an edit list hides (MP4 and MOV). */
  hidden: z.number().int().default(0),
  /** The frames' times in ticks of 1/fps, for a rate that varies; one a frame, rising. */
  ticks: z.array(z.number().int()).optional(),
  /** Ticks of 1/fps before the first frame, in which an edit list shows nothing (MP4 and MOV). */
  late: z.number().int().default(0),
  /** In fragments, as recorders write MP4: `late` is then a time at which it starts, without an edit list. */
  fragmented: z.boolean().default(false),
  /** What an edit list makes of an MP4 or MOV, see edit-list.ts. */
  edits: z.array(z.object({ from: z.number().nullable(), seconds: z.number() })).optional(),
  /** Its right half is transparent (VP9 in WebM). */
  alpha: z.boolean().default(false),
  /** Encrypted as films are (CENC); MP4 alone. */
  encrypted: z.boolean().default(false),
  /** Says that its colours are BT.709 of limited range, as those of marks are. */
  tagged: z.boolean().default(false),
  /** Colour bars instead of numbers (bars.ts), by this matrix and range, and what the file says of them. */
  bars: z
    .object({
      matrix: z.enum(['bt709', 'smpte170m']),
      range: z.enum(['tv', 'pc']),
      /** Numbers of ITU-T H.273: 2 says nothing; range 1 is limited, 2 full, 0 says nothing. */
      tags: z.object({ space: z.number(), primaries: z.number(), transfer: z.number(), range: z.number() }),
    })
    .optional(),
  /** `strip` is mark.ts, read from whole pictures; `tiles` is tiles.ts, read from any part, upright on screen. */
  mark: z.enum(['strip', 'tiles']).default('strip'),
  /** The number in the first frame. */
  first: z.number().int().default(0),
  /** A keyframe at least every so many frames. */
  keyframes: z.number().int().default(12),
  /** Frames that refer to later ones, in a row (H.264); none where the rate varies. */
  bFrames: z.number().int().default(2),
  /** Moving detail around tiles, so that decoding costs what a film costs. */
  texture: z.boolean().default(false),
})
export type ClipOptions = z.input<typeof clipOptionsSchema>

const clipFactsSchema = z.object({
  codec: z.string(),
  /** H.264's own number: 100 is High. */
  profile: z.number(),
  pix_fmt: z.string(),
  /** FFmpeg's numbers: bt709 is 1, television range 1. */
  color: z.object({ space: z.number(), primaries: z.number(), transfer: z.number(), range: z.number() }),
  width: z.number(),
  height: z.number(),
  duration: z.number(),
  fps: z.number(),
  /** The time of each decoded frame in seconds. */
  times: z.array(z.number()),
  keyframes: z.array(z.number()),
  audio: z.string().nullable(),
  comment: z.string().nullable(),
  faststart: z.boolean(),
  /** Frames asked for, by their number: RGBA as decoded, not turned. */
  pixels: z.record(z.string(), z.instanceof(Uint8Array)),
})
export type ClipFacts = z.infer<typeof clipFactsSchema>

export const orderSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('make'), path: z.string(), options: clipOptionsSchema }),
  z.object({ kind: z.literal('inspect'), path: z.string(), frames: z.array(z.number()) }),
])
export type Order = z.infer<typeof orderSchema>

export const answerSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('made') }),
  z.object({ kind: z.literal('inspected'), facts: clipFactsSchema }),
  z.object({ kind: z.literal('failed'), stack: z.string() }),
])
export type Answer = z.infer<typeof answerSchema>
