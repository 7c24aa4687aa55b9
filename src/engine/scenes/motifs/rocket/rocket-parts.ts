import type { Canvas, SKRSContext2D } from '@napi-rs/canvas'
import { rgb, type Rgb } from '../../../rgb.ts'
import { pick, type Random } from '../../../random.ts'
import { linearGradient } from '../../../canvas/gradients.ts'
import { fillPolygon, fillRectangle, strokeLine } from '../../../canvas/paths.ts'
import { type Tone, toneOf } from '../../tone.ts'
import { css, mix, shift } from '../../../canvas/colour.ts'
import { coverBox, type SceneContext } from '../../layers.ts'
import { paintSprite, type Sprite } from '../../../canvas/sprite.ts'
import { fillCurve } from '../../../canvas/curves.ts'

/** Masts and the tower that the rocket leaves, on a low bank before the water. */
export const padSprite = (scene: SceneContext, x: number, line: number, tall: number): Sprite => {
  const { unit, light } = scene
  const dark = mix(mix(light.ambient, [12, 12, 20], 0.75), light.haze, 0.16)
  return paintSprite(coverBox(scene, 0.4, 0, line + 4), 0.4, (ctx, box) => {
    fillRectangle(ctx, css(dark), [box.x, line - 5 * unit, box.width, 9 * unit])
    const [foot, edge, top] = [tall * 0.5, tall * 0.34, line - tall * 0.09]
    fillPolygon(ctx, css(dark), [x - foot, line, x - edge, top, x + edge, top, x + foot, line])
    ctx.strokeStyle = css(dark)
    const tower = x + tall * 0.2
    const high = tall * 1.12
    ctx.lineWidth = tall * 0.014
    ctx.strokeRect(tower, line - high, tall * 0.11, high)
    ctx.lineWidth = tall * 0.008
    for (let bay = 0; bay < 12; bay++) {
      const y = line - high * (bay / 12)
      const [right, up] = [tower + tall * 0.11, y - high / 12]
      strokeLine(ctx, [tower, y, right, up, tower, up, right, y])
    }
    for (const level of [0.5, 0.78]) ctx.fillRect(tower - tall * 0.1, line - high * level, tall * 0.1, tall * 0.02)
    for (const mast of [x - 0.62 * tall, x + 0.62 * tall]) strokeLine(ctx, [mast, line, mast, line - tall * 1.3])
  })
}

/** How one rocket is built and painted. `tall` is its height in pixels, `round` paints a body of that half breadth. */
type Rocket = {
  tall: number
  wide: number
  nose: number
  hull: Rgb
  paint: Rgb
  tone: Tone
  side: number
  round: (colour: Rgb, half: number) => ReturnType<typeof linearGradient>
}

const paintBoosters = (ctx: SKRSContext2D, { tall, wide, paint, tone, round }: Rocket): void => {
  const half = wide * 0.36
  for (const hand of [-1, 1]) {
    const left = hand * wide * 1.02 - half
    ctx.fillStyle = round([226, 222, 216], wide * 2)
    ctx.beginPath()
    ctx.roundRect(left, -tall * 0.62, wide * 0.72, tall * 0.6, [half, half, 0, 0])
    ctx.fill()
    fillRectangle(ctx, css(tone(paint, 0.7)), [left, -tall * 0.46, wide * 0.72, tall * 0.025])
  }
}

const paintHull = (ctx: SKRSContext2D, { tall, wide, nose, hull, round }: Rocket): void => {
  const [half, shoulder, cone] = [wide * 0.62, -tall * nose, -tall * (nose + 0.16)]
  fillCurve(
    ctx,
    round(hull, half),
    [-half, 0],
    [-half, shoulder],
    [-wide * 0.6, cone, -wide * 0.2, -tall * 0.97, 0, -tall],
    [wide * 0.2, -tall * 0.97, wide * 0.6, cone, half, shoulder],
    [half, 0],
  )
}

const paintFins = (ctx: SKRSContext2D, { tall, wide, paint, tone, side }: Rocket): void => {
  for (const hand of [-1, 1]) {
    const [inner, outer] = [hand * wide * 0.6, hand * wide * 1.3]
    const fin = [inner, -tall * 0.2, outer, -tall * 0.02, outer, tall * 0.02, inner, -tall * 0.02]
    fillPolygon(ctx, css(tone(paint, hand === side ? 0.9 : 0.4)), fin)
  }
}

/** Two stripes around the hull, and the engines' bells under it. */
const paintTrim = (ctx: SKRSContext2D, { tall, wide, paint, tone, round }: Rocket): void => {
  const half = wide * 0.62
  fillRectangle(ctx, round(paint, half), [-half, -tall * 0.7, wide * 1.24, tall * 0.045])
  ctx.fillRect(-half, -tall * 0.16, wide * 1.24, tall * 0.03)
  for (const x of [-0.36, 0, 0.36]) {
    const [x1, x2, x3, x4] = [(x - 0.12) * wide, (x + 0.12) * wide, (x + 0.2) * wide, (x - 0.2) * wide]
    fillPolygon(ctx, css(tone([60, 60, 70], 0.4)), [x1, 0, x2, 0, x3, tall * 0.03, x4, tall * 0.03])
  }
}

const PAINTS = [0xce3e30, 0x2c3e5c, 0xe69632, 0x24242a].map(rgb)

/** A rocket, with two boosters or with fins, the middle of its foot at 0, 0, in the paint of the words. */
export const rocketSprite = (scene: SceneContext, tall: number): Sprite => {
  const tone = toneOf(scene)
  const random = scene.random('rocket')
  const paint = scene.brief.colours[0] ?? pick(random, PAINTS)
  const hull: Rgb = random() < 0.25 ? [214, 136, 66] : random() < 0.3 ? [196, 200, 206] : [240, 236, 228]
  const boosters = random() < 0.55
  const nose = 0.72 + random() * 0.1
  const side = scene.light.sun.x > 0.5 ? 1 : -1
  const box = { x: -tall * 0.3, y: -tall * 1.1, width: tall * 0.6, height: tall * 1.2 }
  return paintSprite(box, 0.4, (ctx) => {
    const round: Rocket['round'] = (colour, half) =>
      linearGradient(
        ctx,
        [-half * side, 0, half * side, 0],
        [0, tone(shift(colour, -0.16), 0.2)],
        [0.55, tone(colour, 0.7)],
        [0.8, tone(shift(colour, 0.04), 1)],
        [1, tone(colour, 0.6)],
      )
    const rocket: Rocket = { tall, wide: tall * 0.1, nose, hull, paint, tone, side, round }
    if (boosters) paintBoosters(ctx, rocket)
    paintHull(ctx, rocket)
    if (!boosters) paintFins(ctx, rocket)
    paintTrim(ctx, rocket)
  })
}

/** A heap of smoke, lit above: 128 by 96 pixels. */
export const cloudSprite = (random: Random, lit: Rgb, shade: Rgb): Canvas => {
  const lobes = Array.from({ length: 15 }, () => {
    const angle = random() * Math.PI * 2
    const out = Math.sqrt(random())
    return { x: 64 + Math.cos(angle) * out * 38, y: 50 + Math.sin(angle) * out * 24, radius: 12 + random() * 12 }
  }).sort((a, b) => a.y - b.y)
  return paintSprite({ x: 0, y: 0, width: 128, height: 96 }, 0, (ctx) => {
    for (const { x, y, radius } of lobes) {
      const level = (y - 20) / 60
      ctx.fillStyle = linearGradient(
        ctx,
        [0, y - radius, 0, y + radius],
        [0, mix(lit, shade, level * 0.55)],
        [0.55, mix(lit, shade, 0.3 + level * 0.5)],
        [1, mix(lit, shade, 0.5 + level * 0.5), 0],
      )
      ctx.beginPath()
      ctx.arc(x, y, radius, 0, Math.PI * 2)
      ctx.fill()
    }
  }).canvas
}
