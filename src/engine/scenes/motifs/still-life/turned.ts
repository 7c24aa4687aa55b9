import type { SKRSContext2D } from '@napi-rs/canvas'
import type { Rgb } from '../../../rgb.ts'
import type { Random } from '../../../random.ts'
import { css, shift } from '../../../canvas/colour.ts'
import { fillEllipse } from '../../../canvas/paths.ts'
import { drawAt } from '../../../canvas/curves.ts'

/** What things on a table are painted with: `tone` is a surface in so much of the light, which comes from `side` (1 is the right). */
export type Pen = {
  ctx: SKRSContext2D
  random: Random
  tone: (surface: Rgb, shine: number) => Rgb
  side: 1 | -1
}

/** Where a thing's foot stands, and its size; frame pixels. */
export type At = { x: number; y: number; size: number }

/** How flat a circle on the table is seen. */
export const FLAT = 0.22

/** Something round, lit from its side, with the light of the table in its shade. */
export const ball = (
  { ctx, tone, side }: Pen,
  [x, y, across, down]: readonly [x: number, y: number, across: number, down: number],
  colour: Rgb,
  gloss: number,
): void => {
  drawAt(ctx, { x, y, scale: [across, down] }, () => {
    const wash = ctx.createRadialGradient(side * 0.36, -0.42, 0.04, side * 0.1, -0.08, 1.12)
    wash.addColorStop(0, css(tone(shift(colour, 0.1 + gloss * 0.1), 1)))
    wash.addColorStop(0.35, css(tone(colour, 0.86)))
    wash.addColorStop(0.72, css(tone(shift(colour, -0.1), 0.4)))
    wash.addColorStop(0.94, css(tone(shift(colour, -0.22), 0.12)))
    wash.addColorStop(1, css(tone(shift(colour, -0.16), 0.25)))
    fillEllipse(ctx, wash, [0, 0, 1, 1])
    if (gloss > 0)
      fillEllipse(ctx, css(tone([255, 255, 255], 1), gloss * 0.55), [side * 0.4, -0.46, 0.16, 0.1, side * 0.6])
  })
}

/** How long a shadow is for a thing's breadth, and how dark. */
const [LONG, DARK] = [1.6, 0.42]

/** The soft shadow of a thing that stands on the table, thrown away from the light. */
export const shadow = ({ ctx, side }: Pen, x: number, y: number, across: number): void => {
  drawAt(
    ctx,
    { x: x - side * across * LONG * 0.42, y, scale: [across * (1 + LONG * 0.42), across * FLAT * 1.25] },
    () => {
      const fall = ctx.createRadialGradient(side * 0.3, 0, 0, 0, 0, 1)
      fall.addColorStop(0, css([12, 8, 10], DARK))
      fall.addColorStop(0.55, css([12, 8, 10], DARK * 0.6))
      fall.addColorStop(1, css([12, 8, 10], 0))
      fillEllipse(ctx, fall, [0, 0, 1, 1])
    },
  )
}

/** Points of an outline from the foot up, radius and height in turn; shares of the thing's size. */
export type Outline = readonly number[]
type Point = readonly [radius: number, height: number]

const trace = (ctx: SKRSContext2D, points: readonly Point[]): void => {
  const side = (hand: number, list: readonly Point[]): void => {
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
 * A thing turned about its axis (a bowl, a bottle, a cup). `mouth` is the colour seen in its opening, where it has one;
 * `seeThrough` makes it of glass.
 */
export const turned = (
  { ctx, tone, side }: Pen,
  at: At,
  outline: Outline,
  colour: Rgb,
  { mouth, gloss, seeThrough = 0 }: { mouth?: Rgb; gloss?: number; seeThrough?: number },
): void => {
  const alpha = 1 - seeThrough
  const points = outline.flatMap((radius, index): Point[] => (index % 2 ? [] : [[radius, outline[index + 1]!]]))
  const broad = Math.max(...points.map(([radius]) => radius))
  const [rim, top] = points[points.length - 1]!
  drawAt(ctx, { x: at.x, y: at.y, scale: [at.size, at.size] }, () => {
    const wash = ctx.createLinearGradient(side * broad, 0, -side * broad, 0)
    wash.addColorStop(0, css(tone(shift(colour, -0.04), 0.6), Math.min(1, alpha + 0.1)))
    wash.addColorStop(0.2, css(tone(shift(colour, 0.06), 1), alpha))
    wash.addColorStop(0.5, css(tone(colour, 0.66), alpha))
    wash.addColorStop(0.86, css(tone(shift(colour, -0.18), 0.16), alpha))
    wash.addColorStop(1, css(tone(shift(colour, -0.1), 0.34), Math.min(1, alpha + 0.1)))
    trace(ctx, points)
    ctx.fillStyle = wash
    ctx.fill()
    if (gloss) {
      ctx.save()
      ctx.clip()
      fillEllipse(ctx, css(tone([255, 255, 255], 1), gloss), [side * broad * 0.62, -top * 0.5, broad * 0.07, top * 0.4])
      ctx.restore()
    }
    if (mouth) {
      fillEllipse(ctx, css(tone(shift(colour, 0.05), 0.85), alpha), [0, -top, rim, rim * FLAT])
      fillEllipse(ctx, css(tone(mouth, 0.55)), [0, -top + rim * FLAT * 0.12, rim * 0.92, rim * FLAT * 0.82])
    }
  })
}
