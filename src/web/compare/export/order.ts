import type { HeatMap, Range, Size, Source, Viewport } from '../protocol.ts'
import type { View } from '../view.ts'

/** What the file shows: the view as it is set, all its sides beside each other, or a wipe whose edge moves. */
export const LAYOUTS = ['seen', 'side-by-side', 'moving-wipe'] as const
export type Layout = (typeof LAYOUTS)[number]

export const FORMATS = ['mp4', 'webm', 'gif', 'png'] as const
export type Format = (typeof FORMATS)[number]

/** One export, told in full: nothing of it changes with the page afterwards. Times are seconds, sides are indices. */
export type ExportOrder = {
  sources: readonly Source[]
  layout: Layout
  format: Format
  view: View
  /** The viewport on screen, which decides about the columns of a grid. Device pixels. */
  screen: Viewport
  /** By how much each side runs ahead of the playhead. */
  offsets: readonly number[]
  /** The part to take; null for all of it. */
  range: Range | null
  /** The playhead: what a still shows. */
  time: number
  /** The sides' names, by side, to be burnt in; null for none. */
  labels: readonly string[] | null
  /** The side whose sound goes along. */
  sound: number | null
  heat: HeatMap | null
  /** The width of a GIF, at most. Pixels. */
  gifWidth: number
}

export type Exported = {
  blob: Blob
  size: Size
  /** Null for a still. */
  fps: number | null
  frames: number
  /** What is otherwise than one might expect, in whole sentences. */
  notes: readonly string[]
  /** Decoded frames that were still open when everything was closed: 0. */
  openFrames: number
}

export type ExportCommand = { name: 'start'; order: ExportOrder } | { name: 'cancel' }

export type ExportReport =
  | { name: 'progress'; done: number }
  | { name: 'done'; exported: Exported }
  /** `reason` says what happened and what to do, in whole sentences. */
  | { name: 'failed'; reason: string }
  | { name: 'cancelled'; openFrames: number }
