import { kernels, room } from '../compiled/kernels.ts'
import type { Curve } from './tone.ts'

/**
 * Prints luma in the tones of a curve, under dots that grow as it gets darker, from none at 184 to nearly closed at 58.
 * `screen` is how late each pixel is reached by its dot, 0 to 255.
 */
export const halftone = (luma: Uint8Array, screen: Uint8Array, tones: Curve): void => {
  const [plane, late, table] = room(luma.length, screen.length, tones.length)
  plane.set(luma)
  late.set(screen)
  table.set(tones)
  kernels().halftone(plane.byteOffset, late.byteOffset, luma.length, table.byteOffset)
  luma.set(plane)
}

/** Strokes that lie all over a sheet, 0 to 255, and how much of their graphite each luma takes. */
type Layer = { strokes: Uint8Array; ink: Curve }

/** Turns luma into white paper, shaded by three layers of strokes. */
export const hatch = (luma: Uint8Array, layers: readonly [Layer, Layer, Layer]): void => {
  const size = (luma.length + 31) & ~15
  const [plane, strokes, tables] = room(luma.length, 3 * size, 3 * 256)
  plane.set(luma)
  for (const [index, layer] of layers.entries()) {
    strokes.set(layer.strokes, index * size)
    tables.set(layer.ink, index * 256)
  }
  kernels().hatch(plane.byteOffset, strokes.byteOffset, size, luma.length, tables.byteOffset)
  luma.set(plane)
}
