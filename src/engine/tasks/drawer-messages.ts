import { z } from 'zod'
import { type ErrorCode } from '../../shared/errors.ts'
import { renderOrderSchema } from '../messages.ts'

/** What a drawing thread is started with: the order, and how many frames may wait to be taken. */
export const drawerOrderSchema = z.object({
  task: z.enum(['text-to-video', 'image-to-video', 'transition']),
  order: renderOrderSchema,
  ahead: z.number().int().positive(),
})
export type DrawerOrder = z.infer<typeof drawerOrderSchema>

export type ClipFacts = { width: number; height: number; fps: number; count: number }

/** What it tells: the clip's facts, then its frames as 4:2:0 planes at television range, or why there are none. */
export type DrawerReport =
  | ({ kind: 'opened' } & ClipFacts)
  | { kind: 'frame'; bytes: Uint8Array<ArrayBuffer> }
  | { kind: 'failed'; code: ErrorCode; message: string }
  | { kind: 'defect'; stack: string }
