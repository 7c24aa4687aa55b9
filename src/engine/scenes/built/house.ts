import type { SKRSContext2D } from '@napi-rs/canvas'
import { rgb, type Rgb } from '../../rgb.ts'
import { pick, type Random } from '../../random.ts'
import { fillPolygon, fillRectangle, strokeLine } from '../../canvas/paths.ts'
import type { Tone } from '../tone.ts'
import { css, mix, shift } from '../../canvas/colour.ts'
import { fillCircle, setPen } from '../../canvas/curves.ts'

export type HouseStyle = {
  tone: Tone
  far: number
  night: boolean
  /** Share of the windows that are lit. */
  lively: number
  snowy: boolean
  sunny: number
  roofs: readonly Rgb[]
  walls: readonly Rgb[]
}

/** A house as it is drawn: `left` and `top` of its wall, `face` the wall's fill, `pitch` the height of its roof. */
type House = {
  ctx: SKRSContext2D
  random: Random
  style: HouseStyle
  x: number
  y: number
  wide: number
  tall: number
  left: number
  top: number
  pitch: number
  wall: Rgb
  roof: Rgb
  face: SKRSContext2D['fillStyle']
}

type Box = readonly [x: number, y: number, width: number, height: number]

/** A window with its frame; some of them are lit. */
const pane = ({ ctx, random, wall, style }: House, [x, y, wide, tall]: Box): void => {
  const { tone, far } = style
  const glow = random() < style.lively
  ctx.fillStyle = css(mix(tone(shift(wall, 0.12), 0.7, far), [255, 214, 150], style.night && glow ? 0.3 : 0))
  ctx.fillRect(x - wide * 0.14, y - tall * 0.08, wide * 1.28, tall * 1.18)
  ctx.fillStyle = glow
    ? css(mix([255, 206, 128], tone([255, 230, 190], 1, far), far * 0.7))
    : css(tone([58, 72, 92], 0.5, far))
  ctx.fillRect(x, y, wide, tall)
  fillRectangle(ctx, css(tone(shift(wall, 0.12), 0.6, far), 0.9), [x + wide * 0.46, y, wide * 0.08, tall])
  ctx.fillRect(x, y + tall * 0.38, wide, tall * 0.06)
}

/** A chimney `at` a share of the breadth, `high` pixels above the wall. */
const paintChimney = ({ ctx, style, left, top, wide, pitch }: House, at: number, high: number): void => {
  const { tone, far, sunny, snowy } = style
  ctx.fillStyle = css(tone([148, 92, 74], sunny * 0.6, far))
  ctx.fillRect(left + wide * at, top - high, wide * 0.1, pitch * 0.5 + high * 0.4)
  ctx.fillStyle = css(tone(snowy ? [240, 244, 250] : [92, 64, 58], sunny * 0.6, far))
  ctx.fillRect(left + wide * (at - 0.015), top - high - wide * 0.03, wide * 0.13, wide * 0.04)
}

/** The wall up to its gable, with the edge of the roof and a window under it. */
const paintGable = (house: House): void => {
  const { ctx, style, x, y, left, top, wide, pitch, roof, face } = house
  fillPolygon(ctx, face, [left, y, left, top, x, top - pitch, left + wide, top, left + wide, y])
  ctx.strokeStyle = css(style.tone(roof, Math.min(1, style.sunny + 0.15), style.far))
  ctx.lineJoin = 'round'
  const edge = top + wide * 0.04
  const width = Math.max(1.2, wide * 0.06)
  strokeLine(ctx, [left - wide * 0.05, edge, x, top - pitch, left + wide * 1.05, edge], width)
  pane(house, [x - wide * 0.07, top - pitch * 0.42, wide * 0.14, wide * 0.17])
}

/** The lines between rows of tiles. */
const paintCourses = ({ ctx, style, left, top, wide, pitch, roof }: House, inset: number): void => {
  setPen(ctx, css(style.tone(shift(roof, -0.16), style.sunny * 0.6, style.far), 0.42), Math.max(0.6, wide * 0.008))
  for (let course = 1; course < 8; course++) {
    const at = course / 8
    const y = top - pitch * at
    const off = (inset + wide * 0.04) * at
    strokeLine(ctx, [left - wide * 0.04 + off, y, left + wide * 1.04 - off, y])
  }
}

const paintDormer = (house: House): void => {
  const { ctx, random, style, left, top, wide, pitch, roof, face } = house
  const x = left + wide * (0.25 + random() * 0.4)
  fillRectangle(ctx, face, [x, top - pitch * 0.58, wide * 0.2, pitch * 0.5])
  pane(house, [x + wide * 0.05, top - pitch * 0.5, wide * 0.1, pitch * 0.34])
  const eaves = top - pitch * 0.56
  const tiles = css(style.tone(shift(roof, -0.03), style.sunny, style.far))
  fillPolygon(ctx, tiles, [x - wide * 0.04, eaves, x + wide * 0.1, top - pitch * 0.86, x + wide * 0.24, eaves])
}

/** The wall up to its eaves, and a roof of tiles with perhaps a dormer. */
const paintEaves = (house: House): void => {
  const { ctx, random, style, left, top, wide, tall, pitch, roof, face } = house
  const { tone, far, sunny } = style
  fillRectangle(ctx, face, [left, top, wide, tall])
  const inset = wide * (random() < 0.5 ? 0.02 : 0.12)
  const tiles = ctx.createLinearGradient(0, top - pitch, 0, top)
  tiles.addColorStop(0, css(tone(shift(roof, 0.04), Math.min(1, sunny + 0.2), far)))
  tiles.addColorStop(1, css(tone(shift(roof, -0.05), sunny * 0.8, far)))
  const [ridge, eaves] = [top - pitch, top + wide * 0.02]
  const [from, to] = [left - wide * 0.04, left + wide * 1.04]
  fillPolygon(ctx, tiles, [from, eaves, left + inset, ridge, left + wide - inset, ridge, to, eaves])
  if (!style.snowy && wide > 26) paintCourses(house, inset)
  if (random() < 0.6) paintDormer(house)
}

/** A narrow town house with its foot at `y`: its gable or its eaves to the viewer, rows of windows, a roof of tiles, chimneys. */
export const paintTownHouse = (
  ctx: SKRSContext2D,
  random: Random,
  { x, y, wide, tall }: { x: number; y: number; wide: number; tall: number },
  style: HouseStyle,
): void => {
  const { tone, far, sunny } = style
  const wall = shift(pick(random, style.walls), (random() - 0.5) * 0.06)
  const roof = style.snowy ? ([232, 238, 248] as const) : shift(pick(random, style.roofs), (random() - 0.5) * 0.07)
  const hasGable = random() < 0.5
  const pitch = wide * (hasGable ? 0.55 + random() * 0.25 : 0.34 + random() * 0.2)
  const left = x - wide / 2
  const top = y - tall
  const face = ctx.createLinearGradient(left, 0, left + wide, 0)
  face.addColorStop(0, css(tone(wall, sunny, far)))
  face.addColorStop(1, css(tone(shift(wall, -0.04), sunny * 0.7, far)))
  const house: House = { ctx, random, style, x, y, wide, tall, left, top, pitch, wall, roof, face }
  paintChimney(house, 0.15 + random() * 0.2, pitch * (hasGable ? 0.35 : 1.1))
  if (hasGable) paintGable(house)
  else paintEaves(house)
  const columns = 2 + Math.floor(random() * 2)
  const floors = Math.max(1, Math.floor(tall / (wide * 0.36)))
  const gap = wide / columns
  for (let level = 0; level < floors; level++)
    for (let column = 0; column < columns; column++)
      pane(house, [left + gap * (column + 0.33), top + wide * (0.1 + level * 0.36), gap * 0.34, wide * 0.2])
}

/** The outline of a helmet that is drawn out to a point, or swells like an onion below it. */
const traceHelmet = (
  ctx: SKRSContext2D,
  { x, foot, top, wide }: { x: number; foot: number; top: number; wide: number },
  isPointed: boolean,
): void => {
  ctx.beginPath()
  if (isPointed) {
    ctx.moveTo(x - wide * 0.56, foot)
    ctx.quadraticCurveTo(x - wide * 0.16, foot - (foot - top) * 0.35, x, top)
    ctx.quadraticCurveTo(x + wide * 0.16, foot - (foot - top) * 0.35, x + wide * 0.56, foot)
    return
  }
  const [belly, waist, neck] = [foot - wide * 0.5, foot - wide * 0.95, foot - wide * 1.25]
  ctx.moveTo(x - wide * 0.42, foot)
  ctx.bezierCurveTo(x - wide * 0.86, belly, x - wide * 0.5, waist, x - wide * 0.1, neck)
  ctx.lineTo(x, top)
  ctx.lineTo(x + wide * 0.1, neck)
  ctx.bezierCurveTo(x + wide * 0.5, waist, x + wide * 0.86, belly, x + wide * 0.42, foot)
}

/** A church tower with a pointed or an onion-shaped helmet, its foot at `y`. */
export const paintSpire = (
  ctx: SKRSContext2D,
  random: Random,
  spire: { x: number; y: number; wide: number; tall: number },
  style: HouseStyle,
): void => {
  const { x, y, wide, tall } = spire
  const { tone, far, sunny } = style
  const stone = tone([206, 188, 162], sunny, far)
  const body = ctx.createLinearGradient(x - wide / 2, 0, x + wide / 2, 0)
  body.addColorStop(0, css(stone))
  body.addColorStop(1, css(tone([176, 156, 136], sunny * 0.4, far)))
  ctx.fillStyle = body
  const shaft = tall * 0.58
  ctx.fillRect(x - wide / 2, y - shaft, wide, shaft)
  ctx.fillStyle = css(tone([226, 212, 186], sunny, far))
  for (const band of [0.55, 1]) ctx.fillRect(x - wide * 0.56, y - shaft * band, wide * 1.12, wide * 0.08)
  ctx.fillStyle = style.lively > 0.2 ? css(mix([255, 206, 128], stone, 0.25)) : css(tone([60, 62, 78], 0.4, far))
  for (const off of [-0.2, 0.2]) {
    ctx.beginPath()
    ctx.roundRect(x + wide * off - wide * 0.09, y - shaft * 0.9, wide * 0.18, wide * 0.5, [
      wide * 0.09,
      wide * 0.09,
      0,
      0,
    ])
    ctx.fill()
  }
  fillCircle(ctx, css(tone([240, 232, 212], 0.9, far)), [x, y - shaft * 0.42, wide * 0.2])
  const copper: Rgb = style.snowy ? [222, 230, 240] : random() < 0.5 ? [96, 148, 128] : [92, 78, 84]
  const helmet = ctx.createLinearGradient(x - wide / 2, 0, x + wide / 2, 0)
  helmet.addColorStop(0, css(tone(shift(copper, 0.06), Math.min(1, sunny + 0.2), far)))
  helmet.addColorStop(1, css(tone(shift(copper, -0.1), sunny * 0.4, far)))
  ctx.fillStyle = helmet
  const top = y - tall
  traceHelmet(ctx, { x, foot: y - shaft, top, wide }, random() < 0.55)
  ctx.fill()
  fillCircle(ctx, css(tone([240, 200, 100], 0.9, far)), [x, top, Math.max(1, wide * 0.05)])
}

export const TILES: readonly Rgb[] = [0xba5a3e, 0xa84e3a, 0xca704a, 0x964a3e].map(rgb)

export const PLASTERS: readonly Rgb[] = [0xeedcb8, 0xe8c6a0, 0xd6ba9e, 0xf4e8d2, 0xceaa8c, 0xdecebe].map(rgb)

/** Paints of houses by the water in the north. */
export const QUAY_PAINTS: readonly Rgb[] = [0xbe3e30, 0xe2a03c, 0x40688c, 0xece2cc, 0x5e8870, 0xce6a46, 0x96484c].map(
  rgb,
)
