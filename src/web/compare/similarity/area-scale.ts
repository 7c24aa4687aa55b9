import type { Rect } from '../geometry.ts'

/** One channel among bytes: where its first value is, and how far the next in the row and the next row are. */
export type Channel = { data: Uint8Array | Uint8ClampedArray; offset: number; step: number; stride: number }

/** What is left of the arithmetic at an edge is not a pixel. */
const EPSILON = 1e-9

/** Adds so much of a line to a row. A function of its own, for this is where the time goes. */
const addLine = (row: Float64Array, data: Channel['data'], start: number, step: number, part: number): void => {
  for (let at = 0, from = start; at < row.length; at++, from += step)
    row[at] = (row[at] ?? 0) + part * (data[from] ?? 0)
}

/** The sum of every stretch of `across` values, the first of which begins at `left`, over `area`, into all of `scaled`. */
const shrinkRow = (row: Float64Array, scaled: Float32Array, left: number, across: number, area: number): void => {
  for (let at = 0; at < scaled.length; at++) {
    const from = left + at * across
    const end = from + across
    let sum = 0
    for (let pixel = Math.floor(from); pixel < end - EPSILON; pixel++)
      sum += (Math.min(end, pixel + 1) - Math.max(from, pixel)) * (row[pixel] ?? 0)
    scaled[at] = sum / area
  }
}

/**
 * A part of a channel at another size. Every new pixel is the mean of the area that it stands for, so that nothing of
 * the picture is left out, however small it becomes.
 */
export const scaleArea = (
  { data, offset, step, stride }: Channel,
  { x, y, width, height }: Rect,
  size: { width: number; height: number },
): Float32Array => {
  const scaled = new Float32Array(size.width * size.height)
  const across = width / size.width
  const down = height / size.height
  const first = Math.floor(x)
  const row = new Float64Array(Math.ceil(x + width - EPSILON) - first)
  for (let to = 0; to < size.height; to++) {
    row.fill(0)
    const top = y + to * down
    const bottom = top + down
    for (let line = Math.floor(top); line < bottom - EPSILON; line++) {
      const part = Math.min(bottom, line + 1) - Math.max(top, line)
      if (part > EPSILON) addLine(row, data, offset + line * stride + first * step, step, part)
    }
    shrinkRow(row, scaled.subarray(to * size.width, (to + 1) * size.width), x - first, across, across * down)
  }
  return scaled
}
