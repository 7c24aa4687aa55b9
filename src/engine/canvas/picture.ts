/** RGBA of straight alpha, rows without padding. */
export type Picture = { width: number; height: number; data: Uint8ClampedArray }

/** Rows of a picture that are not wholly clear: first, and one past the last. At least one. */
export const filledRows = ({ width, height, data }: Picture): readonly [number, number] => {
  // Whole pixels at a time, alpha being their last byte and so their highest.
  const pixels = new Uint32Array(data.buffer, data.byteOffset, width * height)
  const clear = (row: number): boolean => {
    for (let index = row * width, end = index + width; index < end; index++) if (pixels[index]! > 0xffffff) return false
    return true
  }
  let first = 0
  while (first < height && clear(first)) first++
  if (first === height) return [0, 1]
  let last = height
  while (last > first && clear(last - 1)) last--
  return [first, last]
}

/** The rows of a picture from one up to another, at least one. */
export const rowsOf = ({ width, data }: Picture, first: number, last: number): Picture => {
  const end = Math.max(first + 1, last)
  return { width, height: end - first, data: data.subarray(first * width * 4, end * width * 4) }
}

/** Half as wide and high, each pixel the mean of four by their alpha. */
export const halved = ({ width, height, data }: Picture): Picture => {
  const [across, down] = [(width + 1) >> 1, (height + 1) >> 1]
  const made = new Uint8ClampedArray(across * down * 4)
  for (let row = 0; row < down; row++)
    for (let column = 0; column < across; column++) {
      const to = (row * across + column) * 4
      let [red, green, blue, alpha] = [0, 0, 0, 0]
      for (let part = 0; part < 4; part++) {
        const x = column * 2 + (part & 1)
        const y = row * 2 + (part >> 1)
        if (x >= width || y >= height) continue
        const at = (y * width + x) * 4
        const own = data[at + 3]!
        red += data[at]! * own
        green += data[at + 1]! * own
        blue += data[at + 2]! * own
        alpha += own
      }
      if (alpha === 0) continue
      made[to] = red / alpha
      made[to + 1] = green / alpha
      made[to + 2] = blue / alpha
      made[to + 3] = alpha / 4
    }
  return { width: across, height: down, data: made }
}
