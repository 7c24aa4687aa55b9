/**
 * The picture that test clips carry: grey, a red block in the upper left corner (so that a turn shows), a green one in
 * the upper right, and the frame's number in eight black or white blocks along the bottom, lowest bit at the left.
 */
const BITS = 8

const GREY = 110
const RED = [220, 30, 30] as const
const GREEN = [30, 200, 40] as const

export const drawMark = (width: number, height: number, number: number): Uint8Array => {
  const data = new Uint8Array(width * height * 4).fill(GREY)
  const block = Math.floor(Math.min(width, height) / 4)
  const cell = width / BITS
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * 4
      data[at + 3] = 255
      const bit = (number >> Math.floor(x / cell)) & 1
      if (y >= height - block) data.fill(bit ? 235 : 20, at, at + 3)
      else if (y < block && x < block) data.set(RED, at)
      else if (y < block && x >= width - block) data.set(GREEN, at)
    }
  return data
}

/** Reads the number back from pixels of any size. */
export const readMark = (data: Uint8Array | Uint8ClampedArray, width: number, height: number): number => {
  const cell = width / BITS
  const y = Math.floor(height - Math.min(width, height) / 8)
  let number = 0
  for (let bit = 0; bit < BITS; bit++) {
    const x = Math.floor((bit + 0.5) * cell)
    if ((data[(y * width + x) * 4 + 1] ?? 0) > 128) number |= 1 << bit
  }
  return number
}
