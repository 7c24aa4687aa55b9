import type { NoiseTile } from './noise.ts'

/**
 * Adds a tile of noise to luma: `strength` levels at the tile's extremes, by luma through `where` (0 to 255, how much of
 * it each luma takes). `x` and `y` move the tile.
 */
export const layNoise = (
  luma: Uint8Array,
  width: number,
  tile: NoiseTile,
  strength: number,
  where: Uint8Array,
  x = 0,
  y = 0,
): void => {
  const mask = tile.side - 1
  const height = luma.length / width
  const part = Math.round((strength * 65536) / (128 * 255))
  for (let row = 0; row < height; row++) {
    const line = ((row + y) & mask) * tile.side
    const start = row * width
    for (let column = 0; column < width; column++) {
      const value = luma[start + column] ?? 0
      const noise = (tile.data[line + ((column + x) & mask)] ?? 128) - 128
      const laid = value + ((noise * (where[value] ?? 0) * part + 32768) >> 16)
      luma[start + column] = laid < 0 ? 0 : laid > 255 ? 255 : laid
    }
  }
}

/** Multiplies a plane by a mask of the same size, 255 leaving it as it is; `zero` is what it falls to. */
export const layMask = (plane: Uint8Array, mask: Uint8Array, zero = 0): void => {
  for (let index = 0; index < plane.length; index++) {
    const value = (plane[index] ?? 0) - zero
    plane[index] = zero + ((value * (mask[index] ?? 0) * 257 + 32768) >> 16)
  }
}

/** Lightens by another plane as light does: 255 - (255 - a)(255 - b·strength)/255. */
export const layLight = (plane: Uint8Array, light: Uint8Array, strength: number): void => {
  const part = Math.round(strength * 257)
  for (let index = 0; index < plane.length; index++) {
    const room = 255 - (plane[index] ?? 0)
    plane[index] = 255 - room + ((room * (light[index] ?? 0) * part) >> 16)
  }
}

/** A mask that darkens towards the corners, 255 in the middle; `amount` is how much is lost in the corners, 0 to 1. */
export const vignette = (width: number, height: number, amount: number, from = 0.45): Uint8Array => {
  const mask = new Uint8Array(width * height)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const across = (2 * x) / width - 1
      const down = (2 * y) / height - 1
      const far = Math.max(0, Math.sqrt((across * across + down * down) / 2) - from) / (1 - from)
      mask[y * width + x] = 255 * (1 - amount * far * far * (3 - 2 * far))
    }
  return mask
}
