import { z } from 'zod'
import type { ErrorCode } from '../../shared/errors.ts'
import type { Moved } from '../frames.ts'
import { renderOrderSchema } from '../process/messages.ts'

export const GENERATIVE_TASKS = ['text-to-video', 'text-to-image', 'image-to-video', 'transition'] as const
export type GenerativeTask = (typeof GENERATIVE_TASKS)[number]

/** Frames that a drawing thread may be ahead of the encoder. */
export const AHEAD = 4

const bytesSchema = z.custom<Uint8Array<ArrayBuffer>>(
  (value) => value instanceof Uint8Array && value.buffer instanceof ArrayBuffer,
)

/**
 * What a drawing thread is told: to load its code before there is an order, the order, and that a frame was taken; or the
 * order of an edit and the size of its frames, and then each frame, at its time in seconds. Without `video` that is the
 * picture of the frame before.
 *
 * The memory of frames goes to and fro and is filled again: left to two garbage collectors, a hundred megabytes of them
 * pile up at 1080p.
 */
export const drawerRequestSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('prepare') }),
  z.object({
    kind: z.literal('draw'),
    task: z.enum(GENERATIVE_TASKS),
    order: renderOrderSchema,
  }),
  z.object({ kind: z.literal('taken'), bytes: bytesSchema }),
  z.object({
    kind: z.literal('edit'),
    order: renderOrderSchema,
    width: z.number().int().positive(),
    height: z.number().int().positive(),
  }),
  z.object({
    kind: z.literal('frame'),
    video: bytesSchema.optional(),
    time: z.number(),
    index: z.number().int().nonnegative(),
  }),
])
export type DrawerRequest = z.infer<typeof drawerRequestSchema>
type Told<Kind> = Omit<Extract<DrawerRequest, { kind: Kind }>, 'kind'>
export type DrawerOrder = Told<'draw'>
export type EditOrder = Told<'edit'>
export type EditFrame = Told<'frame'>

export type ClipFacts = { width: number; height: number; fps: number; count: number; moved: Moved | undefined }

/**
 * What it tells: the facts, then a clip's frames as 4:2:0 planes at television range, or a picture as RGBA, or why there
 * are none.
 */
export type DrawerReport =
  | ({ kind: 'opened' } & ClipFacts)
  | { kind: 'frame'; bytes: Uint8Array<ArrayBuffer> }
  | { kind: 'failed'; code: ErrorCode; message: string }
  | { kind: 'defect'; stack: string }
