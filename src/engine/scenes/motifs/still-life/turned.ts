import type { SKRSContext2D } from '@napi-rs/canvas'
import type { Rgb } from '../../../rgb.ts'
import type { Random } from '../../../random.ts'
import { css, shift } from '../../../canvas/colour.ts'

/** What things on a table are painted with: `tone` is a surface in so much of the light, which comes from `side` (1 is the right). */
export type Pen = {
  ctx: SKRSContext2D
  random: Random
  tone: (surface: Rgb, shine: number) => Rgb
  side: 1 | -1
}

/** How flat a circle on the table is seen. */
export const FLAT = 0.22

/** Something round, lit from its side, with the light of the table in its shade. */
export const ball = (pen: Pen, x: number, y: number, across: number, down: number, colour: Rgb, gloss = 0.5): void => {
  const { ctx, tone, side } = pen
  ctx.save()
  ctx.translate(x, y)
  ctx.scale(across, down)
  const wash = ctx.createRadialGradient(side * 0.36, -0.42, 0.04, side * 0.1, -0.08, 1.12)
  wash.addColorStop(0, css(tone(shift(colour, 0.1 + gloss * 0.1), 1)))
  wash.addColorStop(0.35, css(tone(colour, 0.86)))
  wash.addColorStop(0.72, css(tone(shift(colour, -0.1), 0.4)))
  wash.addColorStop(0.94, css(tone(shift(colour, -0.22), 0.12)))
  wash.addColorStop(1, css(tone(shift(colour, -0.16), 0.25)))
  ctx.fillStyle = wash
  ctx.beginPath()
  ctx.arc(0, 0, 1, 0, Math.PI * 2)
  ctx.fill()
  if (gloss > 0) {
    ctx.fillStyle = css(tone([255, 255, 255], 1), gloss * 0.55)
    ctx.beginPath()
    ctx.ellipse(side * 0.4, -0.46, 0.16, 0.1, side * 0.6, 0, Math.PI * 2)
    ctx.fill()
  }
  ctx.restore()
}

/** The soft shadow of a thing that stands on the table, thrown away from the light. */
export const shadow = ({ ctx, side }: Pen, x: number, y: number, across: number, long = 1.6, strength = 0.42): void => {
  ctx.save()
  ctx.translate(x - side * across * long * 0.42, y)
  ctx.scale(across * (1 + long * 0.42), across * FLAT * 1.25)
  const fall = ctx.createRadialGradient(side * 0.3, 0, 0, 0, 0, 1)
  fall.addColorStop(0, css([12, 8, 10], strength))
  fall.addColorStop(0.55, css([12, 8, 10], strength * 0.6))
  fall.addColorStop(1, css([12, 8, 10], 0))
  ctx.fillStyle = fall
  ctx.beginPath()
  ctx.arc(0, 0, 1, 0, Math.PI * 2)
  ctx.fill()
  ctx.restore()
}

/** Radius and height of the points of an outline, from the foot up; shares of the thing's size. */
export type Outline = readonly (readonly [radius: number, height: number])[]

const outline = (ctx: SKRSContext2D, points: Outline): void => {
  const side = (hand: number, list: Outline): void => {
    list.forEach(([radius, height], index) => {
      const next = list[index + 1]
      const [x, y] = [hand * radius, -height]
      if (index === 0) ctx.lineTo(x, y)
      if (!next) ctx.lineTo(x, y)
      else ctx.quadraticCurveTo(x, y, (x + hand * next[0]) / 2, (y - next[1]) / 2)
    })
  }
  const [foot] = points[0]!
  ctx.beginPath()
  side(1, points)
  side(-1, [...points].reverse())
  ctx.ellipse(0, 0, foot, foot * FLAT, 0, Math.PI, 0, true)
  ctx.closePath()
}

/**
 * A thing turned about its axis (a bowl, a bottle, a cup), its foot at `x`, `y`. `mouth` is the colour seen in its opening,
 * where it has one; `seeThrough` makes it of glass.
 */
export const turned = (
  pen: Pen,
  at: { x: number; y: number; size: number },
  points: Outline,
  colour: Rgb,
  look: { mouth?: Rgb; gloss?: number; seeThrough?: number } = {},
): void => {
  const { ctx, tone, side } = pen
  const alpha = 1 - (look.seeThrough ?? 0)
  ctx.save()
  ctx.translate(at.x, at.y)
  ctx.scale(at.size, at.size)
  const broad = Math.max(...points.map(([radius]) => radius))
  const [rim, top] = points[points.length - 1]!
  const wash = ctx.createLinearGradient(side * broad, 0, -side * broad, 0)
  wash.addColorStop(0, css(tone(shift(colour, -0.04), 0.6), Math.min(1, alpha + 0.1)))
  wash.addColorStop(0.2, css(tone(shift(colour, 0.06), 1), alpha))
  wash.addColorStop(0.5, css(tone(colour, 0.66), alpha))
  wash.addColorStop(0.86, css(tone(shift(colour, -0.18), 0.16), alpha))
  wash.addColorStop(1, css(tone(shift(colour, -0.1), 0.34), Math.min(1, alpha + 0.1)))
  outline(ctx, points)
  ctx.fillStyle = wash
  ctx.fill()
  if (look.gloss) {
    ctx.save()
    ctx.clip()
    ctx.fillStyle = css(tone([255, 255, 255], 1), look.gloss)
    ctx.beginPath()
    ctx.ellipse(side * broad * 0.62, -top * 0.5, broad * 0.07, top * 0.4, 0, 0, Math.PI * 2)
    ctx.fill()
    ctx.restore()
  }
  if (look.mouth) {
    ctx.fillStyle = css(tone(shift(colour, 0.05), 0.85), alpha)
    ctx.beginPath()
    ctx.ellipse(0, -top, rim, rim * FLAT, 0, 0, Math.PI * 2)
    ctx.fill()
    ctx.fillStyle = css(tone(look.mouth, 0.55))
    ctx.beginPath()
    ctx.ellipse(0, -top + rim * FLAT * 0.12, rim * 0.92, rim * FLAT * 0.82, 0, 0, Math.PI * 2)
    ctx.fill()
  }
  ctx.restore()
}
