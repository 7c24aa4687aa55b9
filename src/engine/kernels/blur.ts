/** Blurs one plane into another by the mean over a square of side 2·radius + 1; edges are repeated. */
export type Blur = (source: Uint8Array, target: Uint8Array, radius: number) => void

/** A blur for planes of one size, with the memory that it needs. Running sums: its cost does not grow with the radius. */
export const createBlur = (width: number, height: number): Blur => {
  const rows = new Uint8Array(width * height)
  const sums = new Int32Array(width)

  const across = (source: Uint8Array, radius: number): void => {
    const share = Math.round(65536 / (2 * radius + 1))
    const reach = Math.min(radius, width - 1)
    for (let y = 0; y < height; y++) {
      const start = y * width
      const end = start + width - 1
      const first = source[start] ?? 0
      const last = source[end] ?? 0
      let sum = first * (radius + 1)
      for (let x = 1; x <= radius; x++) sum += source[start + Math.min(x, width - 1)] ?? 0
      let x = start
      for (; x <= Math.min(start + reach, end); x++) {
        rows[x] = (sum * share + 32768) >> 16
        sum +=
          (x + radius + 1 <= end ? (source[x + radius + 1] ?? 0) : last) -
          (x - radius > start ? (source[x - radius] ?? 0) : first)
      }
      const inner = end - radius - 1
      for (; x <= inner; x++) {
        rows[x] = (sum * share + 32768) >> 16
        sum += (source[x + radius + 1] ?? 0) - (source[x - radius] ?? 0)
      }
      for (; x <= end; x++) {
        rows[x] = (sum * share + 32768) >> 16
        sum += last - (source[Math.max(start, x - radius)] ?? 0)
      }
    }
  }

  const down = (target: Uint8Array, radius: number): void => {
    const share = Math.round(65536 / (2 * radius + 1))
    const bottom = (height - 1) * width
    for (let x = 0; x < width; x++) sums[x] = (rows[x] ?? 0) * (radius + 1)
    for (let y = 1; y <= radius; y++) {
      const row = Math.min(bottom, y * width)
      for (let x = 0; x < width; x++) sums[x] = (sums[x] ?? 0) + (rows[row + x] ?? 0)
    }
    for (let y = 0; y < height; y++) {
      const here = y * width
      const enters = Math.min(bottom, here + (radius + 1) * width)
      const leaves = Math.max(0, here - radius * width)
      for (let x = 0; x < width; x++) {
        const sum = sums[x] ?? 0
        target[here + x] = (sum * share + 32768) >> 16
        sums[x] = sum + (rows[enters + x] ?? 0) - (rows[leaves + x] ?? 0)
      }
    }
  }

  return (source, target, radius) => {
    across(source, radius)
    down(target, radius)
  }
}
