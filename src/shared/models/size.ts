import { type Orientation, type Resolution, SIZE_OF } from './fields.ts'

export type Size = { width: number; height: number }

const MIN_SIDE = 16
const MAX_SIDE = 4096

const even = (side: number): number => Math.max(MIN_SIDE, 2 * Math.round(side / 2))

/** The size of something generated from words: the resolution's own, swapped for portrait. */
export const generatedSize = (resolution: Resolution = '720p', orientation: Orientation = 'landscape'): Size => {
  const { width, height } = SIZE_OF[resolution]
  return orientation === 'portrait' ? { width: height, height: width } : { width, height }
}

/**
 * The size of a transformed input: its aspect ratio, about as many pixels as the resolution has, even sides up to 4096
 * and, short of strips narrower than 256 to 1, from 16. A 16:9 input gives the resolution's size exactly.
 */
export const fittedSize = (source: Size, resolution: Resolution = '720p'): Size => {
  const { width, height } = SIZE_OF[resolution]
  // A strip is made smaller as a whole rather than cut or squeezed at its long side.
  const scale = Math.min(
    Math.sqrt((width * height) / (source.width * source.height)),
    MAX_SIDE / Math.max(source.width, source.height),
  )
  return { width: even(source.width * scale), height: even(source.height * scale) }
}
