import type { DrawingContext, Paint } from './drawing-context.ts'

// Shapes as data, in place of runs of canvas calls. Paint comes before numbers, as it is set before a path is drawn: where
// both draw random numbers, the order counts. Lists of numbers are flat, x and y in turn.

type Piece = { verb: 'M' | 'L' | 'Q' | 'C' | 'Z'; numbers: readonly number[] }

/** Lines and curves in units of their own. */
export type Path = readonly Piece[]

/** Where the origin of a path lies and how long its unit is, in pixels. `side` -1 mirrors it. */
type Placing = { x: number; y: number; size: number; side?: number }

const UNMOVED: Placing = { x: 0, y: 0, size: 1 }
const LENGTHS = { M: 2, L: 2, Q: 4, C: 6, Z: 0 } as const

const isVerb = (text: string | undefined): text is Piece['verb'] => text !== undefined && text in LENGTHS

/** Reads a path in SVG's notation: M, L, Q, C and Z, each written out, with absolute places. Throws on anything else. */
export const readPath = (text: string): Path =>
  [...text.matchAll(/([A-Z])([^A-Z]*)/g)].map(([piece, verb, rest = '']) => {
    const numbers =
      rest.trim() === ''
        ? []
        : rest
            .trim()
            .split(/[\s,]+/)
            .map(Number)
    if (!isVerb(verb) || numbers.length !== LENGTHS[verb] || numbers.some(Number.isNaN))
      throw new Error(`"${piece}" is no part of a path.`)
    return { verb, numbers }
  })

/** Adds lines and curves to the context's path. */
export const tracePath = (ctx: DrawingContext, path: Path, at: Placing = UNMOVED): void => {
  const across = at.size * (at.side ?? 1)
  for (const { verb, numbers } of path) {
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = numbers.map((value, index) =>
      index % 2 ? at.y + at.size * value : at.x + across * value,
    )
    if (verb === 'M') ctx.moveTo(a, b)
    else if (verb === 'L') ctx.lineTo(a, b)
    else if (verb === 'Q') ctx.quadraticCurveTo(a, b, c, d)
    else if (verb === 'C') ctx.bezierCurveTo(a, b, c, d, e, f)
    else ctx.closePath()
  }
}

/** Fills a path. */
export const fillPath = (ctx: DrawingContext, paint: Paint, path: Path, at?: Placing): void => {
  ctx.fillStyle = paint
  ctx.beginPath()
  tracePath(ctx, path, at)
  ctx.fill()
}

/** Strokes a path in the context's own colour and width. */
export const strokePath = (ctx: DrawingContext, path: Path, at?: Placing): void => {
  ctx.beginPath()
  tracePath(ctx, path, at)
  ctx.stroke()
}

const traceLine = (ctx: DrawingContext, points: readonly number[]): void => {
  ctx.beginPath()
  ctx.moveTo(points[0]!, points[1]!)
  for (let index = 2; index < points.length; index += 2) ctx.lineTo(points[index]!, points[index + 1]!)
}

/** Fills a closed shape through points. */
export const fillPolygon = (ctx: DrawingContext, paint: Paint, points: readonly number[]): void => {
  traceLine(ctx, points)
  ctx.closePath()
  ctx.fillStyle = paint
  ctx.fill()
}

/** Strokes a line through points in the context's own colour. */
export const strokeLine = (ctx: DrawingContext, points: readonly number[], width = ctx.lineWidth): void => {
  ctx.lineWidth = width
  traceLine(ctx, points)
  ctx.stroke()
}

type Oval = readonly [x: number, y: number, across: number, down: number, turn?: number]

/** Fills an ellipse about its middle. */
export const fillEllipse = (ctx: DrawingContext, paint: Paint, [x, y, across, down, turn = 0]: Oval): void => {
  ctx.fillStyle = paint
  ctx.beginPath()
  ctx.ellipse(x, y, across, down, turn, 0, Math.PI * 2)
  ctx.fill()
}

/** Strokes an ellipse in the context's own colour and width. */
export const strokeEllipse = (ctx: DrawingContext, [x, y, across, down, turn = 0]: Oval): void => {
  ctx.beginPath()
  ctx.ellipse(x, y, across, down, turn, 0, Math.PI * 2)
  ctx.stroke()
}

/** Fills a rectangle. */
export const fillRectangle = (
  ctx: DrawingContext,
  paint: Paint,
  [x, y, width, height]: readonly [x: number, y: number, width: number, height: number],
): void => {
  ctx.fillStyle = paint
  ctx.fillRect(x, y, width, height)
}

/** Fills a rectangle with round corners. */
export const fillRounded = (
  ctx: DrawingContext,
  paint: Paint,
  [x, y, width, height, radius]: readonly [x: number, y: number, width: number, height: number, radius: number],
): void => {
  ctx.fillStyle = paint
  ctx.beginPath()
  ctx.roundRect(x, y, width, height, radius)
  ctx.fill()
}
