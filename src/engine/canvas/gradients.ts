import type { Rgb } from '../rgb.ts'
import type { DrawingContext } from './drawing-context.ts'
import { css } from './colour.ts'

/** A colour at a share of the way from 0 to 1, and how opaque it is: 1 if that is not given. */
export type Stop = readonly [at: number, colour: Rgb, alpha?: number]

type Gradient = ReturnType<DrawingContext['createLinearGradient']>

const withStops = (gradient: Gradient, stops: readonly Stop[]): Gradient => {
  for (const [at, colour, alpha] of stops) gradient.addColorStop(at, css(colour, alpha))
  return gradient
}

/** Colours along a line from one point to another. */
export const linearGradient = (
  ctx: DrawingContext,
  [x, y, toX, toY]: readonly [x: number, y: number, toX: number, toY: number],
  ...stops: readonly Stop[]
): Gradient => withStops(ctx.createLinearGradient(x, y, toX, toY), stops)

/** Colours about a point, out to a radius. */
export const radialGradient = (
  ctx: DrawingContext,
  [x, y, radius]: readonly [x: number, y: number, radius: number],
  ...stops: readonly Stop[]
): Gradient => withStops(ctx.createRadialGradient(x, y, 0, x, y, radius), stops)
