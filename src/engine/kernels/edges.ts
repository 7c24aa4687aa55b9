/** Sobel's gradient of a plane, its size halved to fit a byte. Target and source must differ. */
export const edges = (source: Uint8Array, width: number, height: number, target: Uint8Array): void => {
  for (let y = 0; y < height; y++) {
    const up = (y > 0 ? y - 1 : 0) * width
    const here = y * width
    const down = (y < height - 1 ? y + 1 : y) * width
    let a = source[up] ?? 0
    let d = source[here] ?? 0
    let g = source[down] ?? 0
    let b = a
    let h = g
    let middle = d
    for (let x = 0; x < width; x++) {
      const next = x < width - 1 ? x + 1 : x
      const c = source[up + next] ?? 0
      const f = source[here + next] ?? 0
      const i = source[down + next] ?? 0
      const across = c + 2 * f + i - a - 2 * d - g
      const along = g + 2 * h + i - a - 2 * b - c
      const size = (Math.abs(across) + Math.abs(along)) >> 2
      target[here + x] = size > 255 ? 255 : size
      a = b
      b = c
      d = middle
      middle = f
      g = h
      h = i
    }
  }
}
