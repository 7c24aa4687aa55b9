/** Bars that tell matrices, ranges and primaries apart: strong, soft and neutral colours, well inside of sRGB. */
export const BARS: readonly (readonly [red: number, green: number, blue: number])[] = [
  [220, 30, 30],
  [30, 200, 40],
  [40, 60, 210],
  [235, 235, 235],
  [20, 20, 20],
  [128, 128, 128],
  [32, 64, 128],
  [192, 96, 32],
  [120, 200, 210],
  [224, 176, 48],
]

/** Draws them side by side, as RGBA. */
export const drawBars = (width: number, height: number): Uint8Array => {
  const data = new Uint8Array(width * height * 4).fill(255)
  for (let pixel = 0; pixel < width * height; pixel++) {
    const bar = BARS[Math.floor(((pixel % width) * BARS.length) / width)]
    if (bar) data.set(bar, pixel * 4)
  }
  return data
}

/** Pixels to each side of a bar's middle that are read: one alone has an encoder's noise. */
const AROUND = 4

/** The mean around the middle of each bar in a picture of any size; `channels` a pixel. */
export const readBars = (data: ArrayLike<number>, width: number, height: number, channels = 4): number[][] =>
  BARS.map((_, bar) => {
    const [left, top] = [Math.floor(((bar + 0.5) * width) / BARS.length) - AROUND, Math.floor(height / 2) - AROUND]
    const sums = [0, 0, 0]
    const side = 2 * AROUND + 1
    for (let pixel = 0; pixel < side * side; pixel++) {
      const at = ((top + Math.floor(pixel / side)) * width + left + (pixel % side)) * channels
      sums.forEach((sum, channel) => (sums[channel] = sum + (data[at + channel] ?? NaN)))
    }
    return sums.map((sum) => sum / (side * side))
  })

/** The most that any channel of any bar is away. */
export const furthest = (some: readonly (readonly number[])[], others: readonly (readonly number[])[]): number =>
  Math.max(
    ...some.flatMap((bar, index) => bar.map((value, channel) => Math.abs(value - (others[index]?.[channel] ?? NaN)))),
  )
