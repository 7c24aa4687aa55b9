import { kernels, room } from '../kernels/wasm/kernels.ts'
import type { Rgb } from '../rgb.ts'

/** Numbers of 32 bits to a speck, as assembly/specks.ts reads them. */
const NUMBERS = 12
/** Rows of pixels that are in the kernels' memory at a time. */
const ROWS = 128

/**
 * Leaves, litter, blades: thousands of small shapes that are painted over a still picture at last, in their order. A
 * canvas takes ten times as long. Places are pixels of the frame, angles radians.
 */
export type Specks = {
  /** Colour and alpha (0 to 1) of what comes next. */
  paint: (colour: Rgb, alpha: number) => void
  ellipse: (x: number, y: number, along: number, across: number, angle: number) => void
  /** A line with round ends. */
  line: (x: number, y: number, toX: number, toY: number, width: number) => void
  /** Paints them onto RGBA of straight alpha that shows the frame from `x`, `y` on at a scale. */
  onto: (
    picture: { width: number; height: number; data: Uint8ClampedArray },
    at: { x: number; y: number; scale: number },
  ) => void
}

/** Specks that lie over everything, or `atop`: only on what is there already. */
export const createSpecks = (atop = false): Specks => {
  let list = new Float32Array(NUMBERS * 1024)
  let count = 0
  let colour: Rgb = [0, 0, 0]
  let opacity = 1
  const add = (x: number, y: number, cos: number, sin: number, half: number, along: number, across: number): void => {
    const at = count++ * NUMBERS
    if (at === list.length) {
      const longer = new Float32Array(list.length * 2)
      longer.set(list)
      list = longer
    }
    list[at] = x
    list[at + 1] = y
    list[at + 2] = cos
    list[at + 3] = sin
    list[at + 4] = half
    list[at + 5] = along
    list[at + 6] = across
    list[at + 7] = colour[0]
    list[at + 8] = colour[1]
    list[at + 9] = colour[2]
    list[at + 10] = opacity
    list[at + 11] = atop ? 1 : 0
  }
  return {
    paint: (now, alpha) => {
      colour = now
      opacity = alpha
    },
    ellipse: (x, y, along, across, angle) => add(x, y, Math.cos(angle), Math.sin(angle), 0, along, across),
    line: (x, y, toX, toY, width) => {
      const long = Math.hypot(toX - x, toY - y)
      const [cos, sin] = long > 0 ? [(toX - x) / long, (toY - y) / long] : [1, 0]
      add((x + toX) / 2, (y + toY) / 2, cos, sin, long / 2, width / 2, width / 2)
    },
    onto: ({ width, height, data }, { x, y, scale }) => {
      if (count === 0) return
      const [pixels, places] = room(width * ROWS * 4, count * NUMBERS * 4)
      const numbers = new Float32Array(places.buffer, places.byteOffset, count * NUMBERS)
      numbers.set(list.subarray(0, count * NUMBERS))
      for (let at = 0; at < numbers.length; at += NUMBERS) {
        numbers[at] = (numbers[at]! - x) * scale
        numbers[at + 1] = (numbers[at + 1]! - y) * scale
        for (let index = at + 4; index < at + 7; index++) numbers[index] = numbers[index]! * scale
      }
      for (let first = 0; first < height; first += ROWS) {
        const part = data.subarray(first * width * 4, Math.min(height, first + ROWS) * width * 4)
        pixels.set(part)
        kernels().specks(pixels.byteOffset, width, part.length / width / 4, places.byteOffset, count, first)
        part.set(pixels.subarray(0, part.length))
      }
    },
  }
}
