import { z } from 'zod'
import { type ErrorCode } from '../../shared/errors.ts'
import { renderOrderSchema } from '../messages.ts'

/** Frames that a drawing thread may be ahead of the encoder. */
export const AHEAD = 4

/** What a drawing thread is told: to load its code before there is an order, the order, and that a frame was taken. */
export const drawerRequestSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('prepare') }),
  z.object({
    kind: z.literal('draw'),
    task: z.enum(['text-to-video', 'image-to-video', 'transition']),
    order: renderOrderSchema,
  }),
  z.object({ kind: z.literal('taken') }),
])
export type DrawerRequest = z.infer<typeof drawerRequestSchema>
export type DrawerOrder = Omit<Extract<DrawerRequest, { kind: 'draw' }>, 'kind'>

export type ClipFacts = { width: number; height: number; fps: number; count: number }

/** What it tells: the clip's facts, then its frames as 4:2:0 planes at television range, or why there are none. */
export type DrawerReport =
  | ({ kind: 'opened' } & ClipFacts)
  | { kind: 'frame'; bytes: Uint8Array<ArrayBuffer> }
  | { kind: 'failed'; code: ErrorCode; message: string }
  | { kind: 'defect'; stack: string }
