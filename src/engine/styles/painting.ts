import { createPaint } from '../kernels/paint.ts'
import type { Pass, Studio } from './studio.ts'

/** Lays the picture down in patches of paint, by a brush of so many pixels at 720p. */
export const painted = (studio: Studio, size: number): Pass => {
  const paint = createPaint(studio)
  return (planes) => paint(planes, size * studio.unit)
}
