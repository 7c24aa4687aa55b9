import { fillEllipse, fillPath, fillPolygon, readPath, strokeLine } from '../../canvas/paths.ts'
import { type Layer, layerAt, type SceneContext } from '../layers.ts'
import { linearGradient } from '../../canvas/gradients.ts'
import { rgb } from '../../rgb.ts'
import { setPen } from '../../canvas/curves.ts'

const HULL = readPath(
  'M 1.3 0.02 Q 0.6 -0.22 -0.2 -0.2 L -0.7 -0.46 L -0.95 -0.44 L -0.86 -0.17 L -0.92 0.18 L -0.2 0.2 Q 0.7 0.18 1.3 0.02',
)
const WING = readPath('M 0.1 0.06 L -0.9 0.42 L -1.05 0.4 L -0.6 0.08')

/** A spaceship that passes close by. */
export const shipLayer = (scene: SceneContext): Layer => {
  const { width, height, unit } = scene
  const random = scene.random('ship')
  const side = random() < 0.5 ? -1 : 1
  const y = height * (0.56 + random() * 0.14)
  return layerAt(0.9, (ctx, view) => {
    ctx.translate(width * (side > 0 ? 0.28 : 0.72) + side * view.seconds * 26 * unit, y - view.seconds * 7 * unit)
    ctx.scale(side * 62 * unit, 62 * unit)
    ctx.rotate(-0.18)
    ctx.globalCompositeOperation = 'screen'
    const flame = ctx.createLinearGradient(-0.9, 0, -2.6 - Math.sin(view.seconds * 17) * 0.12, 0)
    flame.addColorStop(0, 'rgba(150,210,255,0.95)')
    flame.addColorStop(1, 'rgba(60,120,255,0)')
    fillPolygon(ctx, flame, [-0.9, -0.13, -2.7, 0, -0.9, 0.13])
    ctx.globalCompositeOperation = 'source-over'
    const hull = linearGradient(ctx, [0, -0.3, 0, 0.3], [0, rgb(0xc8d0dc)], [0.5, rgb(0x6c7688)], [1, rgb(0x1c2230)])
    fillPath(ctx, hull, HULL)
    fillPath(ctx, '#323a4c', WING)
    fillEllipse(ctx, '#9fe0ff', [0.5, -0.08, 0.2, 0.045, 0.12])
  })
}

/** Shooting stars, one after another. */
export const meteorLayer = (scene: SceneContext): Layer => {
  const { width, height, unit } = scene
  const random = scene.random('meteors')
  const side = random() < 0.5 ? -1 : 1
  const list = Array.from({ length: 7 }, (_, index) => ({
    at: 0.2 + index * 0.7 + random() * 0.4,
    x: random() * width,
    y: random() * height * 0.4,
    long: (110 + random() * 160) * unit,
  }))
  return (ctx, view) => {
    ctx.lineCap = 'round'
    for (const meteor of list) {
      const age = (view.seconds - meteor.at) / 0.8
      if (age < 0 || age > 1) continue
      const x = meteor.x + side * age * 420 * unit
      const y = meteor.y + age * 200 * unit
      const trail = ctx.createLinearGradient(x, y, x - side * meteor.long, y - meteor.long * 0.48)
      trail.addColorStop(0, `rgba(255,255,255,${Math.sin(age * Math.PI)})`)
      trail.addColorStop(1, 'rgba(180,210,255,0)')
      setPen(ctx, trail, 2.2 * unit)
      strokeLine(ctx, [x, y, x - side * meteor.long, y - meteor.long * 0.48])
    }
  }
}
