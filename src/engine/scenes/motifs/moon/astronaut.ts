import type { SKRSContext2D } from '@napi-rs/canvas'
import type { Rgb } from '../../../rgb.ts'
import { css, mix, shift } from '../../../canvas/colour.ts'

/** Paints of a suit, from the light to the shade, and what its visor mirrors. */
export type Suit = { lit: Rgb; mid: Rgb; shade: Rgb; trim: Rgb; sky: Rgb; ground: Rgb }

const limb = (
  ctx: SKRSContext2D,
  points: readonly (readonly [number, number])[],
  wide: number,
  paint: string,
): void => {
  ctx.strokeStyle = paint
  ctx.lineWidth = wide
  ctx.beginPath()
  for (const [x, y] of points) ctx.lineTo(x, y)
  ctx.stroke()
}

/**
 * Draws an astronaut who goes to the right, feet at the origin, one unit tall. `stride` is in turns of two steps,
 * `walking` 0 for one who stands; `sun` 1 where the light comes from ahead, -1 from behind.
 */
export const drawAstronaut = (ctx: SKRSContext2D, suit: Suit, stride: number, walking: number, sun: number): void => {
  ctx.lineCap = 'round'
  ctx.lineJoin = 'round'
  const swing = Math.sin(stride * Math.PI * 2) * walking
  const hop = Math.max(0, Math.sin(stride * Math.PI * 4)) * 0.06 * walking
  const [lit, mid, shade] = [css(suit.lit), css(suit.mid), css(suit.shade)]
  ctx.save()
  ctx.translate(0, -hop)
  const leg = (turn: number, paint: string, boot: string): void => {
    const lift = Math.max(0, -turn) * 0.12 * walking
    const knee = [0.02 + turn * 0.1 + lift * 0.3, -0.27] as const
    const foot = [turn * 0.17 - lift * 0.35, -0.055 - lift] as const
    limb(ctx, [[0, -0.46], knee, foot], 0.135, paint)
    limb(ctx, [foot, [foot[0] + 0.075, foot[1] + 0.005]], 0.1, boot)
  }
  const arm = (turn: number, paint: string, glove: string): void => {
    const elbow = [0.03 + turn * 0.12, -0.57] as const
    const hand = [0.13 + turn * 0.2, -0.47 - Math.abs(turn) * 0.05] as const
    limb(ctx, [[0, -0.71], elbow, hand], 0.1, paint)
    limb(ctx, [hand, [hand[0] + 0.03, hand[1] + 0.01]], 0.085, glove)
  }
  arm(-swing, shade, css(shift(suit.shade, -0.08)))
  leg(-swing, shade, css(shift(suit.shade, -0.1)))
  // The pack that he lives by.
  ctx.fillStyle = css(mix(suit.mid, suit.shade, sun > 0 ? 0.7 : 0))
  ctx.beginPath()
  ctx.roundRect(-0.27, -0.87, 0.19, 0.42, 0.04)
  ctx.fill()
  ctx.fillStyle = css(suit.trim)
  ctx.fillRect(-0.26, -0.74, 0.05, 0.03)
  leg(swing, mid, css(mix(suit.mid, suit.shade, 0.5)))
  const body = ctx.createLinearGradient(-0.17, 0, 0.17, 0)
  body.addColorStop(sun > 0 ? 1 : 0, lit)
  body.addColorStop(0.5, mid)
  body.addColorStop(sun > 0 ? 0 : 1, shade)
  ctx.fillStyle = body
  ctx.beginPath()
  ctx.roundRect(-0.14, -0.8, 0.28, 0.39, 0.1)
  ctx.fill()
  ctx.fillStyle = css(mix(suit.mid, suit.shade, 0.45))
  ctx.beginPath()
  ctx.roundRect(0.04, -0.71, 0.11, 0.1, 0.02)
  ctx.fill()
  ctx.fillStyle = css(suit.trim)
  ctx.fillRect(-0.14, -0.47, 0.28, 0.025)
  ctx.fillRect(0.06, -0.69, 0.03, 0.02)
  arm(swing, mid, css(mix(suit.mid, suit.shade, 0.4)))
  limb(
    ctx,
    [
      [0.0 + swing * 0.05, -0.64],
      [0.05 + swing * 0.07, -0.64],
    ],
    0.035,
    css(suit.trim),
  )
  // Helmet, and the land and sky in its visor.
  const head = ctx.createRadialGradient(0.06 * sun, -0.95, 0.01, 0, -0.9, 0.15)
  head.addColorStop(0, lit)
  head.addColorStop(0.7, mid)
  head.addColorStop(1, shade)
  ctx.fillStyle = head
  ctx.beginPath()
  ctx.arc(0, -0.895, 0.135, 0, Math.PI * 2)
  ctx.fill()
  const visor = ctx.createLinearGradient(0, -0.98, 0, -0.81)
  visor.addColorStop(0, css(suit.sky))
  visor.addColorStop(0.52, css(mix(suit.sky, [255, 196, 92], 0.55)))
  visor.addColorStop(0.56, css(mix(suit.ground, [255, 186, 84], 0.4)))
  visor.addColorStop(1, css(shift(suit.ground, -0.2)))
  ctx.fillStyle = visor
  ctx.beginPath()
  ctx.ellipse(0.045, -0.895, 0.092, 0.098, 0, 0, Math.PI * 2)
  ctx.fill()
  ctx.fillStyle = 'rgba(255,255,255,0.85)'
  ctx.beginPath()
  ctx.ellipse(0.045 + 0.04 * sun, -0.935, 0.016, 0.028, 0.5, 0, Math.PI * 2)
  ctx.fill()
  ctx.restore()
}
