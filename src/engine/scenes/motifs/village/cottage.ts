import type { Rgb } from '../../../rgb.ts'
import { pick, type Random } from '../../../random.ts'
import type { DrawingContext } from '../../../canvas/drawing-context.ts'
import { drawGlow, fillShape, glowImage } from '../../../canvas/drawing.ts'
import { css, mix, shift } from '../../../canvas/colour.ts'
import { fillRectangle, strokeLine } from '../../../canvas/paths.ts'
import type { HouseStyle } from '../../built/house.ts'

/** How the houses of a village are built: of plaster under tiles, of wood over stone, or white under flat roofs. */
export type Build = 'plain' | 'alpine' | 'seaside'

/** Where a house stands, in pixels. `hand` is the side to which its gable looks. */
type Plot = { x: number; y: number; wide: number; build: Build; hand: 1 | -1 }

type Spot = readonly [number, number]

/** The measures and colours of one house. `to` takes a place along and up it to the frame; its gable begins at `from`. */
const planCottage = (random: Random, { x, y, wide, build, hand }: Plot, style: HouseStyle) => {
  const { sunny, snowy } = style
  const alpine = build === 'alpine'
  const seaside = build === 'seaside'
  const gable = wide * (alpine ? 0.52 : 0.42)
  const wall = wide * (alpine ? 0.4 : 0.3 + random() * 0.08)
  const rise = wide * (seaside ? 0.1 : alpine ? 0.18 : 0.24 + random() * 0.08)
  const plaster = shift(pick(random, style.walls), (random() - 0.5) * 0.05)
  const timber = shift([128, 82, 50], (random() - 0.5) * 0.08)
  const roof: Rgb = snowy
    ? [238, 243, 250]
    : alpine
      ? [108, 80, 66]
      : shift(pick(random, style.roofs), (random() - 0.5) * 0.06)
  // The sun strikes the gable or the long wall, never both alike.
  const [front, flank] = hand > 0 === sunny > 0.5 ? [sunny, sunny * 0.5] : [sunny * 0.55, sunny]
  const to = (u: number, v: number): Spot => [x + hand * (u - wide / 2), y - v]
  const over = wide * (alpine ? 0.07 : 0.035)
  return { wide, alpine, seaside, gable, wall, rise, plaster, timber, roof, front, flank, to, over, from: wide - gable }
}

type Cottage = ReturnType<typeof planCottage>

const paintPart = (
  ctx: DrawingContext,
  { tone, far }: HouseStyle,
  points: readonly Spot[],
  colour: Rgb,
  shine: number,
): void => fillShape(ctx, points, css(tone(colour, shine, far)))

/** The long wall and the gable from a height up, of plaster or of wood. */
const paintWalls = (ctx: DrawingContext, cottage: Cottage, style: HouseStyle, low: number, colour: Rgb): void => {
  const { wide, gable, wall, rise, from, to, front, flank } = cottage
  const ridge = to(wide - gable / 2, wall + rise)
  paintPart(ctx, style, [to(0, low), to(from, low), to(from, wall), to(0, wall)], colour, flank)
  paintPart(ctx, style, [to(from, low), to(wide, low), to(wide, wall), ridge, to(from, wall)], colour, front)
}

/** A balcony before an alpine gable, with flowers, or snow on them. */
const paintBalcony = (ctx: DrawingContext, cottage: Cottage, style: HouseStyle): void => {
  const { wide, gable, wall, over, from, to, timber, front } = cottage
  const [left, right, low, high] = [from - over, wide + over, wall * 0.4, wall * 0.5]
  const board = [to(left, low), to(right, low), to(right, high), to(left, high)]
  paintPart(ctx, style, board, shift(timber, 0.06), front)
  ctx.fillStyle = css(style.tone(style.snowy ? [240, 244, 250] : [206, 52, 60], front, style.far))
  for (let flower = 0; flower < 9; flower++) {
    const [x, y] = to(from + (gable * (flower + 0.5)) / 9, wall * 0.52)
    ctx.fillRect(x - wide * 0.012, y - wide * 0.012, wide * 0.026, wide * 0.024)
  }
}

/** Roof and chimney. Answers the chimney's head. */
const paintRoof = (ctx: DrawingContext, random: Random, cottage: Cottage, style: HouseStyle): Spot => {
  const { wide, seaside, gable, wall, rise, over, from, to, roof, front, flank } = cottage
  const { tone, far, snowy } = style
  const chimney = to(from * (0.25 + random() * 0.4) + gable * 0.3, wall + rise * 1.6)
  const stack = wide * 0.07
  ctx.fillStyle = css(tone([150, 104, 86], flank, far))
  if (!seaside) ctx.fillRect(chimney[0] - stack / 2, chimney[1], stack, rise * 1.1)
  const eaves = wall - over * 0.6
  const slope = [
    to(-over, eaves),
    to(gable / 2 - over, wall + rise + over * 0.2),
    to(wide - gable / 2, wall + rise + over * 0.2),
    to(from - over * 0.4, eaves),
  ]
  paintPart(ctx, style, slope, roof, Math.min(1, flank + (snowy ? 0.6 : 0.18)))
  // The verge of the roof stands out before the gable.
  ctx.strokeStyle = css(tone(snowy ? roof : shift(roof, 0.05), Math.min(1, front + (snowy ? 0.7 : 0.15)), far))
  ctx.lineJoin = 'round'
  const foot = wall - over * 0.9
  strokeLine(
    ctx,
    [...to(from - over, foot), ...to(wide - gable / 2, wall + rise), ...to(wide + over, foot)],
    Math.max(1, wide * (snowy ? 0.055 : 0.035)),
  )
  return chimney
}

/** A window about its middle: glass, lit or dark, and its bars. */
const paintWindow = (
  ctx: DrawingContext,
  { tone, far }: HouseStyle,
  [px, py]: Spot,
  wide: number,
  lit: boolean,
): void => {
  const [w, h] = [wide * 0.075, wide * 0.1]
  const [x, y] = [px - w / 2, py - h / 2]
  ctx.fillStyle = css(
    lit ? mix([255, 204, 120], tone([255, 230, 190], 1, far), far * 0.6) : tone([62, 70, 84], 0.5, far),
  )
  ctx.fillRect(x, y, w, h)
  if (w < 3) return
  fillRectangle(ctx, css(tone([240, 234, 220], 0.7, far)), [x + w * 0.44, y, w * 0.12, h])
  ctx.fillRect(x, y + h * 0.42, w, h * 0.1)
}

/** Windows and the door. Answers whether any window is lit. */
const paintOpenings = (ctx: DrawingContext, random: Random, cottage: Cottage, style: HouseStyle): boolean => {
  const { wide, alpine, gable, wall, rise, from, to, flank } = cottage
  const spots = [
    ...[0.22, 0.74].map((share) => to(from * share, wall * 0.56)),
    ...[0.28, 0.72].map((share) => to(from + gable * share, alpine ? wall * 0.24 : wall * 0.58)),
    ...(alpine ? [0.28, 0.72] : []).map((share) => to(from + gable * share, wall * 0.76)),
    to(wide - gable / 2, wall + rise * 0.3),
  ]
  let anyLit = false
  for (const spot of spots) {
    const lit = random() < style.lively
    anyLit ||= lit
    paintWindow(ctx, style, spot, wide, lit)
  }
  const [x, y] = to(from * 0.48, wall * 0.66)
  const w = wide * 0.075
  fillRectangle(ctx, css(style.tone([96, 62, 46], flank * 0.8, style.far)), [x - w * 0.55, y, w * 1.1, wall * 0.66])
  return anyLit
}

/**
 * A house that stands by itself, seen a little from its gable's side: long wall, gable, roof, chimney. Its foot is at `x`,
 * `y`, and `wide` its breadth. Answers where its smoke rises.
 */
export const paintCottage = (
  ctx: DrawingContext,
  random: Random,
  plot: Plot,
  style: HouseStyle,
): { x: number; y: number } => {
  const cottage = planCottage(random, plot, style)
  paintWalls(ctx, cottage, style, 0, cottage.plaster)
  if (cottage.alpine) {
    paintWalls(ctx, cottage, style, cottage.wall * 0.44, cottage.timber)
    paintBalcony(ctx, cottage, style)
  }
  const [x, y] = paintRoof(ctx, random, cottage, style)
  const lit = paintOpenings(ctx, random, cottage, style)
  if (lit && style.night) {
    const glow = glowImage([255, 190, 104], 48)
    drawGlow(ctx, glow, [plot.x, plot.y - cottage.wall * 0.5, plot.wide * 1.1], 0.34 * (1 - style.far))
  }
  return { x, y }
}
