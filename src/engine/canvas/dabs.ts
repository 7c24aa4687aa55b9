import type { Rgb } from '../rgb.ts'
import { planesOfColour } from './colour.ts'
import type { FrameCanvas } from './frame-canvas.ts'
import { discAt, ellipseAt, lineFrom, type SmallShape, writeShape } from './small-shapes.ts'

/** Numbers of 32 bits to a dab, as assembly/dabs.ts reads them. */
const NUMBERS = 12

/** Small shapes of one kind of mixing, gathered for one frame and then laid by one kernel: a canvas takes ten times as long. */
type Dabs = {
  /** Colour and alpha of what comes next. As light it adds to what is behind, as screening does; otherwise it covers. */
  paint: (colour: Rgb, alpha: number) => void
  disc: (...place: Parameters<typeof discAt>) => void
  ellipse: (...place: Parameters<typeof ellipseAt>) => void
  line: (...place: Parameters<typeof lineFrom>) => void
  /** Lays them over the frame and forgets them. */
  lay: (frameCanvas: FrameCanvas) => void
}

export const createDabs = (most: number, light = false): Dabs => {
  const list = new Float32Array(most * NUMBERS)
  let count = 0
  let [covers, y, u, v, opacity] = [1, 0, 0, 0, 1]
  const add = (shape: SmallShape): void => {
    if (count >= most || opacity <= 0.002) return
    const at = count++ * NUMBERS
    writeShape(list, at, shape)
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
    disc: (...place) => add(discAt(...place)),
    ellipse: (...place) => add(ellipseAt(...place)),
    line: (...place) => add(lineFrom(...place)),
    lay: (frameCanvas) => {
      frameCanvas.dab(list.subarray(0, count * NUMBERS), count)
      count = 0
    },
  }
}
