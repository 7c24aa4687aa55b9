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

/**
 * Enlarges a plane 2, 4 or 8 times (`power` 1, 2 or 3), bilinear, to `width` x `height`, whose sides divided by that
 * and rounded up are the source's. Each finished row is handed over with the index of its first pixel.
 */
export const createEnlarge = (power: 1 | 2 | 3, width: number, height: number) => {
  const times = 1 << power
  const fromWidth = (width + times - 1) >> power
  const fromHeight = (height + times - 1) >> power
  const between = new Int32Array(fromWidth + 2)
  const row = new Uint8Array((fromWidth + 2) * times)
  const half = times >> 1
  const shift = 2 * (power + 1)
  const round = 1 << (shift - 1)
  const shown = row.subarray(half, half + width)
  return (source: Uint8Array, onRow: (row: Uint8Array, start: number) => void): void => {
    for (let y = 0; y < height; y++) {
      const upper = (y - half) >> power
      const part = 2 * ((y - half) & (times - 1)) + 1
      const above = Math.max(0, upper) * fromWidth
      const below = Math.min(fromHeight - 1, upper + 1) * fromWidth
      for (let x = 0; x < fromWidth; x++) {
        const first = source[above + x] ?? 0
        between[x + 1] = first * 2 * times + ((source[below + x] ?? 0) - first) * part
      }
      between[0] = between[1] ?? 0
      between[fromWidth + 1] = between[fromWidth] ?? 0
      let at = 0
      for (let x = 0; x <= fromWidth; x++) {
        const left = between[x] ?? 0
        const change = (between[x + 1] ?? 0) - left
        let value = left * 2 * times + change + round
        // Spelt out, since a loop of two to eight turns costs more than what it does.
        row[at] = value >> shift
        row[at + 1] = (value + 2 * change) >> shift
        if (power === 1) {
          at += 2
          continue
        }
        row[at + 2] = (value + 4 * change) >> shift
        row[at + 3] = (value + 6 * change) >> shift
        at += 4
        if (power === 2) continue
        value += 8 * change
        row[at] = value >> shift
        row[at + 1] = (value + 2 * change) >> shift
        row[at + 2] = (value + 4 * change) >> shift
        row[at + 3] = (value + 6 * change) >> shift
        at += 4
      }
      onRow(shown, y * width)
    }
  }
}
