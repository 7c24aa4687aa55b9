import type { Canvas } from '@napi-rs/canvas'
import type { FrameMemory, Sheet } from './frame-memory.ts'

/** The planes of a sprite, and which share of its rows they are: so many from some row on. The others are clear. */
export type SpriteSheet = { sheet: Sheet; from: number; rows: number }

/**
 * The planes of a sprite in a frame's memory. It must always be drawn in the same way, unless it is `kept`. Its canvas is
 * let go unless it is `kept`, to be drawn as well. It may be made smaller, by so many halvings.
 */
export type SheetOf = (memory: FrameMemory, how: { light: boolean; kept?: boolean; halvings?: number }) => SpriteSheet

/** Sprites by their canvas: who draws that, and does not turn it, can lay the sprite instead. */
const known = new WeakMap<Canvas, SheetOf>()

export const rememberSprite = (canvas: Canvas, sheetOf: SheetOf): void => {
  known.set(canvas, sheetOf)
}

/** How the planes of the sprite are had that a canvas is of. */
export const sheetOfCanvas = (canvas: Canvas): SheetOf | undefined => known.get(canvas)
