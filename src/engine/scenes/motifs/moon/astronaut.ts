import type { Rgb } from '../../../rgb.ts'
import type { DrawingContext } from '../../../canvas/drawing-context.ts'
import { css, mix, shift } from '../../../canvas/colour.ts'
import { linearGradient } from '../../../canvas/gradients.ts'
import { fillEllipse, fillRectangle, fillRounded, strokeLine } from '../../../canvas/paths.ts'
import { drawAt } from '../../../canvas/curves.ts'

/** Paints of a suit, from the light to the shade, and what its visor mirrors. */
type Suit = { lit: Rgb; mid: Rgb; shade: Rgb; trim: Rgb; sky: Rgb; ground: Rgb }

/** How far a limb has swung, and its colours: the sleeve or trouser, and the glove or boot. */
type Limb = { turn: number; paint: string; end: string }

const drawLeg = (ctx: DrawingContext, { turn, paint, end }: Limb, walking: number): void => {
  const lift = Math.max(0, -turn) * 0.12 * walking
  const [footX, footY] = [turn * 0.17 - lift * 0.35, -0.055 - lift]
  ctx.strokeStyle = paint
  strokeLine(ctx, [0, -0.46, 0.02 + turn * 0.1 + lift * 0.3, -0.27, footX, footY], 0.135)
  ctx.strokeStyle = end
  strokeLine(ctx, [footX, footY, footX + 0.075, footY + 0.005], 0.1)
}

const drawArm = (ctx: DrawingContext, { turn, paint, end }: Limb): void => {
  const [handX, handY] = [0.13 + turn * 0.2, -0.47 - Math.abs(turn) * 0.05]
  ctx.strokeStyle = paint
  strokeLine(ctx, [0, -0.71, 0.03 + turn * 0.12, -0.57, handX, handY], 0.1)
  ctx.strokeStyle = end
  strokeLine(ctx, [handX, handY, handX + 0.03, handY + 0.01], 0.085)
}

const drawTrunk = (ctx: DrawingContext, { lit, mid, shade, trim }: Suit, sun: number): void => {
  const across = [-0.17, 0, 0.17, 0] as const
  const body = linearGradient(ctx, across, [sun > 0 ? 1 : 0, lit], [0.5, mid], [sun > 0 ? 0 : 1, shade])
  fillRounded(ctx, body, [-0.14, -0.8, 0.28, 0.39, 0.1])
  fillRounded(ctx, css(mix(mid, shade, 0.45)), [0.04, -0.71, 0.11, 0.1, 0.02])
  fillRectangle(ctx, css(trim), [-0.14, -0.47, 0.28, 0.025])
  ctx.fillRect(0.06, -0.69, 0.03, 0.02)
}

/** Helmet, and the land and sky in its visor. */
const drawHelmet = (ctx: DrawingContext, { lit, mid, shade, sky, ground }: Suit, sun: number): void => {
  const head = ctx.createRadialGradient(0.06 * sun, -0.95, 0.01, 0, -0.9, 0.15)
  head.addColorStop(0, css(lit))
  head.addColorStop(0.7, css(mid))
  head.addColorStop(1, css(shade))
  fillEllipse(ctx, head, [0, -0.895, 0.135, 0.135])
  const visor = ctx.createLinearGradient(0, -0.98, 0, -0.81)
  visor.addColorStop(0, css(sky))
  visor.addColorStop(0.52, css(mix(sky, [255, 196, 92], 0.55)))
  visor.addColorStop(0.56, css(mix(ground, [255, 186, 84], 0.4)))
  visor.addColorStop(1, css(shift(ground, -0.2)))
  fillEllipse(ctx, visor, [0.045, -0.895, 0.092, 0.098])
  fillEllipse(ctx, 'rgba(255,255,255,0.85)', [0.045 + 0.04 * sun, -0.935, 0.016, 0.028, 0.5])
}

/**
 * Draws an astronaut who goes to the right, feet at the origin, one unit tall. `stride` is in turns of two steps,
 * `walking` 0 for one who stands; `sun` 1 where the light comes from ahead, -1 from behind.
 */
export const drawAstronaut = (ctx: DrawingContext, suit: Suit, stride: number, walking: number, sun: number): void => {
  const { mid, shade, trim } = suit
  const swing = Math.sin(stride * Math.PI * 2) * walking
  const hop = Math.max(0, Math.sin(stride * Math.PI * 4)) * 0.06 * walking
  ctx.lineCap = 'round'
  ctx.lineJoin = 'round'
  drawAt(ctx, { x: 0, y: -hop }, () => {
    drawArm(ctx, { turn: -swing, paint: css(shade), end: css(shift(shade, -0.08)) })
    drawLeg(ctx, { turn: -swing, paint: css(shade), end: css(shift(shade, -0.1)) }, walking)
    // The pack that he lives by.
    fillRounded(ctx, css(mix(mid, shade, sun > 0 ? 0.7 : 0)), [-0.27, -0.87, 0.19, 0.42, 0.04])
    fillRectangle(ctx, css(trim), [-0.26, -0.74, 0.05, 0.03])
    drawLeg(ctx, { turn: swing, paint: css(mid), end: css(mix(mid, shade, 0.5)) }, walking)
    drawTrunk(ctx, suit, sun)
    drawArm(ctx, { turn: swing, paint: css(mid), end: css(mix(mid, shade, 0.4)) })
    ctx.strokeStyle = css(trim)
    strokeLine(ctx, [swing * 0.05, -0.64, 0.05 + swing * 0.07, -0.64], 0.035)
    drawHelmet(ctx, suit, sun)
  })
}
