import type { Rgb } from '../rgb.ts'
import { planesOfColour } from './colour.ts'
import type { FrameCanvas } from './frame-canvas.ts'

/** Numbers of 32 bits to a dab, as assembly/dabs.ts reads them. */
const NUMBERS = 12

/** Small shapes of one kind of mixing, gathered for one frame and then laid by one kernel: a canvas takes ten times as long. */
type Dabs = {
  /** Colour and alpha of what comes next. As light it adds to what is behind, as screening does; otherwise it covers. */
  paint: (colour: Rgb, alpha: number) => void
  disc: (x: number, y: number, radius: number) => void
  ellipse: (x: number, y: number, along: number, across: number, angle: number) => void
  /** A line with round ends. */
  line: (x: number, y: number, toX: number, toY: number, width: number) => void
  /** Lays them over the frame and forgets them. */
  lay: (frameCanvas: FrameCanvas) => void
}

export const createDabs = (most: number, light = false): Dabs => {
  const list = new Float32Array(most * NUMBERS)
  let count = 0
  let [covers, y, u, v, opacity] = [1, 0, 0, 0, 1]
  const add = (
    x: number,
    down: number,
    cos: number,
    sin: number,
    half: number,
    along: number,
    across: number,
  ): void => {
    if (count >= most || opacity <= 0.002) return
    const at = count++ * NUMBERS
    list[at] = x
    list[at + 1] = down
    list[at + 2] = cos
    list[at + 3] = sin
    list[at + 4] = half
    list[at + 5] = along
    list[at + 6] = across
    list[at + 7] = covers
    list[at + 8] = y
    list[at + 9] = u
    list[at + 10] = v
    list[at + 11] = opacity
  }
  return {
    paint: (colour, alpha) => {
      ;[y, u, v] = planesOfColour(colour)
      covers = light ? y / 255 : 1
      if (light) {
        u += 128 * (covers - 1)
        v += 128 * (covers - 1)
      }
      opacity = alpha
    },
    disc: (x, down, radius) => add(x, down, 1, 0, 0, radius, radius),
    ellipse: (x, down, along, across, angle) => add(x, down, Math.cos(angle), Math.sin(angle), 0, along, across),
    line: (x, down, toX, toY, width) => {
      const long = Math.hypot(toX - x, toY - down)
      const [cos, sin] = long > 0 ? [(toX - x) / long, (toY - down) / long] : [1, 0]
      add((x + toX) / 2, (down + toY) / 2, cos, sin, long / 2, width / 2, width / 2)
    },
    lay: (frameCanvas) => {
      frameCanvas.dab(list.subarray(0, count * NUMBERS), count)
      count = 0
    },
  }
}
