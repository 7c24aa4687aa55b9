import type { Source } from '../protocol.ts'
import type { Fit } from '../view.ts'

/** What is compared, and how pictures of different size lie over each other. `offsets` are by how much each runs ahead of the playhead, in seconds. */
export type Pair = { reference: Source; other: Source; offsets: { reference: number; other: number }; fit: Fit }

/** To the worker. */
export type Order =
  | { name: 'measure'; pair: Pair }
  /** While something plays: measuring takes every second moment only. */
  | { name: 'ease'; easy: boolean }
  | { name: 'stop' }

/** From the worker: `opened`, `measured` again and again, and one of the last two. */
export type Answer =
  | {
      name: 'opened'
      /** The side whose frames are counted: the reference, unless it is a picture beside a clip. */
      by: 'reference' | 'other'
      /** Frames of that side, and how many of them will be measured. */
      count: number
      total: number
      columns: number
      rows: number
    }
  /** Some frames, their similarity (0 to 1), and their maps one after the other. */
  | { name: 'measured'; frames: Uint32Array; values: Float32Array; maps: Uint8Array }
  /** All is let go of. `openFrames` are decoded frames that were not: 0. */
  | { name: 'ended'; openFrames: number }
  | { name: 'failed'; reason: string }
