import type { Rgb } from '../rgb.ts'
import { planesOfColour } from './colour.ts'
import type { Matrix } from './path-recorder.ts'

/** A colour and how opaque it is, 0 to 1. */
export type PaintColour = { colour: Rgb; alpha: number }
/** Colours along a line or around a point, in the units of what is painted. */
export type Gradient = {
  /** From 0 at one point to 1 at another; with radii, from one circle to another that holds it. */
  shape: { x: number; y: number; toX: number; toY: number; radii?: readonly [from: number, to: number] }
  stops: { at: number; paint: PaintColour }[]
}

const HEX = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i
const FUNCTION = /^rgba?\(([\d.]+),\s?([\d.]+),\s?([\d.]+)(?:,\s?([\d.]+))?\)$/
/** Words that were read; forgotten when there are too many, as of colours that change with each frame. */
const known = new Map<string, PaintColour | undefined>()
const MOST_KNOWN = 2000

const read = (word: string): PaintColour | undefined => {
  const hex = HEX.exec(word)
  if (hex) {
    const [red = 0, green = 0, blue = 0] = hex.slice(1).map((part) => parseInt(part, 16))
    return { colour: [red, green, blue], alpha: 1 }
  }
  const given = FUNCTION.exec(word)
  if (!given) return undefined
  const [red = 0, green = 0, blue = 0] = given.slice(1, 4).map((part) => Math.min(255, Number(part)))
  return { colour: [red, green, blue], alpha: given[4] === undefined ? 1 : Math.min(1, Number(given[4])) }
}

/** A colour as scenes write them: #rrggbb, rgb() or rgba() with commas. Others are not known here. */
export const readPaint = (word: string): PaintColour | undefined => {
  const before = known.get(word)
  if (before) return before
  const paint = read(word)
  if (known.size > MOST_KNOWN) known.clear()
  known.set(word, paint)
  return paint
}

/** Colours that a gradient is read in. */
export const STEPS = 256

/**
 * Writes a gradient in {@link STEPS} even steps, four bytes each: planes of its colours, and its alpha times another. It
 * is mixed as a canvas mixes it, colours and alpha each by itself.
 */
export const writeSteps = ({ stops }: Gradient, alpha: number, to: Uint8ClampedArray): void => {
  const sorted = stops.toSorted((a, b) => a.at - b.at)
  let step = 0
  let before: readonly [number, number, number, number] = [0, 0, 0, 0]
  let at = 0
  sorted.forEach((stop, index) => {
    const [y, u, v] = planesOfColour(stop.paint.colour)
    const now = [y, u, v, stop.paint.alpha * alpha * 255] as const
    if (index === 0) before = now
    const end = index === sorted.length - 1 ? STEPS : Math.min(STEPS, Math.floor(stop.at * (STEPS - 1)) + 1)
    const per = stop.at > at ? 1 / (stop.at - at) : 0
    for (; step < end; step++) {
      const share = per === 0 ? 1 : Math.min(1, Math.max(0, (step / (STEPS - 1) - at) * per))
      to[step * 4] = before[0] + (now[0] - before[0]) * share
      to[step * 4 + 1] = before[1] + (now[1] - before[1]) * share
      to[step * 4 + 2] = before[2] + (now[2] - before[2]) * share
      to[step * 4 + 3] = before[3] + (now[3] - before[3]) * share
    }
    before = now
    at = stop.at
  })
}

/**
 * What turns a frame's positions into steps of a gradient, as assembly/fill.ts reads it: its kind, two places (each a, b
 * and c of a·x + b·y + c), and the numbers of two circles. Nothing where the gradient has no extent.
 */
export const measureOf = (
  { shape }: Gradient,
  [a, b, c, d, e, f]: Matrix,
): readonly [kind: number, ...numbers: number[]] | undefined => {
  const whole = a * d - b * c
  if (!(Math.abs(whole) > 1e-12)) return undefined
  // The way back from the frame to the units of what is painted, from the gradient's first point.
  const [xx, xy, yx, yy] = [d / whole, -c / whole, -b / whole, a / whole]
  const [x0, y0] = [-(xx * e + xy * f) - shape.x, -(yx * e + yy * f) - shape.y]
  const [wide, tall] = [shape.toX - shape.x, shape.toY - shape.y]
  const long = wide * wide + tall * tall
  const last = STEPS - 1
  if (!shape.radii) {
    if (long === 0) return undefined
    const [u, v] = [(wide / long) * last, (tall / long) * last]
    return [1, u * xx + v * yx, u * xy + v * yy, u * x0 + v * y0 + 0.5]
  }
  // The circle through a point p: |p - t·way| = first + t·more, a quadratic equation of which the larger root is seen.
  const [first, end] = shape.radii
  const more = end - first
  const square = more * more - long
  if (!(square > 0 && more > 0)) return undefined
  return [2, xx, xy, x0, yx, yy, y0, wide, tall, first * more, square, first * first, last / square]
}
