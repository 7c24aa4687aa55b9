/** Halves a plane by the mean of 2x2; odd last rows and columns are repeated. Target sides: (side + 1) >> 1. */
export const halve = (source: Uint8Array, width: number, height: number, target: Uint8Array): void => {
  const across = (width + 1) >> 1
  const down = (height + 1) >> 1
  const pairs = width >> 1
  for (let y = 0; y < down; y++) {
    let upper = 2 * y * width
    let lower = Math.min(2 * y + 1, height - 1) * width
    const row = y * across
    for (let x = 0; x < pairs; x++) {
      target[row + x] =
        ((source[upper] ?? 0) + (source[upper + 1] ?? 0) + (source[lower] ?? 0) + (source[lower + 1] ?? 0) + 2) >> 2
      upper += 2
      lower += 2
    }
    if (pairs < across) target[row + pairs] = ((source[upper] ?? 0) + (source[lower] ?? 0) + 1) >> 1
  }
}

/** Takes a quarter of a plane by the mean of four samples in each 4x4. Target sides: (side + 3) >> 2. */
export const quarter = (source: Uint8Array, width: number, height: number, target: Uint8Array): void => {
  const across = (width + 3) >> 2
  const down = (height + 3) >> 2
  for (let y = 0; y < down; y++) {
    const upper = Math.min(4 * y + 1, height - 1) * width
    const lower = Math.min(4 * y + 3, height - 1) * width
    for (let x = 0; x < across; x++) {
      const left = Math.min(4 * x + 1, width - 1)
      const right = Math.min(4 * x + 3, width - 1)
      target[y * across + x] =
        ((source[upper + left] ?? 0) +
          (source[upper + right] ?? 0) +
          (source[lower + left] ?? 0) +
          (source[lower + right] ?? 0)) >>
        2
    }
  }
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

/** Two samples between each two of a row, written as one number. */
const twoBetween = (row: Int32Array, pairs: Uint16Array): void => {
  let left = row[0] ?? 0
  for (let x = 0; x < pairs.length; x++) {
    const right = row[x + 1] ?? 0
    const change = right - left
    const value = ((left << 2) + change + 8) | 0
    pairs[x] = (value >> 4) | (((value + (change << 1)) >> 4) << 8)
    left = right
  }
}

const fourOf = (value: number, step: number, shift: number): number =>
  (value >> shift) |
  (((value + step) >> shift) << 8) |
  (((value + (step << 1)) >> shift) << 16) |
  (((value + (step << 1) + step) >> shift) << 24)

/** Four samples between each two of a row. */
const fourBetween = (row: Int32Array, fours: Uint32Array): void => {
  let left = row[0] ?? 0
  for (let x = 0; x < fours.length; x++) {
    const right = row[x + 1] ?? 0
    const change = right - left
    fours[x] = fourOf(((left << 3) + change + 32) | 0, change << 1, 6)
    left = right
  }
}

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

/**
 * Enlarges a plane 2, 4 or 8 times (`power` 1, 2 or 3), bilinear, to `width` x `height`, whose sides divided by that
 * and rounded up are the source's. Each finished row is handed over with the index of its first pixel.
 */
export const createEnlarge = (power: 1 | 2 | 3, width: number, height: number) => {
  const times = 1 << power
  const half = times >> 1
  const fromWidth = (width + times - 1) >> power
  const fromHeight = (height + times - 1) >> power
  const mixed = new Int32Array(fromWidth + 2)
  const row = new Uint8Array((fromWidth + 1) * times)
  const pairs = new Uint16Array(row.buffer)
  const fours = power === 1 ? new Uint32Array() : new Uint32Array(row.buffer)
  const shown = row.subarray(half, half + width)
  return (source: Uint8Array, onRow: (row: Uint8Array, start: number) => void): void => {
    for (let y = 0; y < height; y++) {
      const upper = (y - half) >> power
      const part = 2 * ((y - half) & (times - 1)) + 1
      const below = Math.min(fromHeight - 1, upper + 1) * fromWidth
      between(source, Math.max(0, upper) * fromWidth, below, part, power + 1, mixed)
      if (power === 1) twoBetween(mixed, pairs)
      else if (power === 2) fourBetween(mixed, fours)
      else eightBetween(mixed, fours)
      onRow(shown, y * width)
    }
  }
}
