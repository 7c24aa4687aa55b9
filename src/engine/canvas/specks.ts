import { kernels, room } from '../kernels/wasm/kernels.ts'
import type { Rgb } from '../rgb.ts'
import type { Picture } from './picture.ts'
import { ellipseAt, lineFrom, type SmallShape, writeShape } from './small-shapes.ts'

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
  ellipse: (...place: Parameters<typeof ellipseAt>) => void
  line: (...place: Parameters<typeof lineFrom>) => void
  /** Paints them onto RGBA of straight alpha that shows the frame from `x`, `y` on at a scale. */
  onto: (picture: Picture, at: { x: number; y: number; scale: number }) => void
}

/** Specks that lie over everything, or `atop`: only on what is there already. */
export const createSpecks = (atop = false): Specks => {
  let list = new Float32Array(NUMBERS * 1024)
  let count = 0
  let colour: Rgb = [0, 0, 0]
  let opacity = 1
  const add = (shape: SmallShape): void => {
    const at = count++ * NUMBERS
    if (at === list.length) {
      const longer = new Float32Array(list.length * 2)
      longer.set(list)
      list = longer
    }
    writeShape(list, at, shape)
    list.set(colour, at + 7)
    list[at + 10] = opacity
    list[at + 11] = atop ? 1 : 0
  }
  return {
    paint: (now, alpha) => {
      colour = now
      opacity = alpha
    },
    ellipse: (...place) => add(ellipseAt(...place)),
    line: (...place) => add(lineFrom(...place)),
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
