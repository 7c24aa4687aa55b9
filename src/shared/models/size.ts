import { type Orientation, type Resolution, SIZE_OF } from './fields.ts'

export type Size = { width: number; height: number }

const MIN_SIDE = 16
const MAX_SIDE = 4096

const even = (side: number): number => Math.min(MAX_SIDE, Math.max(MIN_SIDE, 2 * Math.round(side / 2)))

/** The size of something generated from words: the resolution's own, swapped for portrait. */
export const generatedSize = (resolution: Resolution = '720p', orientation: Orientation = 'landscape'): Size => {
  const { width, height } = SIZE_OF[resolution]
  return orientation === 'portrait' ? { width: height, height: width } : { width, height }
}

/**
 * The size of a transformed input: its aspect ratio, about as many pixels as the resolution has, even sides between 16
 * and 4096. A 16:9 input gives the resolution's size exactly.
 */
export const fittedSize = (source: Size, resolution: Resolution = '720p'): Size => {
  const { width, height } = SIZE_OF[resolution]
  const scale = Math.sqrt((width * height) / (source.width * source.height))
  return { width: even(source.width * scale), height: even(source.height * scale) }
}
