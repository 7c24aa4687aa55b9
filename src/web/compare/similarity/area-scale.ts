/** A part of a picture or a size; whole pixels or parts of them. */
export type Rect = { x: number; y: number; width: number; height: number }

/** One channel among bytes: where its first value is, and how far the next in the row and the next row are. */
export type Channel = { data: Uint8Array | Uint8ClampedArray; offset: number; step: number; stride: number }

/** What part of each pixel, from `first` on, lies between `from` and `to`. */
const eachPart = (from: number, to: number, visit: (pixel: number, part: number) => void) => {
  for (let pixel = Math.floor(from); pixel < to; pixel++) {
    const part = Math.min(to, pixel + 1) - Math.max(from, pixel)
    // What is left of the arithmetic at an edge is not a pixel.
    if (part > 1e-9) visit(pixel, part)
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
  const row = new Float32Array(Math.ceil(x + width - 1e-9) - first)
  for (let to = 0; to < size.height; to++) {
    row.fill(0)
    eachPart(y + to * down, y + (to + 1) * down, (line, part) => {
      const start = offset + line * stride + first * step
      for (let at = 0, from = start; at < row.length; at++, from += step)
        row[at] = (row[at] ?? 0) + part * (data[from] ?? 0)
    })
    for (let at = 0; at < size.width; at++) {
      let sum = 0
      const left = x - first + at * across
      const right = left + across
      for (let pixel = Math.floor(left); pixel < right - 1e-9; pixel++)
        sum += (Math.min(right, pixel + 1) - Math.max(left, pixel)) * (row[pixel] ?? 0)
      scaled[to * size.width + at] = sum / (across * down)
    }
  }
  return scaled
}
