import type { DrawingContext } from '../../../canvas/drawing-context.ts'
import { fillEllipse, readPath, tracePath } from '../../../canvas/paths.ts'

export type Hair = 'long' | 'short' | 'bun' | 'hood' | 'hat'

/** The face in profile to the right: from the hairline down over brow, nose, lips and chin to the throat. */
const FACE = readPath(`
  M0.16 -0.66
  C0.2 -0.62 0.245 -0.5 0.245 -0.42 C0.24 -0.37 0.25 -0.345 0.275 -0.3 C0.3 -0.25 0.345 -0.2 0.34 -0.175
  C0.335 -0.15 0.3 -0.15 0.272 -0.146 C0.28 -0.125 0.3 -0.115 0.302 -0.098 C0.304 -0.082 0.285 -0.078 0.276 -0.072
  C0.29 -0.062 0.302 -0.05 0.292 -0.03 C0.286 -0.012 0.27 -0.008 0.266 0.004 C0.278 0.03 0.272 0.075 0.235 0.092
  C0.19 0.112 0.12 0.09 0.075 0.08`)

/** Neck, back of the head and its top, after the shoulders. */
const NAPE = readPath(`
  C-0.23 0.18 -0.25 0.05 -0.27 -0.06 C-0.42 -0.28 -0.36 -0.66 -0.06 -0.7 C0.02 -0.71 0.1 -0.7 0.16 -0.66 Z`)

const HAT = readPath('M-0.34 -0.56 C-0.34 -0.86 -0.22 -0.98 -0.04 -0.96 C0.16 -0.98 0.26 -0.84 0.25 -0.58')
const HOOD = readPath(`
  M0.2 -0.72 C-0.06 -0.96 -0.5 -0.76 -0.46 -0.26 C-0.46 0.06 -0.42 0.3 -0.56 0.6 L0.2 0.5
  C0.1 0.26 -0.02 0.2 0.02 0 C0.1 -0.2 0.06 -0.5 0.2 -0.72`)
/** Hair over the head, and its end at the brow. */
const CROWN = readPath('M0.21 -0.6 C0.16 -0.84 -0.22 -0.88 -0.36 -0.62 C-0.48 -0.4 -0.42 -0.12 -0.28 -0.02')
const SHORT = readPath('C-0.2 0.02 -0.12 -0.02 -0.08 -0.1')
const BROW = readPath('C0.02 -0.2 0 -0.4 0.21 -0.6')

/** Head, neck and shoulders in profile, looking right, about two units tall; the chin lies near the origin. `breath` lifts the shoulders. */
export const profilePath = (ctx: DrawingContext, breath: number): void => {
  const lift = breath * 0.008
  ctx.beginPath()
  tracePath(ctx, FACE)
  ctx.bezierCurveTo(0.055, 0.16, 0.05, 0.26, 0.1, 0.34 - lift)
  ctx.bezierCurveTo(0.24, 0.42 - lift, 0.46, 0.5 - lift, 0.56, 0.78)
  ctx.bezierCurveTo(0.62, 1.0, 0.62, 1.3, 0.62, 1.7)
  ctx.lineTo(-0.74, 1.7)
  ctx.bezierCurveTo(-0.76, 1.2, -0.72, 0.8, -0.6, 0.6 - lift)
  ctx.bezierCurveTo(-0.48, 0.44 - lift, -0.34, 0.4 - lift, -0.27, 0.28 - lift)
  tracePath(ctx, NAPE)
}

/** Locks that part from the mass and taper out in the wind. */
const drawLocks = (ctx: DrawingContext, wind: number, seconds: number): void => {
  for (let lock = 0; lock < 15; lock++) {
    const at = lock / 14
    const blow = Math.sin(seconds * 1.5 + lock * 1.3) * 0.04 + wind * 0.06
    const [x, y] = [-0.36 - at * 0.36, -0.2 + at * 0.86]
    const long = 0.3 + (lock % 4) * 0.07
    const [tipX, tipY] = [x - long - blow * 2, y + long * 0.62 - blow]
    const thick = 0.028 - (lock % 3) * 0.006
    const [upperX, lowerX] = [x - long * 0.7 - blow, x - long * 0.66 - blow]
    ctx.beginPath()
    ctx.moveTo(x + 0.12, y - 0.06)
    ctx.bezierCurveTo(x - long * 0.3, y + thick - 0.04, upperX, y + long * 0.2, tipX, tipY)
    ctx.bezierCurveTo(lowerX, y + long * 0.3 + thick, x - long * 0.2, y + 0.12, x + 0.12, y + 0.12)
    ctx.fill()
  }
}

/** The hair or what covers it, with strands that the wind lifts. `wind` -1 to 1. */
export const drawHair = (ctx: DrawingContext, hair: Hair, wind: number, seconds: number): void => {
  if (hair === 'hat') fillEllipse(ctx, ctx.fillStyle, [-0.02, -0.56, 0.62, 0.085, -0.06])
  ctx.beginPath()
  if (hair === 'hat' || hair === 'hood') {
    tracePath(ctx, hair === 'hat' ? HAT : HOOD)
    ctx.fill()
    return
  }
  tracePath(ctx, CROWN)
  if (hair === 'long') {
    const sway = wind * 0.06
    ctx.bezierCurveTo(-0.46, 0.12, -0.62 - sway * 2, 0.2, -0.74 - sway * 3, 0.42)
    ctx.bezierCurveTo(-0.86 - sway * 4, 0.62, -0.78 - sway * 5, 0.8, -0.9 - sway * 6, 1.0)
    ctx.bezierCurveTo(-0.66 - sway * 5, 0.98, -0.5 - sway * 3, 0.92, -0.4 - sway * 2, 0.8)
    ctx.bezierCurveTo(-0.3, 0.66, -0.2, 0.3, -0.02, -0.02)
  } else tracePath(ctx, SHORT)
  tracePath(ctx, BROW)
  ctx.fill()
  if (hair === 'bun') fillEllipse(ctx, ctx.fillStyle, [-0.4, -0.6, 0.17, 0.15, 0.4])
  if (hair === 'long') drawLocks(ctx, wind, seconds)
}
