import type { SKRSContext2D } from '@napi-rs/canvas'
import type { Rgb } from '../../../rgb.ts'
import { fillShape } from '../../../canvas/drawing.ts'
import { css, mix, shift } from '../../../canvas/colour.ts'

export const KITES = ['diamond', 'delta', 'box', 'fish'] as const
export type KiteKind = (typeof KITES)[number]
/** Three colours of its cloth. */
export type Cloth = readonly [Rgb, Rgb, Rgb]

type Spot = readonly [x: number, y: number]

const seam = (ctx: SKRSContext2D, points: readonly Spot[], paint: string): void => {
  ctx.strokeStyle = paint
  ctx.lineWidth = 0.012
  ctx.beginPath()
  for (const [x, y] of points) ctx.lineTo(x, y)
  ctx.stroke()
}

/**
 * Draws a kite two units high about the origin, its nose up. Cloth lets light through: `glow` 0 to 1 is how much of the
 * sun stands behind it; `belly` is how the wind fills it, about 0 to 1.
 */
export const drawKite = (ctx: SKRSContext2D, kind: KiteKind, cloth: Cloth, glow: number, belly: number): void => {
  ctx.lineCap = 'round'
  ctx.lineJoin = 'round'
  const [first, second, third] = cloth
  const face = (colour: Rgb, shade: number): string =>
    css(shift(mix(colour, [255, 240, 210], glow * 0.14), glow * 0.03 - shade))
  const spar = css(mix(first, [40, 30, 30], 0.75), 0.8)
  const bend = belly * 0.06
  if (kind === 'diamond') {
    const [nose, left, right, tip, heart] = [
      [0, -1],
      [-0.72, -0.3 + bend],
      [0.72, -0.3 + bend],
      [0, 1],
      [0, -0.3],
    ] as const
    fillShape(ctx, [nose, left, heart], face(first, 0))
    fillShape(ctx, [nose, right, heart], face(second, 0.05))
    fillShape(ctx, [tip, left, heart], face(second, 0.02))
    fillShape(ctx, [tip, right, heart], face(first, 0.08))
    fillShape(
      ctx,
      [
        [0, -0.62],
        [-0.34, -0.29],
        [0, 0.14],
        [0.34, -0.29],
      ],
      face(third, 0.01),
    )
    seam(ctx, [nose, tip], spar)
    seam(ctx, [left, heart, right], spar)
  } else if (kind === 'delta') {
    const wing = (side: number, shade: number): void => {
      const tip = [side * 1.5, 0.34 + bend * 2] as const
      fillShape(ctx, [[0, -0.8], tip, [side * 0.66, 0.36], [0, 0.5]], face(first, shade))
      fillShape(
        ctx,
        [
          [0, -0.42],
          [side * 0.9, 0.34],
          [side * 0.66, 0.36],
          [0, 0.2],
        ],
        face(second, shade),
      )
      fillShape(ctx, [[side * 0.9, 0.08], tip, [side * 1.02, 0.35]], face(third, shade))
      seam(ctx, [[0, -0.8], tip], spar)
    }
    wing(-1, 0)
    wing(1, 0.06)
    fillShape(
      ctx,
      [
        [-0.05, -0.5],
        [0.05, -0.5],
        [0.1, 0.62],
        [-0.04, 0.62],
      ],
      face(third, 0.1),
    )
  } else if (kind === 'box') {
    for (const [from, to] of [
      [-0.9, -0.32],
      [0.32, 0.9],
    ] as const) {
      fillShape(
        ctx,
        [
          [-0.62, from],
          [-0.1, from + 0.16],
          [-0.1, to + 0.16],
          [-0.62, to],
        ],
        face(first, 0.08),
      )
      fillShape(
        ctx,
        [
          [-0.1, from + 0.16],
          [0.62, from + 0.02],
          [0.62, to + 0.02],
          [-0.1, to + 0.16],
        ],
        face(second, 0),
      )
      fillShape(
        ctx,
        [
          [-0.62, from],
          [0.08, from - 0.13],
          [0.62, from + 0.02],
          [-0.1, from + 0.16],
        ],
        face(third, 0.18),
      )
    }
    for (const x of [-0.6, -0.1, 0.61])
      seam(
        ctx,
        [
          [x, -0.86 + Math.abs(x) * 0.02],
          [x, 0.94],
        ],
        spar,
      )
  } else {
    // A carp of cloth with an open mouth, which the wind fills.
    const body = ctx.createLinearGradient(0, -0.34, 0, 0.34)
    body.addColorStop(0, face(first, -0.03))
    body.addColorStop(0.6, face(first, 0.04))
    body.addColorStop(1, face(mix(first, [255, 250, 240], 0.6), 0))
    ctx.fillStyle = body
    const sway = Math.sin(belly * 6) * 0.12
    ctx.beginPath()
    ctx.moveTo(-1, -0.24)
    ctx.bezierCurveTo(-0.4, -0.46, 0.4, -0.34 + sway, 0.86, -0.1 + sway)
    ctx.lineTo(1.35, -0.4 + sway * 1.6)
    ctx.lineTo(1.2, 0 + sway * 1.4)
    ctx.lineTo(1.35, 0.36 + sway * 1.6)
    ctx.lineTo(0.86, 0.12 + sway)
    ctx.bezierCurveTo(0.4, 0.36 + sway, -0.4, 0.44, -1, 0.24)
    ctx.fill()
    ctx.strokeStyle = face(second, 0)
    ctx.lineWidth = 0.05
    for (let row = 0; row < 5; row++) {
      ctx.beginPath()
      ctx.ellipse(-0.3 + row * 0.24, sway * (row / 5), 0.1, 0.26 - row * 0.03, 0, -1.4, 1.4)
      ctx.stroke()
    }
    ctx.fillStyle = face([250, 250, 246], 0)
    ctx.beginPath()
    ctx.arc(-0.66, -0.1, 0.12, 0, Math.PI * 2)
    ctx.fill()
    ctx.fillStyle = 'rgb(30,30,40)'
    ctx.beginPath()
    ctx.arc(-0.68, -0.1, 0.06, 0, Math.PI * 2)
    ctx.fill()
    ctx.fillStyle = face(third, 0.05)
    ctx.beginPath()
    ctx.ellipse(-1, 0, 0.07, 0.25, 0, 0, Math.PI * 2)
    ctx.fill()
  }
}
