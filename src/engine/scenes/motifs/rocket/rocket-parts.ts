import type { Canvas } from '@napi-rs/canvas'
import type { Rgb } from '../../../rgb.ts'
import type { Random } from '../../../random.ts'
import { fillShape } from '../../../canvas/drawing.ts'
import { toneOf } from '../../tone.ts'
import { css, mix, shift } from '../../../canvas/colour.ts'
import { coverBox, type Layer } from '../../layers.ts'
import { paintSprite, type Sprite } from '../../../canvas/sprite.ts'
import type { SceneContext } from '../../context.ts'

/** Masts and the tower that the rocket leaves, on a low bank before the water. */
export const padSprite = (scene: SceneContext, x: number, line: number, tall: number): Sprite => {
  const { unit, light } = scene
  const dark = mix(mix(light.ambient, [12, 12, 20], 0.75), light.haze, 0.16)
  return paintSprite(coverBox(scene, 0.4, 0, line + 4), 0.4, (ctx, box) => {
    ctx.fillStyle = css(dark)
    ctx.fillRect(box.x, line - 5 * unit, box.width, 9 * unit)
    fillShape(
      ctx,
      [
        [x - tall * 0.5, line],
        [x - tall * 0.34, line - tall * 0.09],
        [x + tall * 0.34, line - tall * 0.09],
        [x + tall * 0.5, line],
      ],
      css(dark),
    )
    ctx.strokeStyle = css(dark)
    const tower = x + tall * 0.2
    const high = tall * 1.12
    ctx.lineWidth = tall * 0.014
    ctx.strokeRect(tower, line - high, tall * 0.11, high)
    ctx.lineWidth = tall * 0.008
    for (let bay = 0; bay < 12; bay++) {
      const y = line - high * (bay / 12)
      ctx.beginPath()
      ctx.moveTo(tower, y)
      ctx.lineTo(tower + tall * 0.11, y - high / 12)
      ctx.lineTo(tower, y - high / 12)
      ctx.lineTo(tower + tall * 0.11, y)
      ctx.stroke()
    }
    for (const level of [0.5, 0.78]) ctx.fillRect(tower - tall * 0.1, line - high * level, tall * 0.1, tall * 0.02)
    for (const mast of [-0.62, 0.62]) {
      ctx.beginPath()
      ctx.moveTo(x + mast * tall, line)
      ctx.lineTo(x + mast * tall, line - tall * 1.3)
      ctx.stroke()
    }
  })
}

type Fill = Parameters<Layer>[0]['fillStyle']

/** A rocket with two boosters, the middle of its foot at 0, 0, in the paint of the words. */
export const rocketSprite = (scene: SceneContext, tall: number): Sprite => {
  const tone = toneOf(scene)
  const random = scene.random('rocket')
  const paints: readonly Rgb[] = [
    [206, 62, 48],
    [44, 62, 92],
    [230, 150, 50],
    [36, 36, 42],
  ]
  const paint: Rgb = scene.brief.colours[0] ?? paints[Math.floor(random() * paints.length)]!
  const hull: Rgb = random() < 0.25 ? [214, 136, 66] : random() < 0.3 ? [196, 200, 206] : [240, 236, 228]
  const boosters = random() < 0.55
  const nose = 0.72 + random() * 0.1
  const side = scene.light.sun.x > 0.5 ? 1 : -1
  const wide = tall * 0.1
  return paintSprite({ x: -tall * 0.3, y: -tall * 1.1, width: tall * 0.6, height: tall * 1.2 }, 0.4, (ctx) => {
    const round = (colour: Rgb, half: number): Fill => {
      const wash = ctx.createLinearGradient(-half * side, 0, half * side, 0)
      wash.addColorStop(0, css(tone(shift(colour, -0.16), 0.2)))
      wash.addColorStop(0.55, css(tone(colour, 0.7)))
      wash.addColorStop(0.8, css(tone(shift(colour, 0.04), 1)))
      wash.addColorStop(1, css(tone(colour, 0.6)))
      return wash
    }
    for (const hand of boosters ? [-1, 1] : []) {
      ctx.fillStyle = round([226, 222, 216], wide * 2)
      ctx.beginPath()
      ctx.roundRect(hand * wide * 1.02 - wide * 0.36, -tall * 0.62, wide * 0.72, tall * 0.6, [
        wide * 0.36,
        wide * 0.36,
        0,
        0,
      ])
      ctx.fill()
      ctx.fillStyle = css(tone(paint, 0.7))
      ctx.fillRect(hand * wide * 1.02 - wide * 0.36, -tall * 0.46, wide * 0.72, tall * 0.025)
    }
    ctx.fillStyle = round(hull, wide * 0.62)
    ctx.beginPath()
    ctx.moveTo(-wide * 0.62, 0)
    ctx.lineTo(-wide * 0.62, -tall * nose)
    ctx.bezierCurveTo(-wide * 0.6, -tall * (nose + 0.16), -wide * 0.2, -tall * 0.97, 0, -tall)
    ctx.bezierCurveTo(wide * 0.2, -tall * 0.97, wide * 0.6, -tall * (nose + 0.16), wide * 0.62, -tall * nose)
    ctx.lineTo(wide * 0.62, 0)
    ctx.fill()
    if (!boosters)
      for (const hand of [-1, 1])
        fillShape(
          ctx,
          [
            [hand * wide * 0.6, -tall * 0.2],
            [hand * wide * 1.3, -tall * 0.02],
            [hand * wide * 1.3, tall * 0.02],
            [hand * wide * 0.6, -tall * 0.02],
          ],
          css(tone(paint, hand === side ? 0.9 : 0.4)),
        )
    ctx.fillStyle = round(paint, wide * 0.62)
    ctx.fillRect(-wide * 0.62, -tall * 0.7, wide * 1.24, tall * 0.045)
    ctx.fillRect(-wide * 0.62, -tall * 0.16, wide * 1.24, tall * 0.03)
    for (const x of [-0.36, 0, 0.36])
      fillShape(
        ctx,
        [
          [(x - 0.12) * wide, 0],
          [(x + 0.12) * wide, 0],
          [(x + 0.2) * wide, tall * 0.03],
          [(x - 0.2) * wide, tall * 0.03],
        ],
        css(tone([60, 60, 70], 0.4)),
      )
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
      const wash = ctx.createLinearGradient(0, y - radius, 0, y + radius)
      const level = (y - 20) / 60
      wash.addColorStop(0, css(mix(lit, shade, level * 0.55)))
      wash.addColorStop(0.55, css(mix(lit, shade, 0.3 + level * 0.5)))
      wash.addColorStop(1, css(mix(lit, shade, 0.5 + level * 0.5), 0))
      ctx.fillStyle = wash
      ctx.beginPath()
      ctx.arc(x, y, radius, 0, Math.PI * 2)
      ctx.fill()
    }
  }).canvas
}
