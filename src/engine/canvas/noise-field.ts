import type { Noise } from './noise.ts'
import { LANE, lane, LENGTH, paintMemory, placeOf } from './paint-memory.ts'

/**
 * Numbers for each of `count` points of the ground, which are given by their x and z: much faster than one by one. They
 * hold until the next call.
 */
export type NoiseField = (xs: Float32Array, zs: Float32Array, count: number) => Float32Array

/** Waves of noise over the ground: so many metres long along x and z, and moved by some of their lengths. */
type Waves = { x: number; z: number; moveX?: number; octaves: number }

/** Brings places into memory unless they are there, and what a kernel makes of them out again. */
const fieldOf = (work: (xs: number, zs: number, to: number, count: number) => void): NoiseField => {
  const found = new Float32Array(LENGTH)
  const placeIn = (numbers: Float32Array, own: Float32Array, count: number): number => {
    if (numbers.buffer === own.buffer) return numbers.byteOffset
    own.set(numbers.subarray(0, count))
    return own.byteOffset
  }
  return (xs, zs, count) => {
    const sums = lane(LANE.noise)
    work(placeIn(xs, lane(LANE.x), count), placeIn(zs, lane(LANE.y), count), sums.byteOffset, count)
    found.set(sums.subarray(0, count))
    return found
  }
}

/** Sums of octaves over the ground (see fbm). */
export const wavesOf = (noise: Noise, { x, z, moveX = 0, octaves }: Waves): NoiseField =>
  fieldOf((xs, zs, to, count) =>
    paintMemory().kernels.octaveSums(placeOf(noise.table), xs, zs, to, count, octaves, 1 / x, 1 / z, moveX),
  )

/**
 * Sharp crests and soft valleys over the ground, 0 to about 1 (after Musgrave's ridged multifractal), themselves bent by
 * slower waves. `wave` is their length in metres.
 */
export const crestsOf = (
  noise: Noise,
  { wave, moveX, octaves }: { wave: number; moveX: number; octaves: number },
): NoiseField =>
  fieldOf((xs, zs, to, count) =>
    paintMemory().kernels.ridgeSums(placeOf(noise.table), xs, zs, to, count, octaves, 1 / wave, moveX / wave),
  )
