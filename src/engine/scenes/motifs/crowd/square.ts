import { rgb, type Rgb } from '../../../rgb.ts'
import type { Random } from '../../../random.ts'
import type { DrawingContext } from '../../../canvas/drawing-context.ts'
import { radialGradient } from '../../../canvas/gradients.ts'
import { fillEllipse, fillRectangle } from '../../../canvas/paths.ts'
import { type Tone, toneOf } from '../../tone.ts'
import { css, mix, shift } from '../../../canvas/colour.ts'
import { coverBox, type SceneContext } from '../../layers.ts'
import { paintSprite, type Sprite } from '../../../canvas/sprite.ts'
import { drawAt } from '../../../canvas/curves.ts'

export type Square = {
  angle: number
  market: boolean
  /** Those who cross it carry umbrellas. */
  umbrellas: boolean
  wet: boolean
  night: boolean
  sun: number
  lanes: number
  gap: number
}

const AWNINGS: readonly (readonly [Rgb, Rgb])[] = [
  [rgb(0xce4238), rgb(0xf6f0e2)],
  [rgb(0x367496), rgb(0xf6f0e2)],
  [rgb(0xe8a83e), rgb(0xfaf4e2)],
  [rgb(0x4e8c62), rgb(0xf6f0e2)],
  [rgb(0x96568c), rgb(0xfaece2)],
]

/** What the parts of the ground are painted with; `base` is its colour, `long` how far it reaches from the middle. */
type Ground = {
  ctx: DrawingContext
  scene: SceneContext
  square: Square
  random: Random
  tone: Tone
  base: Rgb
  long: number
}

/** Setts in rows, each of its own shade. */
const paintSetts = ({ ctx, scene: { unit }, random, base, long }: Ground): void => {
  const size = 26 * unit
  for (let y = -long; y < long; y += size * 0.62)
    for (let x = -long + ((Math.round(y / size) % 2) * size) / 2; x < long; x += size) {
      if (random() < 0.35) continue
      ctx.fillStyle = css(shift(base, (random() - 0.5) * 0.07), 0.7)
      ctx.fillRect(x, y, size - 1.6 * unit, size * 0.62 - 1.6 * unit)
    }
}

/** A zebra crossing, and on some streets rails. */
const paintCrossing = ({ ctx, scene, square, random, base, long }: Ground): void => {
  const { width, height, unit } = scene
  const paint = css(mix(base, [246, 246, 240], square.wet ? 0.6 : 0.78), 0.9)
  const at = (random() - 0.5) * width * 0.4
  for (let y = -long; y < long; y += 74 * unit) fillRectangle(ctx, paint, [at - 92 * unit, y, 184 * unit, 38 * unit])
  if (random() >= 0.6) return
  const rail = (random() - 0.5) * height * 0.5
  const [iron, shine] = [css(mix(base, [30, 30, 36], 0.6)), css(mix(base, [230, 236, 244], 0.7))]
  for (const off of [-34, 34]) fillRectangle(ctx, iron, [-long, rail + off * unit, long * 2, 7 * unit])
  for (const off of [-33, 35]) fillRectangle(ctx, shine, [-long, rail + off * unit, long * 2, 2.4 * unit])
}

/** What puddles mirror by night. */
const SIGNS: readonly Rgb[] = [0xffc46e, 0xff6082, 0x60c8ff, 0xffe0a0].map(rgb)

const paintPuddles = ({ ctx, scene, square, random, long }: Ground): void => {
  for (let puddle = 0; puddle < 26; puddle++) {
    const [x, y] = [(random() * 2 - 1) * long, (random() * 2 - 1) * long]
    const reach = (30 + random() * 130) * scene.unit
    const lamp = square.night ? SIGNS[puddle % 4]! : mix(scene.light.skyLow, [255, 255, 255], 0.25)
    const [full, half] = square.night ? [0.5, 0.18] : [0.34, 0.2]
    const shine = radialGradient(ctx, [0, 0, reach], [0, lamp, full], [0.55, lamp, half], [1, lamp, 0])
    drawAt(ctx, { x, y, turn: random() * 3, scale: [1, 0.4 + random() * 0.4] }, () =>
      fillRectangle(ctx, shine, [-reach, -reach, reach * 2, reach * 2]),
    )
  }
}

const FRUIT: readonly Rgb[] = [0xe25c38, 0xf6be42, 0x70a848, 0xc63446, 0xf0e8d2].map(rgb)

/** A crate of fruit before an edge of a stall at y, the upper one (`edge` -1) or the lower one. */
const paintCrate = (
  { ctx, scene: { unit }, square, random, tone }: Ground,
  x: number,
  y: number,
  edge: number,
): void => {
  fillRectangle(ctx, css(tone([120, 84, 54], 0.6)), [x, y - (edge < 0 ? 20 : 0) * unit, 23 * unit, 20 * unit])
  const fruit = css(tone(FRUIT[Math.floor(random() * 5)]!, square.night ? 0.5 : 0.85))
  for (let piece = 0; piece < 6; piece++) {
    const down = y + (edge < 0 ? -14 : 6) * unit + Math.floor(piece / 3) * 7 * unit
    fillEllipse(ctx, fruit, [x + (5 + (piece % 3) * 6.5) * unit, down, 3.4 * unit, 3.4 * unit])
  }
}

/** A stall under a striped awning, its left end at x, its middle at y; answers how wide it is. */
const paintStall = (ground: Ground, x: number, y: number): number => {
  const { ctx, scene, square, random, tone } = ground
  const { unit } = scene
  const wide = (120 + random() * 110) * unit
  const deep = square.gap * 1.5 * (0.84 + random() * 0.24)
  const [first, second] = AWNINGS[Math.floor(random() * AWNINGS.length)]!
  const shadowX = x + 12 * unit * Math.cos(square.sun)
  fillRectangle(ctx, 'rgba(20,16,24,0.34)', [shadowX, y - deep / 2 + 16 * unit, wide, deep])
  // What is for sale stands out at the front.
  for (let crate = x + 4 * unit; crate < x + wide - 20 * unit; crate += 26 * unit)
    for (const edge of [-1, 1]) paintCrate(ground, crate, y + (edge * deep) / 2, edge)
  const stripes = Math.round(wide / (17 * unit))
  for (let stripe = 0; stripe < stripes; stripe++)
    for (const half of [0, 1]) {
      const cloth = shift(stripe % 2 ? second : first, half ? -0.05 : 0.02)
      const left = x + (wide / stripes) * stripe
      const paint = css(tone(cloth, square.night ? 0.4 : half ? 0.62 : 0.9))
      fillRectangle(ctx, paint, [left, y - deep / 2 + (deep / 2) * half, wide / stripes + 0.6, deep / 2])
    }
  fillRectangle(ctx, 'rgba(30,20,24,0.3)', [x, y - 1.5 * unit, wide, 3 * unit])
  return wide
}

/** A square or a street from straight above: paving, a crossing, rails, puddles; stalls under striped awnings on a market. */
export const squareSprite = (scene: SceneContext, square: Square): Sprite => {
  const { light, width, height, unit } = scene
  const random = scene.random('square')
  const tone = toneOf(scene)
  const long = Math.hypot(width, height) * 0.75
  const stone: Rgb = square.market ? [176, 160, 140] : [122, 124, 130]
  const base = mix(
    tone(square.wet ? shift(stone, -0.06) : stone, square.night ? 0.4 : 0.8),
    square.night ? [74, 62, 66] : light.skyLow,
    square.night ? 0.3 : square.wet ? 0.16 : 0,
  )
  return paintSprite(coverBox(scene, 1), 1, (ctx, box) => {
    fillRectangle(ctx, css(base), [box.x, box.y, box.width, box.height])
    ctx.translate(width / 2, height / 2)
    ctx.rotate(square.angle)
    const ground: Ground = { ctx, scene, square, random, tone, base, long }
    paintSetts(ground)
    if (!square.market) paintCrossing(ground)
    if (square.wet) paintPuddles(ground)
    if (!square.market) return
    // Two rows of stalls between lanes of people, back to back.
    for (let row = -6; row <= 6; row++) {
      const y = (row + 0.5) * square.gap * (square.lanes + 1.9)
      if (Math.abs(y) > long) continue
      for (let x = -long; x < long;) x += paintStall(ground, x, y) + (14 + random() * 50) * unit
    }
  })
}
