import type { Pixels } from '../frames.ts'

/** RGB, 3 bytes a pixel, of a picture made small. */
export type Small = { width: number; height: number; rgb: Float32Array }

/** Shrinks RGBA by the mean of each cell: grain and the rounding of a kernel do not survive it. */
export const shrink = ({ width, height, data }: Pixels, across: number, down: number): Small => {
  const rgb = new Float32Array(across * down * 3)
  const counts = new Float32Array(across * down)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const cell = Math.floor((y * down) / height) * across + Math.floor((x * across) / width)
      for (let channel = 0; channel < 3; channel++) rgb[cell * 3 + channel]! += data[(y * width + x) * 4 + channel]!
      counts[cell]!++
    }
  for (let index = 0; index < rgb.length; index++) rgb[index]! /= counts[Math.floor(index / 3)]!
  return { width: across, height: down, rgb }
}

const lumaOf = ({ rgb }: Small): Float32Array =>
  Float32Array.from(
    { length: rgb.length / 3 },
    (_, index) => 0.2126 * rgb[index * 3]! + 0.7152 * rgb[index * 3 + 1]! + 0.0722 * rgb[index * 3 + 2]!,
  )

const SIDE = 8

/** Mean structural similarity of two small pictures' luma, in windows of 8 by 8 (Wang et al., 2004): 1 is the same. */
export const similarity = (one: Small, other: Small): number => {
  const a = lumaOf(one)
  const b = lumaOf(other)
  let sum = 0
  let windows = 0
  for (let top = 0; top + SIDE <= one.height; top += SIDE / 2)
    for (let left = 0; left + SIDE <= one.width; left += SIDE / 2) {
      let sumA = 0
      let sumB = 0
      let squaresA = 0
      let squaresB = 0
      let products = 0
      for (let y = top; y < top + SIDE; y++)
        for (let x = left; x < left + SIDE; x++) {
          const p = a[y * one.width + x]!
          const q = b[y * one.width + x]!
          sumA += p
          sumB += q
          squaresA += p * p
          squaresB += q * q
          products += p * q
        }
      const count = SIDE * SIDE
      const meanA = sumA / count
      const meanB = sumB / count
      const spreadA = squaresA / count - meanA * meanA
      const spreadB = squaresB / count - meanB * meanB
      const together = products / count - meanA * meanB
      sum +=
        ((2 * meanA * meanB + 6.5) * (2 * together + 58.5)) /
        ((meanA * meanA + meanB * meanB + 6.5) * (spreadA + spreadB + 58.5))
      windows++
    }
  return sum / windows
}

/** Mean distance of two small pictures in colour, in levels a channel. */
export const colourDistance = (one: Small, other: Small): number =>
  one.rgb.reduce((sum, value, index) => sum + Math.abs(value - other.rgb[index]!), 0) / one.rgb.length

/**
 * A perceptual hash: for luma and for two differences of colour, whether each cell of 9 by 8 is more than its right
 * neighbour. 192 bits.
 */
export const hashOf = (pixels: Pixels): Uint8Array => {
  const { rgb } = shrink(pixels, 9, 8)
  const bits = new Uint8Array(192)
  for (let cell = 0, bit = 0; cell < 72; cell++) {
    if (cell % 9 === 8) continue
    const [red, green, blue] = [0, 1, 2].map((channel) => rgb[cell * 3 + channel]! - rgb[cell * 3 + 3 + channel]!)
    const changes = [red! * 0.3 + green! * 0.6 + blue! * 0.1, red! - blue!, green! - (red! + blue!) / 2]
    for (const change of changes) bits[bit++] = change > 0.4 ? 1 : 0
  }
  return bits
}

/** In how many bits two hashes differ. */
export const bitsApart = (one: Uint8Array, other: Uint8Array): number =>
  one.reduce((sum, bit, index) => sum + (bit === other[index] ? 0 : 1), 0)
