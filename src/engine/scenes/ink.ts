import { Canvas, createCanvas, type Image, ImageData, type SKRSContext2D } from '@napi-rs/canvas'
import { type Bounds, createDirt } from './dirt.ts'
import { followPath, STILL } from './follow-path.ts'

/** How drawn things mix with what is behind them: they cover it, or add their light to it. */
type InkMode = 'cover' | 'light'

type Ink = {
  ctx: SKRSContext2D
  /** What was drawn since the last call, straight RGBA in rectangles, and gone from the canvas then. */
  take: () => { bounds: Bounds; data: Uint8ClampedArray; mode: InkMode }[]
}

const modeOf = (operation: string): InkMode =>
  operation === 'screen' || operation === 'lighter' || operation === 'lighten' ? 'light' : 'cover'

/** A picture is laid as a plate where it is drawn so many times as large, by area, or larger. */
const LEAST = 3

type CanvasImage = Canvas | Image

type Helpers = {
  /** Called when the way of mixing changes while something waits to be taken. */
  before: () => void
  /** Lays a small picture over what was drawn so far, enlarged. */
  enlarge: (
    picture: { width: number; height: number; data: Uint8ClampedArray },
    place: { x: number; y: number; width: number; height: number },
    mode: InkMode,
    alpha: number,
  ) => void
  /** Lays the plate that a canvas is of, so that all of it fills a place; answers whether it is one. */
  plate: (
    canvas: Canvas,
    place: { x: number; y: number; width: number; height: number },
    mode: InkMode,
    alpha: number,
  ) => boolean
}

/**
 * A clear canvas over a frame that knows where it was drawn on. Reading a canvas back costs milliseconds; most figures
 * cover little.
 */
export const createInk = (width: number, height: number, { before, enlarge, plate }: Helpers): Ink => {
  const canvas = createCanvas(width, height)
  const ctx = canvas.getContext('2d')
  const { state, path, boxAt, pass } = followPath(ctx)
  let mode: InkMode = 'cover'
  let drawn = false
  const dirt = createDirt(width, height)

  const mark = ({ left, top, right, bottom }: Bounds, spread = 1): void => {
    const now = modeOf(state.operation)
    if (drawn && now !== mode) before()
    mode = now
    drawn = true
    dirt.mark(left - spread, top - spread, right + spread, bottom + spread)
  }
  /** Half a line's width in pixels, with room for its pointed corners. */
  const line = (): number => {
    const [a, b, c, d] = state.matrix
    return ctx.lineWidth * Math.sqrt(Math.abs(a * d - b * c)) * (ctx.lineJoin === 'miter' ? 2 : 0.6) + 1.5
  }

  /** Whether a picture that is to be drawn was laid as a plate. `numbers` say from where, if that is not all, and where. */
  const enlarges = (image: CanvasImage, numbers: readonly number[]): boolean => {
    const { matrix, clipped, operation } = state
    if (!(image instanceof Canvas) || clipped || matrix[1] !== 0 || matrix[2] !== 0) return false
    const [x = 0, y = 0, wide = 0, tall = 0] = numbers.slice(-4)
    const [fromX = 0, fromY = 0, across = 0, down = 0] =
      numbers.length === 8 ? numbers : [0, 0, image.width, image.height]
    const place = {
      x: matrix[0] * x + matrix[4],
      y: matrix[3] * y + matrix[5],
      width: wide * matrix[0],
      height: tall * matrix[3],
    }
    if (across > place.width * 1.01 || down > place.height * 1.01) return false
    if (numbers.length === 4 && plate(image, place, modeOf(operation), ctx.globalAlpha)) return true
    if (
      across > width ||
      down > height * 2 ||
      across * down * LEAST > Math.min(place.width * place.height, width * height)
    )
      return false
    const { data } = image.getContext('2d').getImageData(fromX, fromY, across, down)
    enlarge({ width: across, height: down, data }, place, modeOf(operation), ctx.globalAlpha)
    return true
  }

  Object.assign(ctx, {
    fill: (...given: unknown[]) => {
      mark(path())
      pass('fill', ...given)
    },
    stroke: (...given: unknown[]) => {
      mark(path(), line())
      pass('stroke', ...given)
    },
    fillRect: (x: number, y: number, wide: number, tall: number) => {
      mark(boxAt(x, y, wide, tall))
      pass('fillRect', x, y, wide, tall)
    },
    strokeRect: (x: number, y: number, wide: number, tall: number) => {
      mark(boxAt(x, y, wide, tall), line())
      pass('strokeRect', x, y, wide, tall)
    },
    drawImage: (image: CanvasImage, ...given: number[]) => {
      const numbers = given.length > 2 ? given : [...given, image.width, image.height]
      if (enlarges(image, numbers)) return
      const [x = 0, y = 0, wide = 0, tall = 0] = numbers.slice(-4)
      mark(boxAt(x, y, wide, tall))
      pass('drawImage', image, ...numbers)
    },
    fillText: (text: string, x: number, y: number) => {
      mark(boxAt(-width, -height, width * 3, height * 3))
      pass('fillText', text, x, y)
    },
  })

  return {
    ctx,
    take: () => {
      if (!drawn) return []
      drawn = false
      const taken = dirt.take().map((bounds) => {
        const { left, top, right, bottom } = bounds
        return { bounds, data: ctx.getImageData(left, top, right - left, bottom - top).data, mode }
      })
      const { clipped, matrix } = state
      if (!clipped) pass('setTransform', ...STILL)
      for (const { bounds } of taken) {
        const { left, top, right, bottom } = bounds
        if (clipped) {
          // A clip's soft edge would leave something behind.
          pass('putImageData', new ImageData(right - left, bottom - top), left, top)
        } else pass('clearRect', left, top, right - left, bottom - top)
      }
      if (!clipped) pass('setTransform', ...matrix)
      return taken
    },
  }
}
