import type { DrawingContext, Paint } from './drawing-context.ts'

type Point = readonly [x: number, y: number]

/**
 * A piece of an outline by its numbers, x and y in turn: two are where a line ends, four a quadratic curve's handle and
 * end, six a cubic curve's handles and end.
 */
type Piece = Point | readonly [...Point, ...Point] | readonly [...Point, ...Point, ...Point]

const traceCurve = (ctx: DrawingContext, [x, y]: Point, pieces: readonly Piece[]): void => {
  ctx.beginPath()
  ctx.moveTo(x, y)
  for (const piece of pieces) {
    if (piece.length === 2) ctx.lineTo(...piece)
    else if (piece.length === 4) ctx.quadraticCurveTo(...piece)
    else ctx.bezierCurveTo(...piece)
  }
}

/** Fills an outline of lines and curves. */
export const fillCurve = (ctx: DrawingContext, paint: Paint, from: Point, ...pieces: readonly Piece[]): void => {
  traceCurve(ctx, from, pieces)
  ctx.fillStyle = paint
  ctx.fill()
}

/** Strokes lines and curves in the context's own colour and width. */
export const strokeCurve = (ctx: DrawingContext, from: Point, ...pieces: readonly Piece[]): void => {
  traceCurve(ctx, from, pieces)
  ctx.stroke()
}

/** Fills a circle about its middle. */
export const fillCircle = (
  ctx: DrawingContext,
  paint: Paint,
  [x, y, radius]: readonly [x: number, y: number, radius: number],
): void => {
  ctx.fillStyle = paint
  ctx.beginPath()
  ctx.arc(x, y, radius, 0, Math.PI * 2)
  ctx.fill()
}

/** Sets what lines are stroked with from here on. */
export const setPen = (ctx: DrawingContext, paint: Paint, width: number, cap = ctx.lineCap): void => {
  ctx.strokeStyle = paint
  ctx.lineWidth = width
  ctx.lineCap = cap
}

/**
 * Draws about another origin, and leaves the context as it was. `turn` in radians, `scale` how long units are then along x
 * and y; what is drawn is scaled before it is turned.
 */
export const drawAt = (
  ctx: DrawingContext,
  at: { x: number; y: number; turn?: number; scale?: Point },
  draw: () => void,
): void => {
  ctx.save()
  ctx.translate(at.x, at.y)
  if (at.turn !== undefined) ctx.rotate(at.turn)
  if (at.scale) ctx.scale(...at.scale)
  draw()
  ctx.restore()
}
