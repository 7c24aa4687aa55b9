import type { Size } from './protocol.ts'
import type { View } from './view.ts'

export type Rect = { x: number; y: number; width: number; height: number }

/** Where one side stands on the stage. The unit is the stage's. */
export type Place = {
  side: number
  /** The part of the stage that is the side's own; nothing of it is drawn outside. */
  cell: Rect
  /** Where the whole picture would be drawn: larger than the cell when zoomed in. */
  picture: Rect
  /** What of the cell is drawn on: the cell, or what the wipe's edge leaves of it. */
  clip: Rect
}
