import type { Rgb } from '../../rgb.ts'
import type { Random } from '../../random.ts'
import type { Tone } from '../tone.ts'
import type { DrawingContext, Paint } from '../../canvas/drawing-context.ts'
import { css, mix, shift } from '../../canvas/colour.ts'
import { paintRose } from './rose.ts'
import { fillCircle, fillCurve, setPen, strokeCurve } from '../../canvas/curves.ts'
import { fillEllipse } from '../../canvas/paths.ts'

export const BLOOMS = ['rose', 'tulip', 'sunflower', 'poppy', 'daisy', 'orchid'] as const
export type Bloom = (typeof BLOOMS)[number]

export const BLOOM_COLOURS: Readonly<Record<Bloom, Rgb>> = {
  rose: [206, 34, 62],
  tulip: [232, 74, 92],
  sunflower: [250, 190, 34],
  poppy: [226, 52, 36],
  daisy: [250, 248, 242],
  orchid: [204, 112, 196],
}

/** A petal from the origin along `angle`, broad near its end; `cup` rounds it. */
const petal = (ctx: DrawingContext, angle: number, long: number, wide: number, cup = 0.2): void => {
  ctx.save()
  ctx.rotate(angle)
  ctx.beginPath()
  ctx.moveTo(0, 0)
  ctx.bezierCurveTo(long * 0.1, -wide * 0.7, long * (0.62 - cup * 0.4), -wide, long * 0.92, -wide * 0.5 * (0.4 + cup))
  ctx.quadraticCurveTo(long * 1.08, 0, long * 0.92, wide * 0.5 * (0.4 + cup))
  ctx.bezierCurveTo(long * (0.62 - cup * 0.4), wide, long * 0.1, wide * 0.7, 0, 0)
  ctx.restore()
}

const radial = (ctx: DrawingContext, radius: number, inner: Rgb, outer: Rgb): Paint => {
  const fill = ctx.createRadialGradient(0, 0, radius * 0.05, 0, 0, radius)
  fill.addColorStop(0, css(inner))
  fill.addColorStop(1, css(outer))
  return fill
}

const tulip = (ctx: DrawingContext, random: Random, colour: Rgb, tone: Tone): void => {
  const lobes: readonly (readonly [x: number, lean: number, lightness: number])[] = [
    [-0.3, -0.5, -0.12],
    [0.3, 0.5, -0.1],
    [0, 0.05, -0.16],
    [-0.34, -0.2, -0.02],
    [0.34, 0.2, 0.01],
    [0, 0, 0.04],
  ]
  for (const [x, lean, lightness] of lobes) {
    const tip = -1.1 - random() * 0.1 + Math.abs(lean) * 0.12
    const fill = ctx.createLinearGradient(0, 0.62, 0, tip)
    fill.addColorStop(0, css(tone(mix(shift(colour, lightness), [250, 226, 150], 0.4), 0.7)))
    fill.addColorStop(0.35, css(tone(shift(colour, lightness), 0.6)))
    fill.addColorStop(1, css(tone(shift(colour, lightness + 0.06), 0.95)))
    fillCurve(
      ctx,
      fill,
      [x * 0.3, 0.64],
      [x - 0.62, 0.5, x - 0.58, -0.4, x + lean * 0.34, tip],
      [x + 0.58, -0.4, x + 0.62, 0.5, x * 0.3, 0.64],
    )
    setPen(ctx, css(tone(shift(colour, lightness - 0.1), 0.4), 0.35), 0.012)
    for (let vein = -2; vein <= 2; vein++) {
      strokeCurve(ctx, [x * 0.3, 0.56], [x + vein * 0.17, -0.1, x + lean * 0.34 + vein * 0.02, tip + 0.16])
    }
  }
}

const rayed = (
  ctx: DrawingContext,
  random: Random,
  colour: Rgb,
  tone: Tone,
  flower: { rows: number; count: number; heart: number; core: Rgb; wide: number },
): void => {
  for (let row = 0; row < flower.rows; row++)
    for (let index = 0; index < flower.count; index++) {
      const angle = ((index + row * 0.5) / flower.count) * Math.PI * 2 + (random() - 0.5) * 0.12
      const long = 1 - row * 0.1 + (random() - 0.5) * 0.1
      petal(ctx, angle, long, flower.wide * (0.9 + random() * 0.2), -0.1)
      const up = 0.55 - Math.sin(angle) * 0.3
      ctx.fillStyle = radial(
        ctx,
        1,
        tone(shift(colour, -0.14, 1.05, -0.1), up * 0.7),
        tone(shift(colour, 0.02 - row * 0.03), Math.min(1, up + 0.2)),
      )
      ctx.fill()
      setPen(ctx, css(tone(shift(colour, -0.14), 0.4), 0.3), 0.008)
      ctx.stroke()
    }
  const heart = flower.heart
  fillCircle(ctx, radial(ctx, heart, tone(shift(flower.core, -0.05), 0.5), tone(flower.core, 0.8)), [0, 0, heart])
  // Florets stand in a spiral of golden angles (Vogel 1979).
  for (let floret = 0; floret < 420; floret++) {
    const out = Math.sqrt(floret / 420) * heart * 0.97
    const angle = floret * 2.39996
    ctx.fillStyle = css(
      tone(
        mix(shift(flower.core, out / heart > 0.62 ? 0.1 : -0.06), [240, 180, 70], out / heart > 0.72 ? 0.5 : 0.08),
        0.4 + random() * 0.5,
      ),
    )
    ctx.beginPath()
    ctx.arc(Math.cos(angle) * out, Math.sin(angle) * out, heart * 0.03, 0, Math.PI * 2)
    ctx.fill()
  }
}

const poppy = (ctx: DrawingContext, random: Random, colour: Rgb, tone: Tone): void => {
  for (const [index, angle] of [-2.5, -0.6, 0.9, 2.4, -1.57, 1.57].entries()) {
    const size = index < 4 ? 0.72 : 0.62
    const x = Math.cos(angle) * 0.42
    const y = Math.sin(angle) * 0.36
    const fill = ctx.createRadialGradient(0, 0, 0.05, x, y, size)
    fill.addColorStop(0, css(tone(shift(colour, -0.3), 0.3)))
    fill.addColorStop(0.4, css(tone(shift(colour, -0.06), 0.5)))
    fill.addColorStop(1, css(tone(shift(colour, 0.06), 0.95)))
    ctx.fillStyle = fill
    ctx.beginPath()
    for (let step = 0; step <= 30; step++) {
      const turn = (step / 30) * Math.PI * 2
      const wave = size * (0.9 + Math.sin(turn * 7 + index) * 0.03 + (random() - 0.5) * 0.03)
      ctx.lineTo(x + Math.cos(turn) * wave, y + Math.sin(turn) * wave * 0.86)
    }
    ctx.fill()
    setPen(ctx, css(tone(shift(colour, -0.16), 0.4), 0.22), 0.008)
    for (let crease = 0; crease < 7; crease++) {
      const turn = angle + (crease - 3) * 0.2
      ctx.beginPath()
      ctx.moveTo(Math.cos(turn) * 0.2, Math.sin(turn) * 0.2)
      ctx.lineTo(Math.cos(turn) * (0.8 + random() * 0.2), Math.sin(turn) * 0.84)
      ctx.stroke()
    }
  }
  for (let stamen = 0; stamen < 60; stamen++) {
    const angle = random() * Math.PI * 2
    const out = 0.15 + random() * 0.16
    fillCircle(ctx, css(tone([44, 26, 46], 0.5)), [Math.cos(angle) * out, Math.sin(angle) * out * 0.9, 0.022])
  }
  fillCircle(ctx, css(tone([128, 148, 92], 0.7)), [0, 0, 0.13])
}

const orchid = (ctx: DrawingContext, colour: Rgb, tone: Tone): void => {
  for (const [angle, long, wide] of [
    [-Math.PI / 2, 0.9, 0.34],
    [0.75, 0.86, 0.32],
    [Math.PI - 0.75, 0.86, 0.32],
    [-0.22, 0.98, 0.62],
    [Math.PI + 0.22, 0.98, 0.62],
  ] as const) {
    petal(ctx, angle, long, wide, 0.6)
    ctx.fillStyle = radial(ctx, 1, tone(mix(colour, [255, 250, 250], 0.7), 0.8), tone(shift(colour, 0.02), 0.9))
    ctx.fill()
    setPen(ctx, css(tone(shift(colour, -0.12), 0.5), 0.35), 0.008)
    ctx.stroke()
  }
  for (const side of [-1, 1]) {
    petal(ctx, Math.PI / 2 + side * 0.5, 0.42, 0.2, 0.5)
    ctx.fillStyle = css(tone(shift(colour, -0.18, 1.2), 0.7))
    ctx.fill()
  }
  fillEllipse(ctx, css(tone([250, 206, 90], 0.9)), [0, 0.06, 0.1, 0.14])
}

/** Paints a flower's head seen from the front, about one unit in radius around the origin; a tulip from the side. */
export const paintBloom = (ctx: DrawingContext, random: Random, bloom: Bloom, colour: Rgb, tone: Tone): void => {
  switch (bloom) {
    case 'rose':
      return paintRose(ctx, random, colour, tone)
    case 'tulip':
      return tulip(ctx, random, colour, tone)
    case 'poppy':
      return poppy(ctx, random, colour, tone)
    case 'orchid':
      return orchid(ctx, colour, tone)
    case 'sunflower':
      return rayed(ctx, random, colour, tone, { rows: 3, count: 19, heart: 0.44, core: [82, 50, 28], wide: 0.17 })
    case 'daisy':
      return rayed(ctx, random, colour, tone, { rows: 2, count: 17, heart: 0.25, core: [246, 190, 50], wide: 0.15 })
  }
}
