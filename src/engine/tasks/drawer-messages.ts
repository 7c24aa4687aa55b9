import { z } from 'zod'
import { type ErrorCode } from '../../shared/errors.ts'
import { renderOrderSchema } from '../messages.ts'

/** Frames that a drawing thread may be ahead of the encoder. */
export const AHEAD = 4

const isVideo = (value: unknown): value is Uint8Array<ArrayBuffer> =>
  value instanceof Uint8Array && value.buffer instanceof ArrayBuffer

/**
 * What a drawing thread is told: to load its code before there is an order, the order of a clip, and that a frame of it
 * was taken; or the order of an edit and the size of its frames, and then each frame, at its time in seconds. Without
 * `video` that is the picture of the frame before.
 */
export const drawerRequestSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('prepare') }),
  z.object({
    kind: z.literal('draw'),
    task: z.enum(['text-to-video', 'image-to-video', 'transition']),
    order: renderOrderSchema,
  }),
  z.object({ kind: z.literal('taken') }),
  z.object({
    kind: z.literal('edit'),
    order: renderOrderSchema,
    width: z.number().int().positive(),
    height: z.number().int().positive(),
  }),
  z.object({
    kind: z.literal('frame'),
    video: z.custom<Uint8Array<ArrayBuffer>>(isVideo).optional(),
    time: z.number(),
    index: z.number().int().nonnegative(),
  }),
])
export type DrawerRequest = z.infer<typeof drawerRequestSchema>
type Told<Kind> = Omit<Extract<DrawerRequest, { kind: Kind }>, 'kind'>
export type DrawerOrder = Told<'draw'>
export type EditOrder = Told<'edit'>
export type EditFrame = Told<'frame'>

export type ClipFacts = { width: number; height: number; fps: number; count: number }

/** What it tells: a clip's facts, then frames as 4:2:0 planes at television range, or why there are none. */
export type DrawerReport =
  | ({ kind: 'opened' } & ClipFacts)
  | { kind: 'frame'; bytes: Uint8Array<ArrayBuffer> }
  | { kind: 'failed'; code: ErrorCode; message: string }
  | { kind: 'defect'; stack: string }
