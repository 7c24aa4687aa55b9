import type { Canvas } from '@napi-rs/canvas'
import { rgb, type Rgb } from '../../../rgb.ts'
import { drawGlow, glowImage } from '../../../canvas/drawing.ts'
import { css, mix, shift } from '../../../canvas/colour.ts'
import { fillPolygon, fillRectangle, fillRounded } from '../../../canvas/paths.ts'
import { paintSprite } from '../../../canvas/sprite.ts'
import { type Layer, layerAt, type SceneContext } from '../../layers.ts'
import type { Street } from './street-canyon.ts'

/** A car from behind or from the front, one unit wide, its wheels on 0, 0: drawn once and then only scaled. */
const carSprite = ({ light }: SceneContext, colour: Rgb, front: boolean): Canvas =>
  paintSprite({ x: 0, y: 0, width: 200, height: 160 }, 0, (ctx) => {
    ctx.translate(100, 150)
    ctx.scale(150, 150)
    const body = mix(colour, light.ambient, light.dark > 0.35 ? 0.62 : 0.25)
    fillRectangle(ctx, 'rgba(0,0,0,0.45)', [-0.52, -0.06, 1.04, 0.07])
    for (const x of [-0.42, 0.28]) fillRectangle(ctx, '#0c0c12', [x, -0.2, 0.15, 0.2])
    fillRounded(ctx, css(body), [-0.5, -0.5, 1, 0.4, 0.1])
    fillPolygon(ctx, css(shift(body, -0.03)), [-0.44, -0.46, -0.33, -0.78, 0.33, -0.78, 0.44, -0.46])
    const glass = css(mix(light.skyMid, [16, 20, 30], 0.6))
    fillPolygon(ctx, glass, [-0.37, -0.5, -0.29, -0.72, 0.29, -0.72, 0.37, -0.5])
    fillRectangle(ctx, css(shift(body, 0.1), 0.5), [-0.46, -0.48, 0.92, 0.03])
    for (const x of [-0.46, 0.3]) fillRounded(ctx, front ? '#fff4d8' : '#ff4638', [x, -0.4, 0.16, 0.08, 0.03])
  }).canvas

const PAINTS = [0xecb02c, 0xb22c2a, 0x2e4876, 0xdcdcde, 0x282a32, 0xecb02c].map(rgb)

/** Where a car leaves: its wheels are then below the frame. */
const NEAREST = 0.62

/** Cars in both directions: those that come show white lights, those that go red ones. */
export const streetCars = (scene: SceneContext, street: Street, night: boolean): Layer => {
  const random = scene.random('avenue traffic')
  const right = scene.random('drive')() < 0.6 ? 1 : -1
  const images = PAINTS.map((paint) => [carSprite(scene, paint, false), carSprite(scene, paint, true)] as const)
  const white = glowImage([255, 240, 208])
  const red = glowImage([255, 70, 50])
  const span = 17
  const cars = Array.from({ length: 15 }, (_, index) => ({
    coming: index % 2 === 0,
    lane: random() < 0.5 ? 0.16 : 0.45,
    at: ((index + random() * 0.5) / 15) * span,
    pace: 0.9 + random() * 0.5,
    paint: Math.floor(random() * PAINTS.length),
  }))
  return layerAt(0.5, (ctx, view) => {
    const placed = cars
      .map((car) => {
        const moved = car.at + (car.coming ? -1 : 1) * view.seconds * car.pace
        return { ...car, z: NEAREST + (((moved % span) + span) % span) }
      })
      .sort((a, b) => b.z - a.z)
      .map((car) => {
        const hand = (car.coming ? -1 : 1) * right
        const [x, y] = street.to(hand * car.lane, 0, car.z)
        const [edge] = street.to(hand * car.lane + 0.2, 0, car.z)
        const fadeIn = Math.min(1, (car.z - NEAREST) * 6, (NEAREST + span - car.z) * 0.6)
        return { ...car, x, y, wide: edge - x, fadeIn }
      })
    for (const { coming, paint, x, y, wide, fadeIn } of placed) {
      ctx.globalAlpha = fadeIn
      const image = images[paint]![coming ? 1 : 0]
      ctx.drawImage(image, x - wide * (100 / 150), y - wide, wide * (200 / 150), wide * (160 / 150))
    }
    ctx.globalAlpha = 1
    // All their lights after all of them: to change between the two for each car costs more than the cars.
    if (night)
      for (const { coming, x, y, wide, fadeIn } of placed)
        for (const lamp of [-0.38, 0.38]) {
          const [glow, size] = coming ? [white, 0.95] : [red, 0.6]
          drawGlow(ctx, glow, [x + lamp * wide, y - wide * 0.36, wide * size], fadeIn * 0.85)
        }
  })
}
