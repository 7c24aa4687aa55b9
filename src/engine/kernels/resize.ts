import { enter, kernels, room } from './wasm/kernels.ts'

/** Halves a plane by the mean of 2x2; odd last rows and columns are repeated. Target sides: (side + 1) >> 1. */
export const halve = (source: Uint8Array, width: number, height: number, target: Uint8Array): void => {
  const [place, to] = room(width * height, ((width + 1) >> 1) * ((height + 1) >> 1))
  const from = enter(source, place)
  kernels().halve(from.byteOffset, width, height, to.byteOffset)
  target.set(to)
}

/** The way back, bilinear: `source` has the halves of those sides, rounded up. */
export const double = (source: Uint8Array, width: number, height: number, target: Uint8Array): void => {
  const [from, to, row] = room(source.length, width * height, 2 * width + 256)
  from.set(source)
  const [across, down] = [(width + 1) >> 1, (height + 1) >> 1]
  kernels().double(from.byteOffset, across, down, to.byteOffset, width, height, row.byteOffset)
  target.set(to)
}

/** A row between two rows, `part` of 2^bits from the first, its ends repeated once on both sides. */
const between = (
  source: Uint8Array,
  above: number,
  below: number,
  part: number,
  bits: number,
  into: Int32Array,
): void => {
  const last = into.length - 1
  for (let x = 1; x < last; x++) {
    const first = source[above + x - 1] ?? 0
    into[x] = (first << bits) + Math.imul((source[below + x - 1] ?? 0) - first, part)
  }
  into[0] = into[1] ?? 0
  into[last] = into[last - 1] ?? 0
}

const fourOf = (value: number, step: number, shift: number): number =>
  (value >> shift) |
  (((value + step) >> shift) << 8) |
  (((value + (step << 1)) >> shift) << 16) |
  (((value + (step << 1) + step) >> shift) << 24)

/** Eight samples between each two of a row. */
const eightBetween = (row: Int32Array, fours: Uint32Array): void => {
  let left = row[0] ?? 0
  for (let x = 0; x < fours.length; x += 2) {
    const right = row[(x >> 1) + 1] ?? 0
    const change = right - left
    const value = ((left << 4) + change + 128) | 0
    fours[x] = fourOf(value, change << 1, 8)
    fours[x + 1] = fourOf((value + (change << 3)) | 0, change << 1, 8)
    left = right
  }
}

const POWER = 3
const TIMES = 1 << POWER

/**
 * Enlarges a plane eight times, bilinear, to `width` x `height`, whose sides divided by that and rounded up are the
 * source's. Each finished row is handed over with the index of its first pixel.
 */
export const createEnlarge = (width: number, height: number) => {
  const half = TIMES >> 1
  const fromWidth = (width + TIMES - 1) >> POWER
  const fromHeight = (height + TIMES - 1) >> POWER
  const mixed = new Int32Array(fromWidth + 2)
  const row = new Uint8Array((fromWidth + 1) * TIMES)
  const fours = new Uint32Array(row.buffer)
  const shown = row.subarray(half, half + width)
  return (source: Uint8Array, onRow: (row: Uint8Array, start: number) => void): void => {
    for (let y = 0; y < height; y++) {
      const upper = (y - half) >> POWER
      const part = 2 * ((y - half) & (TIMES - 1)) + 1
      const below = Math.min(fromHeight - 1, upper + 1) * fromWidth
      between(source, Math.max(0, upper) * fromWidth, below, part, POWER + 1, mixed)
      eightBetween(mixed, fours)
      onRow(shown, y * width)
    }
  }
}
