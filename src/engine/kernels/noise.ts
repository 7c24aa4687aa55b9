import { kernels, room } from './wasm/kernels.ts'
import { hashText } from '../random.ts'

/** A square of noise that repeats without a seam: side a power of two, values 0 to 255 around 128. */
export type NoiseTile = { side: number; data: Uint8Array }

const stateOf = (seed: number, name: string): number => (seed ^ hashText(name)) >>> 0

/** Noise with a bell's shape, a little larger than a pixel, as film grain is: white noise costs a third more to encode. */
export const grainTile = (seed: number, name: string, side = 512): NoiseTile => {
  const [data, raw] = room(side * side, side * side)
  kernels().grains(data.byteOffset, side, stateOf(seed, name), raw.byteOffset)
  return { side, data: data.slice() }
}

/**
 * Value noise of several octaves, each of half the size and `gain` of the strength: clouds, paper, pigment. `cells` is
 * how many the coarsest has across, at most the side. It takes the whole byte.
 */
export const fractalTile = (
  seed: number,
  name: string,
  options: { side?: number; cells: number; cellsDown?: number; octaves: number; gain?: number },
): NoiseTile => {
  const { side = 512, cells, cellsDown = cells, octaves, gain = 0.5 } = options
  const size = side * side
  const [data, sums, lattice, row] = room(size, size * 4, size * 4, side * 12 + 4)
  const [at, sum, cell, line] = [data.byteOffset, sums.byteOffset, lattice.byteOffset, row.byteOffset]
  kernels().fractal(at, side, cells, cellsDown, octaves, gain, stateOf(seed, name), sum, cell, line)
  return { side, data: data.slice() }
}

export const mix = (from: number, to: number, part: number): number => from + (to - from) * part

/** Hermite's step of a part in 0..1. */
const smooth = (part: number): number => part * part * (3 - 2 * part)

/** 0 below `from`, 1 above `to`, smooth between. */
export const step = (from: number, to: number, value: number): number =>
  smooth(Math.min(1, Math.max(0, (value - from) / (to - from))))
