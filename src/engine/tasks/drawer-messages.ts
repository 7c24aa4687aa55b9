import { z } from 'zod'
import { type ErrorCode } from '../../shared/errors.ts'
import { renderOrderSchema } from '../messages.ts'

export const GENERATIVE_TASKS = ['text-to-video', 'text-to-image', 'image-to-video', 'transition'] as const
export type GenerativeTask = (typeof GENERATIVE_TASKS)[number]

/** Frames that a drawing thread may be ahead of the encoder. */
export const AHEAD = 4

/**
 * What a drawing thread is told: to load its code before there is an order, the order, and that a frame was taken, whose
 * memory comes back to be filled again: left to two garbage collectors, a hundred megabytes of frames pile up at 1080p.
 */
export const drawerRequestSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('prepare') }),
  z.object({
    kind: z.literal('draw'),
    task: z.enum(GENERATIVE_TASKS),
    order: renderOrderSchema,
  }),
  z.object({ kind: z.literal('taken'), bytes: z.instanceof(Uint8Array<ArrayBuffer>) }),
])
export type DrawerRequest = z.infer<typeof drawerRequestSchema>
export type DrawerOrder = Omit<Extract<DrawerRequest, { kind: 'draw' }>, 'kind'>

export type ClipFacts = { width: number; height: number; fps: number; count: number }

/**
 * What it tells: the facts, then a clip's frames as 4:2:0 planes at television range, or a picture as RGBA, or why there
 * are none.
 */
export type DrawerReport =
  | ({ kind: 'opened' } & ClipFacts)
  | { kind: 'frame'; bytes: Uint8Array<ArrayBuffer> }
  | { kind: 'failed'; code: ErrorCode; message: string }
  | { kind: 'defect'; stack: string }
