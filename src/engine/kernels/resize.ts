/** Halves a plane by the mean of 2x2; odd last rows and columns are repeated. Target sides: (side + 1) >> 1. */
export const halve = (source: Uint8Array, width: number, height: number, target: Uint8Array): void => {
  const across = (width + 1) >> 1
  const down = (height + 1) >> 1
  for (let y = 0; y < down; y++) {
    const upper = 2 * y * width
    const lower = Math.min(2 * y + 1, height - 1) * width
    const row = y * across
    for (let x = 0; x < across; x++) {
      const left = 2 * x
      const right = left + 1 < width ? left + 1 : left
      target[row + x] =
        ((source[upper + left] ?? 0) +
          (source[upper + right] ?? 0) +
          (source[lower + left] ?? 0) +
          (source[lower + right] ?? 0) +
          2) >>
        2
    }
  }
}

/** Scales a plane to another size, bilinear, with the memory and the weights that it needs. */
export const createEnlarge = (fromWidth: number, fromHeight: number, width: number, height: number) => {
  const left = new Int32Array(width)
  const weight = new Int32Array(width)
  for (let x = 0; x < width; x++) {
    const at = Math.min(fromWidth - 1, Math.max(0, ((x + 0.5) * fromWidth) / width - 0.5))
    left[x] = Math.min(Math.max(0, fromWidth - 2), Math.floor(at))
    weight[x] = Math.round((at - (left[x] ?? 0)) * 256)
  }
  const step = fromWidth > 1 ? 1 : 0
  const row = new Int32Array(fromWidth)
  return (source: Uint8Array, target: Uint8Array): void => {
    for (let y = 0; y < height; y++) {
      const at = Math.min(fromHeight - 1, Math.max(0, ((y + 0.5) * fromHeight) / height - 0.5))
      const upper = Math.floor(at)
      const lower = Math.min(fromHeight - 1, upper + 1)
      const part = Math.round((at - upper) * 256)
      for (let x = 0; x < fromWidth; x++) {
        const above = source[upper * fromWidth + x] ?? 0
        row[x] = above * 256 + ((source[lower * fromWidth + x] ?? 0) - above) * part
      }
      const start = y * width
      for (let x = 0; x < width; x++) {
        const index = left[x] ?? 0
        const near = row[index] ?? 0
        target[start + x] = (near * 256 + ((row[index + step] ?? 0) - near) * (weight[x] ?? 0) + 32768) >> 16
      }
    }
  }
}
