import { Canvas, createCanvas, type Image, ImageData } from '@napi-rs/canvas'
import { type ContextRecorder, recordContext, IDENTITY } from './context-recorder.ts'
import { type Bounds, createDirtyRegions } from './dirty-regions.ts'
import type { DrawingContext } from './drawing-context.ts'
import type { Rectangle } from './layer-stack.ts'
import { createPathRecorder, type PathRecorder } from './path-recorder.ts'
import type { Picture } from './picture.ts'
import type { Shape, Stroke } from './shapes.ts'

/** How drawn things mix with what is behind them: they cover it, or add their light to it. */
type CanvasMode = 'cover' | 'light'

/** What was drawn in a rectangle of a canvas, straight RGBA. */
type Drawn = { bounds: Bounds; data: Uint8ClampedArray; mode: CanvasMode }

const LIGHT: ReadonlySet<string> = new Set(['screen', 'lighter'])
const modeOf = (operation: string): CanvasMode => (LIGHT.has(operation) ? 'light' : 'cover')
const CAPS = { butt: 0, round: 1, square: 2 } as const
const JOINS = { miter: 0, round: 1, bevel: 2 } as const

/** A picture is laid as a sprite where it is drawn so many times as large, by area, or larger. */
const LEAST = 3

type Box = readonly [left: number, top: number, right: number, bottom: number]

/** The frame that a context draws on. */
type Target = {
  /** Lays what was drawn on the canvas over what was drawn before. */
  lay: (drawn: Drawn) => void
  /** Draws a shape over what was drawn so far. */
  draw: (shape: Shape) => void
  /** Lays a small picture over what was drawn so far, enlarged. */
  enlarge: (picture: Picture, place: Rectangle, mode: CanvasMode, alpha: number) => void
  /** Lays the sprite that a canvas is of, so that all of it fills a place; answers whether it is one. */
  sprite: (canvas: Canvas, place: Rectangle, mode: CanvasMode, alpha: number) => boolean
}

const grown = ([left, top, right, bottom]: Box, by: number): Box => [left - by, top - by, right + by, bottom + by]

/**
 * A clear canvas that knows where it was drawn on: reading it back takes milliseconds. `gather` is called where what waits
 * on it is to be taken first.
 */
const createOverlay = (width: number, height: number, gather: () => void) => {
  const ctx = createCanvas(width, height).getContext('2d')
  const dirty = createDirtyRegions(width, height)
  let mode: CanvasMode = 'cover'
  let drawn = false
  return {
    ctx,
    width,
    height,
    /** Says that something is drawn there next. */
    mark: (box: Box, now: CanvasMode): void => {
      if (drawn && now !== mode) gather()
      mode = now
      drawn = true
      dirty.mark(...box)
    },
    /** Has what waits there taken. */
    clear: (box: Box): void => {
      if (drawn && dirty.touches(...box)) gather()
    },
    /** What was drawn since the last call, and gone from the canvas then. */
    take: (clipped: boolean): Drawn[] => {
      if (!drawn) return []
      drawn = false
      const taken = dirty.take().map((bounds) => {
        const { left, top, right, bottom } = bounds
        return { bounds, data: ctx.getImageData(left, top, right - left, bottom - top).data, mode }
      })
      ctx.setTransform(...IDENTITY)
      for (const { bounds } of taken) {
        const { left, top, right, bottom } = bounds
        // A clip's soft edge would leave something behind.
        if (clipped) ctx.putImageData(new ImageData(right - left, bottom - top), left, top)
        else ctx.clearRect(left, top, right - left, bottom - top)
      }
      return taken
    },
  }
}
type Overlay = ReturnType<typeof createOverlay>

/** Records rectangles, one at a time. */
const createRectangle = () => {
  const path = createPathRecorder()
  return (...place: Parameters<PathRecorder['rect']>): PathRecorder => {
    path.begin()
    path.rect(...place)
    return path
  }
}

/** The calls that fill and stroke: in the frame if that can be, or else on the canvas. */
const pathDrawing = (
  { context, state, path, paintOf, prepare }: ContextRecorder,
  overlay: Overlay,
  draw: Target['draw'],
): Pick<DrawingContext, 'fill' | 'stroke' | 'fillRect' | 'strokeRect'> => {
  const record = createRectangle()
  const strokeOf = (): Stroke => ({
    width: context.lineWidth,
    cap: CAPS[context.lineCap],
    join: JOINS[context.lineJoin],
    limit: context.miterLimit,
  })
  /** Half a line's width in pixels, with room for its pointed corners. */
  const spreadOf = ({ width, join }: Stroke): number => {
    const [a, b, c, d] = state.matrix
    return width * Math.sqrt(Math.abs(a * d - b * c)) * (join === 0 ? 2 : 0.6) + 1.5
  }
  const paint = (shape: PathRecorder, stroke?: Stroke, rule?: 'nonzero' | 'evenodd'): void => {
    const { globalCompositeOperation: operation, globalAlpha: alpha } = context
    const style = paintOf(stroke ? context.strokeStyle : context.fillStyle)
    const mode = modeOf(operation)
    const box = grown(shape.box(state.matrix), stroke ? spreadOf(stroke) : 1)
    if (style && !state.clipped && rule !== 'evenodd' && (mode === 'light' || operation === 'source-over')) {
      overlay.clear(box)
      const { matrix } = state
      draw({ list: shape.list(), points: shape.points(), matrix, paint: style, alpha, light: mode === 'light', stroke })
      return
    }
    overlay.mark(box, mode)
    prepare(shape)
    if (stroke) overlay.ctx.stroke()
    else overlay.ctx.fill(rule)
  }
  return {
    fill: (rule) => paint(path, undefined, rule),
    stroke: () => paint(path, strokeOf()),
    fillRect: (x, y, width, height) => paint(record(x, y, width, height)),
    strokeRect: (x, y, width, height) => paint(record(x, y, width, height), strokeOf()),
  }
}

/** Draws pictures: as sprites if that can be, or else on the canvas. */
const imageDrawing = (
  { context, state, prepare }: ContextRecorder,
  overlay: Overlay,
  { sprite, enlarge }: Target,
): DrawingContext['drawImage'] => {
  const record = createRectangle()
  /** Whether a picture was laid as a sprite. `from` is the part of it that is drawn, if that is not all. */
  const lays = (image: Canvas, to: Rectangle, from?: Rectangle): boolean => {
    const [a, b, c, d, e, f] = state.matrix
    if (state.clipped || b !== 0 || c !== 0) return false
    const place = { x: a * to.x + e, y: d * to.y + f, width: to.width * a, height: to.height * d }
    if (!(place.width > 0 && place.height > 0)) return false
    const mode = modeOf(context.globalCompositeOperation)
    if (!from && sprite(image, place, mode, context.globalAlpha)) return true
    const { x, y, width, height } = from ?? { x: 0, y: 0, width: image.width, height: image.height }
    const isLarge = width > overlay.width || height > overlay.height * 2
    const isReduced = width > place.width * 1.01 || height > place.height * 1.01
    const most = Math.min(place.width * place.height, overlay.width * overlay.height)
    if (isLarge || isReduced || width * height * LEAST > most) return false
    const { data } = image.getContext('2d').getImageData(x, y, width, height)
    enlarge({ width, height, data }, place, mode, context.globalAlpha)
    return true
  }
  return (image: Canvas | Image, ...given: number[]) => {
    const [x = 0, y = 0, width = image.width, height = image.height] = given.length === 8 ? given.slice(4) : given
    const [fromX = 0, fromY = 0, across = 0, down = 0] = given
    const from = given.length === 8 ? { x: fromX, y: fromY, width: across, height: down } : undefined
    if (image instanceof Canvas && lays(image, { x, y, width, height }, from)) return
    overlay.mark(grown(record(x, y, width, height).box(state.matrix), 1), modeOf(context.globalCompositeOperation))
    prepare()
    if (from) overlay.ctx.drawImage(image, fromX, fromY, across, down, x, y, width, height)
    else overlay.ctx.drawImage(image, x, y, width, height)
  }
}

type CanvasContext = {
  ctx: DrawingContext
  /** Sets the context back to how it is at first, as each frame finds it. */
  begin: () => void
  /** Brings what waits on the canvas into the frame. */
  gather: () => void
}

/**
 * The context of a clear canvas over a frame. Shapes of one colour or a plain gradient are drawn in the frame itself. Only
 * what is left is drawn on the canvas: a path takes several times as long on it.
 */
export const createCanvasContext = (width: number, height: number, target: Target): CanvasContext => {
  const gather = (): void => {
    for (const drawn of overlay.take(state.clipped)) target.lay(drawn)
  }
  const overlay = createOverlay(width, height, gather)
  const recorder = recordContext(overlay.ctx)
  const { context, state, path, reset, prepare } = recorder
  const ctx: DrawingContext = Object.assign(context, pathDrawing(recorder, overlay, target.draw), {
    clip: () => {
      state.clipped = true
      prepare(path)
      overlay.ctx.clip()
    },
    drawImage: imageDrawing(recorder, overlay, target),
  })
  return { ctx, begin: reset, gather }
}
