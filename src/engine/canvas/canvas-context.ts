import { Canvas, createCanvas, type Image, ImageData, type SKRSContext2D } from '@napi-rs/canvas'
import { type Bounds, createDirtyRegions } from './dirty-regions.ts'
import { recordContext, STILL } from './context-recorder.ts'
import { createPathRecorder, type PathRecorder } from './path-recorder.ts'
import type { Shape, Stroke } from './shapes.ts'

/** How drawn things mix with what is behind them: they cover it, or add their light to it. */
type CanvasMode = 'cover' | 'light'

type CanvasContext = {
  ctx: SKRSContext2D
  /** Sets the context back to how it is at first, as each frame finds it. */
  begin: () => void
  /** What was drawn on the canvas since the last call, straight RGBA in rectangles, and gone from the canvas then. */
  take: () => { bounds: Bounds; data: Uint8ClampedArray; mode: CanvasMode }[]
}

const LIGHT: ReadonlySet<string> = new Set(['screen', 'lighter', 'lighten'])
const modeOf = (operation: string): CanvasMode => (LIGHT.has(operation) ? 'light' : 'cover')
const CAPS = { butt: 0, round: 1, square: 2 } as const
const JOINS = { miter: 0, round: 1, bevel: 2 } as const

/** A picture is laid as a sprite where it is drawn so many times as large, by area, or larger. */
const LEAST = 3

type CanvasImage = Canvas | Image
type Place = { x: number; y: number; width: number; height: number }
type Box = readonly [left: number, top: number, right: number, bottom: number]

type Helpers = {
  /** Brings in what waits on the canvas. */
  before: () => void
  /** Draws a shape over what was drawn so far. */
  draw: (shape: Shape) => void
  /** Lays a small picture over what was drawn so far, enlarged. */
  enlarge: (
    picture: { width: number; height: number; data: Uint8ClampedArray },
    place: Place,
    mode: CanvasMode,
    alpha: number,
  ) => void
  /** Lays the sprite that a canvas is of, so that all of it fills a place; answers whether it is one. */
  sprite: (canvas: Canvas, place: Place, mode: CanvasMode, alpha: number) => boolean
}

/**
 * The context of a clear canvas over a frame. Shapes of one colour or a plain gradient are drawn in the frame itself. Only
 * what is left is drawn on the canvas, which knows where: a path takes several times as long on it, and reading it back
 * takes milliseconds.
 */
export const createCanvasContext = (
  width: number,
  height: number,
  { before, draw, enlarge, sprite }: Helpers,
): CanvasContext => {
  const canvas = createCanvas(width, height)
  const ctx = canvas.getContext('2d')
  const { state, path, reset, paintOf, pass, prepare } = recordContext(ctx)
  const other = createPathRecorder()
  const dirty = createDirtyRegions(width, height)
  let mode: CanvasMode = 'cover'
  let drawn = false

  const mark = ([left, top, right, bottom]: Box, spread = 1): void => {
    const now = modeOf(state.globalCompositeOperation)
    if (drawn && now !== mode) before()
    mode = now
    drawn = true
    dirty.mark(left - spread, top - spread, right + spread, bottom + spread)
  }
  const boxed = (x: number, y: number, wide: number, tall: number): PathRecorder => {
    other.begin()
    other.rect(x, y, wide, tall)
    return other
  }
  /** Half a line's width in pixels, with room for its pointed corners. */
  const spreadOf = ({ width: wide, join }: Stroke): number => {
    const [a, b, c, d] = state.matrix
    return wide * Math.sqrt(Math.abs(a * d - b * c)) * (join === 0 ? 2 : 0.6) + 1.5
  }

  /** Fills or strokes a path, in the frame if that can be. */
  const lay = (shape: PathRecorder, stroke?: Stroke, rule?: unknown): void => {
    const { globalCompositeOperation: operation, matrix, globalAlpha: alpha } = state
    const paint = paintOf(stroke ? state.strokeStyle : state.fillStyle)
    const light = LIGHT.has(operation)
    const spread = stroke ? spreadOf(stroke) : 1
    if (paint && !state.clipped && rule !== 'evenodd' && (light || operation === 'source-over')) {
      if (drawn) {
        const [left, top, right, bottom] = shape.box(matrix)
        if (dirty.touches(left - spread, top - spread, right + spread, bottom + spread)) before()
      }
      draw({ list: shape.list(), points: shape.points(), matrix, paint, alpha, light, stroke })
      return
    }
    mark(shape.box(matrix), spread)
    prepare(shape)
    if (stroke) pass('stroke')
    else pass('fill', ...(rule === undefined ? [] : [rule]))
  }
  const strokeOf = (): Stroke => ({
    width: state.lineWidth,
    cap: CAPS[state.lineCap],
    join: JOINS[state.lineJoin],
    limit: state.miterLimit,
  })

  /** Whether a picture that is to be drawn was laid as a sprite. `numbers` say from where, if that is not all, and where. */
  const enlarges = (image: CanvasImage, numbers: readonly number[]): boolean => {
    const { matrix, clipped, globalAlpha } = state
    const how = modeOf(state.globalCompositeOperation)
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
    if (!(place.width > 0 && place.height > 0)) return false
    if (numbers.length === 4 && sprite(image, place, how, globalAlpha)) return true
    if (
      across > place.width * 1.01 ||
      down > place.height * 1.01 ||
      across > width ||
      down > height * 2 ||
      across * down * LEAST > Math.min(place.width * place.height, width * height)
    )
      return false
    const { data } = image.getContext('2d').getImageData(fromX, fromY, across, down)
    enlarge({ width: across, height: down, data }, place, how, globalAlpha)
    return true
  }

  Object.assign(ctx, {
    fill: (rule?: unknown) => lay(path, undefined, rule),
    stroke: () => lay(path, strokeOf()),
    fillRect: (x: number, y: number, wide: number, tall: number) => lay(boxed(x, y, wide, tall)),
    strokeRect: (x: number, y: number, wide: number, tall: number) => lay(boxed(x, y, wide, tall), strokeOf()),
    clip: () => {
      state.clipped = true
      prepare(path)
      pass('clip')
    },
    drawImage: (image: CanvasImage, ...given: number[]) => {
      const numbers = given.length > 2 ? given : [...given, image.width, image.height]
      if (enlarges(image, numbers)) return
      const [x = 0, y = 0, wide = 0, tall = 0] = numbers.slice(-4)
      mark(boxed(x, y, wide, tall).box(state.matrix))
      prepare()
      pass('drawImage', image, ...numbers)
    },
    fillText: (text: string, x: number, y: number) => {
      mark([0, 0, width, height])
      prepare()
      pass('fillText', text, x, y)
    },
  })

  return {
    ctx,
    begin: reset,
    take: () => {
      if (!drawn) return []
      drawn = false
      const taken = dirty.take().map((bounds) => {
        const { left, top, right, bottom } = bounds
        return { bounds, data: ctx.getImageData(left, top, right - left, bottom - top).data, mode }
      })
      pass('setTransform', ...STILL)
      for (const { bounds } of taken) {
        const { left, top, right, bottom } = bounds
        // A clip's soft edge would leave something behind.
        if (state.clipped) pass('putImageData', new ImageData(right - left, bottom - top), left, top)
        else pass('clearRect', left, top, right - left, bottom - top)
      }
      return taken
    },
  }
}
