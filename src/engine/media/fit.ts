import type { Size } from '../../shared/models/size.ts'

/** A size of the same shape whose long side is at most `side`; never larger than it was. */
export const fittedInside = ({ width, height }: Size, side: number): Size => {
  const scale = Math.min(1, side / Math.max(width, height))
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}

/** The same with even sides, as 4:2:0 video wants them. */
export const fittedEven = (size: Size, side: number): Size => {
  const { width, height } = fittedInside(size, side)
  const even = (length: number): number => Math.max(2, 2 * Math.round(length / 2))
  return { width: even(width), height: even(height) }
}
