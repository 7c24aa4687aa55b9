import type { Noise } from './noise.ts'
import { LANE, lane, LENGTH, paintMemory, placeOf } from './paint-memory.ts'

/**
 * Numbers for each of `count` points of the ground, which are given by their x and z: much faster than one by one. They
 * hold until the next call.
 */
export type Field = (xs: Float32Array, zs: Float32Array, count: number) => Float32Array

/** Waves of noise over the ground: so many metres long along x and z, and moved by some of their lengths. */
export type Waves = { x: number; z: number; moveX?: number; octaves: number }

/** Sums of octaves over the ground (see fbm). */
export const wavesOf = (noise: Noise, waves: Waves): Field => {
  const { x, z, moveX = 0, octaves } = waves
  const found = new Float32Array(LENGTH)
  return (xs, zs, count) => {
    const [px, pz, sums] = [lane(LANE.x), lane(LANE.y), lane(LANE.noise)]
    for (let index = 0; index < count; index++) {
      px[index] = xs[index]! / x + moveX
      pz[index] = zs[index]! / z
    }
    const { kernels } = paintMemory()
    kernels.octaveSums(placeOf(noise.table), px.byteOffset, pz.byteOffset, sums.byteOffset, count, octaves)
    found.set(sums.subarray(0, count))
    return found
  }
}

/**
 * Sharp crests and soft valleys over the ground, 0 to about 1 (after Musgrave's ridged multifractal), themselves bent by
 * slower waves. `wave` is their length in metres.
 */
export const crestsOf = (noise: Noise, crests: { wave: number; moveX: number; octaves: number }): Field => {
  const { wave, moveX, octaves } = crests
  const far = wave / 0.6
  const bends = wavesOf(noise, { x: far, z: far, moveX: (moveX / wave) * 0.6 + 20, octaves: 2 })
  const found = new Float32Array(LENGTH)
  return (xs, zs, count) => {
    const bend = bends(xs, zs, count)
    const [px, pz, sums] = [lane(LANE.x), lane(LANE.y), lane(LANE.noise)]
    for (let index = 0; index < count; index++) {
      px[index] = (xs[index]! + moveX) / wave + bend[index]! * 0.5
      pz[index] = zs[index]! / wave + bend[index]! * 0.3
    }
    const { kernels } = paintMemory()
    kernels.ridgeSums(placeOf(noise.table), px.byteOffset, pz.byteOffset, sums.byteOffset, count, octaves)
    found.set(sums.subarray(0, count))
    return found
  }
}
