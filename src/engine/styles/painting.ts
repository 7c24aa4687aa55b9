import { createPaint } from '../kernels/paint.ts'
import type { Planes } from '../media/planes.ts'
import type { Studio } from './studio.ts'

/**
 * Lays the picture down in patches of paint, by a brush of so many pixels at 720p, and by a share (0 to 1) finer near
 * skin. Answers where that is, see {@link createPaint}.
 */
export const painted = (studio: Studio, size: number, keep = 0): ((planes: Planes) => Uint8Array) => {
  const paint = createPaint(studio)
  return (planes) => paint(planes, size * studio.unit, keep)
}
