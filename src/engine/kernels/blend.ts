import { inPlace, kernels } from './wasm/kernels.ts'
import type { NoiseTile } from './noise.ts'

/** Which lumas take noise, and how much of it, 0 to 255. */
export type Where = 'everywhere' | 'middle' | Uint8Array

/** What a kernel takes for `strength` levels of noise at a tile's extremes. */
export const noisePart = (strength: number): number => Math.round((strength * 65536) / (128 * 255))

/**
 * Adds a tile of noise to luma: `strength` levels at the tile's extremes, by luma through `where` (0 to 255, how much of
 * it each luma takes), most in the mid-tones, or the same everywhere. `x` and `y` move the tile.
 */
export const addNoise = (
  luma: Uint8Array,
  width: number,
  tile: NoiseTile,
  strength: number,
  where: Where,
  x = 0,
  y = 0,
): void => {
  const part = noisePart(strength)
  inPlace(luma, [tile.data, typeof where === 'string' ? 0 : where], (plane, noise, table) => {
    const taken = where === 'everywhere' ? 0 : where === 'middle' ? 1 : table
    kernels().layNoise(plane, width, luma.length / width, noise, tile.side, part, taken, x, y)
  })
}

/** Multiplies a plane by a mask of the same size, 255 leaving it as it is; `zero` is what it falls to. */
export const multiplyBy = (plane: Uint8Array, mask: Uint8Array, zero = 0): void => {
  inPlace(plane, [mask], (laid, keep) => kernels().layMask(laid, keep, plane.length, zero))
}

/** Lightens by another plane as light does: 255 - (255 - a)(255 - b·strength)/255. */
export const screenWith = (plane: Uint8Array, light: Uint8Array, strength: number): void => {
  inPlace(plane, [light], (laid, lights) => kernels().layLight(laid, lights, plane.length, Math.round(strength * 257)))
}

/**
 * Multiplies by ink: a plane of 255 for none and 0 for all of it. `floor` (of 256) is what the deepest ink leaves,
 * `gain` what no ink adds to it; both together are 256 or a little more.
 */
export const layInk = (plane: Uint8Array, ink: Uint8Array, floor: number, gain: number): void => {
  inPlace(plane, [ink], (laid, dark) => kernels().inked(laid, dark, plane.length, floor, gain))
}

/** Takes one plane from another. */
export const subtract = (plane: Uint8Array, other: Uint8Array): void => {
  inPlace(plane, [other], (from, take) => kernels().subtract(from, take, plane.length))
}

/** A mask that darkens towards the corners, 255 in the middle; `amount` is how much is lost in the corners, 0 to 1. */
export const vignette = (width: number, height: number, amount: number, from = 0.45): Uint8Array => {
  const mask = new Uint8Array(width * height)
  for (let y = 0; y < (height + 1) >> 1; y++) {
    const upper = mask.subarray(y * width, (y + 1) * width)
    const down = 1 - (2 * y) / height
    for (let x = 0; x < (width + 1) >> 1; x++) {
      const across = 1 - (2 * x) / width
      const far = Math.max(0, Math.sqrt((across * across + down * down) / 2) - from) / (1 - from)
      upper[x] = upper[width - 1 - x] = 255 * (1 - amount * far * far * (3 - 2 * far))
    }
    mask.set(upper, (height - 1 - y) * width)
  }
  return mask
}
