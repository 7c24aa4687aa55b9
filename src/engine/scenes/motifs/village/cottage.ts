import type { SKRSContext2D } from '@napi-rs/canvas'
import type { Rgb } from '../../../rgb.ts'
import type { Random } from '../../../random.ts'
import { drawGlow, fillShape, glowImage } from '../../../canvas/drawing.ts'
import { css, mix, shift } from '../../../canvas/colour.ts'
import type { HouseStyle } from '../../built/house.ts'

/** How the houses of a village are built: of plaster under tiles, of wood over stone, or white under flat roofs. */
export type Build = 'plain' | 'alpine' | 'seaside'

type Cottage = { x: number; y: number; wide: number; build: Build; hand: 1 | -1 }

const any = <Item>(random: Random, items: readonly Item[]): Item => items[Math.floor(random() * items.length)]!

const opening = (
  ctx: SKRSContext2D,
  style: HouseStyle,
  x: number,
  y: number,
  w: number,
  h: number,
  lit: boolean,
): void => {
  const { tone, far } = style
  ctx.fillStyle = css(
    lit ? mix([255, 204, 120], tone([255, 230, 190], 1, far), far * 0.6) : tone([62, 70, 84], 0.5, far),
  )
  ctx.fillRect(x, y, w, h)
  if (w < 3) return
  ctx.fillStyle = css(tone([240, 234, 220], 0.7, far))
  ctx.fillRect(x + w * 0.44, y, w * 0.12, h)
  ctx.fillRect(x, y + h * 0.42, w, h * 0.1)
}

/**
 * A house that stands by itself, seen a little from its gable's side: long wall, gable, roof, chimney. Its foot is at `x`,
 * `y`, and `wide` its breadth. Answers where its smoke rises.
 */
export const paintCottage = (
  ctx: SKRSContext2D,
  random: Random,
  { x, y, wide, build, hand }: Cottage,
  style: HouseStyle,
): { x: number; y: number } => {
  const { tone, far, sunny, snowy } = style
  const alpine = build === 'alpine'
  const seaside = build === 'seaside'
  const gable = wide * (alpine ? 0.52 : 0.42)
  const wall = wide * (alpine ? 0.4 : 0.3 + random() * 0.08)
  const rise = wide * (seaside ? 0.1 : alpine ? 0.18 : 0.24 + random() * 0.08)
  const over = wide * (alpine ? 0.07 : 0.035)
  const to = (u: number, v: number): readonly [number, number] => [x + hand * (u - wide / 2), y - v]
  const from = wide - gable
  const plaster = shift(any(random, style.walls), (random() - 0.5) * 0.05)
  const timber: Rgb = shift([128, 82, 50], (random() - 0.5) * 0.08)
  const roof: Rgb = snowy
    ? [238, 243, 250]
    : alpine
      ? [108, 80, 66]
      : shift(any(random, style.roofs), (random() - 0.5) * 0.06)
  // The sun strikes the gable or the long wall, never both alike.
  const [front, flank] = hand > 0 === sunny > 0.5 ? [sunny, sunny * 0.5] : [sunny * 0.55, sunny]
  const part = (points: readonly (readonly [number, number])[], colour: Rgb, shine: number): void =>
    fillShape(ctx, points, css(tone(colour, shine, far)))
  part([to(0, 0), to(from, 0), to(from, wall), to(0, wall)], plaster, flank)
  part([to(from, 0), to(wide, 0), to(wide, wall), to(wide - gable / 2, wall + rise), to(from, wall)], plaster, front)
  if (alpine) {
    part([to(0, wall * 0.44), to(from, wall * 0.44), to(from, wall), to(0, wall)], timber, flank)
    part(
      [to(from, wall * 0.44), to(wide, wall * 0.44), to(wide, wall), to(wide - gable / 2, wall + rise), to(from, wall)],
      timber,
      front,
    )
    part(
      [
        to(from - over, wall * 0.4),
        to(wide + over, wall * 0.4),
        to(wide + over, wall * 0.5),
        to(from - over, wall * 0.5),
      ],
      shift(timber, 0.06),
      front,
    )
    for (let flower = 0; flower < 9; flower++) {
      const [fx, fy] = to(from + (gable * (flower + 0.5)) / 9, wall * 0.52)
      ctx.fillStyle = css(tone(snowy ? [240, 244, 250] : [206, 52, 60], front, far))
      ctx.fillRect(fx - wide * 0.012, fy - wide * 0.012, wide * 0.026, wide * 0.024)
    }
  }
  const chimney = to(from * (0.25 + random() * 0.4) + gable * 0.3, wall + rise * 1.6)
  const stack = wide * 0.07
  ctx.fillStyle = css(tone([150, 104, 86], flank, far))
  if (!seaside) ctx.fillRect(chimney[0] - stack / 2, chimney[1], stack, rise * 1.1)
  part(
    [
      to(-over, wall - over * 0.6),
      to(gable / 2 - over, wall + rise + over * 0.2),
      to(wide - gable / 2, wall + rise + over * 0.2),
      to(from - over * 0.4, wall - over * 0.6),
    ],
    roof,
    Math.min(1, flank + (snowy ? 0.6 : 0.18)),
  )
  // The verge of the roof stands out before the gable.
  ctx.strokeStyle = css(tone(snowy ? roof : shift(roof, 0.05), Math.min(1, front + (snowy ? 0.7 : 0.15)), far))
  ctx.lineWidth = Math.max(1, wide * (snowy ? 0.055 : 0.035))
  ctx.lineJoin = 'round'
  ctx.beginPath()
  ctx.moveTo(...to(from - over, wall - over * 0.9))
  ctx.lineTo(...to(wide - gable / 2, wall + rise))
  ctx.lineTo(...to(wide + over, wall - over * 0.9))
  ctx.stroke()
  const lit = (): boolean => random() < style.lively
  const [w, h] = [wide * 0.075, wide * 0.1]
  let lights = 0
  const put = (u: number, v: number): void => {
    const on = lit()
    if (on) lights++
    const [px, py] = to(u, v)
    opening(ctx, style, px - w / 2, py - h / 2, w, h, on)
  }
  for (const share of [0.22, 0.74]) put(from * share, wall * 0.56)
  for (const share of [0.28, 0.72]) put(from + gable * share, alpine ? wall * 0.24 : wall * 0.58)
  if (alpine) for (const share of [0.28, 0.72]) put(from + gable * share, wall * 0.76)
  put(wide - gable / 2, wall + rise * 0.3)
  const [dx, dy] = to(from * 0.48, wall * 0.66)
  ctx.fillStyle = css(tone([96, 62, 46], flank * 0.8, far))
  ctx.fillRect(dx - w * 0.55, dy, w * 1.1, wall * 0.66)
  if (lights > 0 && style.night)
    drawGlow(ctx, glowImage([255, 190, 104], 48), x, y - wall * 0.5, wide * 1.1, 0.34 * (1 - far))
  return { x: chimney[0], y: chimney[1] }
}
