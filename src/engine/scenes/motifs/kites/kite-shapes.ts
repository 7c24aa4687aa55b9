import type { Rgb } from '../../../rgb.ts'
import type { KiteKind } from '../../../prompt/details/kites.ts'
import type { DrawingContext } from '../../../canvas/drawing-context.ts'
import { linearGradient } from '../../../canvas/gradients.ts'
import { fillEllipse, fillPolygon, strokeLine } from '../../../canvas/paths.ts'
import { css, mix, shift } from '../../../canvas/colour.ts'
import { setPen } from '../../../canvas/curves.ts'

/** Three colours of its cloth. */
export type Cloth = readonly [Rgb, Rgb, Rgb]

/** How a kite is painted: each cloth in a shade, darker by so much; its spars; and how far it bends in the wind. */
type KitePaint = { cloth: Cloth; face: (colour: Rgb, shade: number) => Rgb; spar: string; bend: number; belly: number }

const drawDiamond = (ctx: DrawingContext, { cloth, face, spar, bend }: KitePaint): void => {
  const [first, second, third] = cloth
  const [nose, left, right] = [[0, -1] as const, [-0.72, -0.3 + bend] as const, [0.72, -0.3 + bend] as const]
  const [tip, heart] = [[0, 1] as const, [0, -0.3] as const]
  fillPolygon(ctx, css(face(first, 0)), [...nose, ...left, ...heart])
  fillPolygon(ctx, css(face(second, 0.05)), [...nose, ...right, ...heart])
  fillPolygon(ctx, css(face(second, 0.02)), [...tip, ...left, ...heart])
  fillPolygon(ctx, css(face(first, 0.08)), [...tip, ...right, ...heart])
  fillPolygon(ctx, css(face(third, 0.01)), [0, -0.62, -0.34, -0.29, 0, 0.14, 0.34, -0.29])
  ctx.strokeStyle = spar
  strokeLine(ctx, [...nose, ...tip])
  strokeLine(ctx, [...left, ...heart, ...right])
}

const drawDelta = (ctx: DrawingContext, { cloth, face, spar, bend }: KitePaint): void => {
  const [first, second, third] = cloth
  ctx.strokeStyle = spar
  for (const [side, shade] of [
    [-1, 0],
    [1, 0.06],
  ] as const) {
    const tip = [side * 1.5, 0.34 + bend * 2] as const
    fillPolygon(ctx, css(face(first, shade)), [0, -0.8, ...tip, side * 0.66, 0.36, 0, 0.5])
    fillPolygon(ctx, css(face(second, shade)), [0, -0.42, side * 0.9, 0.34, side * 0.66, 0.36, 0, 0.2])
    fillPolygon(ctx, css(face(third, shade)), [side * 0.9, 0.08, ...tip, side * 1.02, 0.35])
    strokeLine(ctx, [0, -0.8, ...tip])
  }
  fillPolygon(ctx, css(face(third, 0.1)), [-0.05, -0.5, 0.05, -0.5, 0.1, 0.62, -0.04, 0.62])
}

const drawBox = (ctx: DrawingContext, { cloth, face, spar }: KitePaint): void => {
  const [first, second, third] = cloth
  for (const [from, to] of [
    [-0.9, -0.32],
    [0.32, 0.9],
  ] as const) {
    const near = [-0.1, from + 0.16, -0.1, to + 0.16]
    fillPolygon(ctx, css(face(first, 0.08)), [-0.62, from, ...near, -0.62, to])
    const [right, left] = [[0.62, from + 0.02] as const, [-0.1, from + 0.16] as const]
    fillPolygon(ctx, css(face(second, 0)), [...left, ...right, 0.62, to + 0.02, -0.1, to + 0.16])
    fillPolygon(ctx, css(face(third, 0.18)), [-0.62, from, 0.08, from - 0.13, ...right, ...left])
  }
  ctx.strokeStyle = spar
  for (const x of [-0.6, -0.1, 0.61]) strokeLine(ctx, [x, -0.86 + Math.abs(x) * 0.02, x, 0.94])
}

/** A carp of cloth with an open mouth, which the wind fills. */
const drawFish = (ctx: DrawingContext, { cloth, face, belly }: KitePaint): void => {
  const [first, second, third] = cloth
  const pale = face(mix(first, [255, 250, 240], 0.6), 0)
  ctx.fillStyle = linearGradient(ctx, [0, -0.34, 0, 0.34], [0, face(first, -0.03)], [0.6, face(first, 0.04)], [1, pale])
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
  setPen(ctx, css(face(second, 0)), 0.05)
  for (let row = 0; row < 5; row++) {
    ctx.beginPath()
    ctx.ellipse(-0.3 + row * 0.24, sway * (row / 5), 0.1, 0.26 - row * 0.03, 0, -1.4, 1.4)
    ctx.stroke()
  }
  fillEllipse(ctx, css(face([250, 250, 246], 0)), [-0.66, -0.1, 0.12, 0.12])
  fillEllipse(ctx, 'rgb(30,30,40)', [-0.68, -0.1, 0.06, 0.06])
  fillEllipse(ctx, css(face(third, 0.05)), [-1, 0, 0.07, 0.25])
}

const DRAWERS: Readonly<Record<KiteKind, (ctx: DrawingContext, paint: KitePaint) => void>> = {
  diamond: drawDiamond,
  delta: drawDelta,
  box: drawBox,
  fish: drawFish,
}

/**
 * Draws a kite two units high about the origin, its nose up. Cloth lets light through: `glow` 0 to 1 is how much of the
 * sun stands behind it; `belly` is how the wind fills it, about 0 to 1.
 */
export const drawKite = (ctx: DrawingContext, kind: KiteKind, cloth: Cloth, glow: number, belly: number): void => {
  ctx.lineCap = 'round'
  ctx.lineJoin = 'round'
  ctx.lineWidth = 0.012
  const face = (colour: Rgb, shade: number): Rgb =>
    shift(mix(colour, [255, 240, 210], glow * 0.14), glow * 0.03 - shade)
  const spar = css(mix(cloth[0], [40, 30, 30], 0.75), 0.8)
  DRAWERS[kind](ctx, { cloth, face, spar, bend: belly * 0.06, belly })
}
