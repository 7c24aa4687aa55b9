import type { Random } from '../../random.ts'
import type { Rgb } from '../../rgb.ts'
import type { DrawingContext } from '../../canvas/drawing-context.ts'
import { css, lit, mix } from '../../canvas/colour.ts'
import { type Layer, type SceneContext, still } from '../layers.ts'
import { paintSprite } from '../../canvas/sprite.ts'
import { linearGradient } from '../../canvas/gradients.ts'
import { fillRectangle } from '../../canvas/paths.ts'
import { fillCurve } from '../../canvas/curves.ts'

/** The castle as it is painted: the foot of its crag is `base`; `facing` is the side of the sun, 1 the right. */
type Castle = {
  ctx: DrawingContext
  random: Random
  x: number
  base: number
  size: number
  shade: Rgb
  bright: Rgb
  roof: Rgb
  facing: number
  isLit: boolean
}

const paintCrag = ({ ctx, random, x, base, size, shade, roof }: Castle, haze: Rgb): void => {
  ctx.beginPath()
  ctx.moveTo(x - size * 0.8, base + size * 0.2)
  for (let step = 0; step <= 40; step++) {
    const u = step / 40
    const rise = Math.sin(u * Math.PI) ** 0.75 * size * 0.55
    ctx.lineTo(x + (u - 0.5) * size * 1.5, base + size * 0.1 - rise - random() * size * 0.05)
  }
  ctx.lineTo(x + size * 0.8, base + size * 0.2)
  const crag = linearGradient(ctx, [0, base - size * 0.5, 0, base + size * 0.15], [0, mix(shade, roof, 0.4)], [1, haze])
  ctx.fillStyle = crag
  ctx.fill()
}

type Tower = { x: number; foot: number; wide: number; tall: number; isPointed: boolean }

/** A tower with a pointed roof or battlements. */
const paintTower = (castle: Castle, { x, foot, wide, tall, isPointed }: Tower): void => {
  const { ctx, random, shade, bright, roof, facing, isLit } = castle
  const top = foot - tall
  const wall = linearGradient(ctx, [x - wide / 2, 0, x + wide / 2, 0], [facing, bright], [1 - facing, shade])
  fillRectangle(ctx, wall, [x - wide / 2, top, wide, tall])
  ctx.fillRect(x - wide * 0.62, top, wide * 1.24, wide * 0.34)
  if (isPointed) {
    fillCurve(
      ctx,
      css(roof),
      [x - wide * 0.72, top],
      [x - wide * 0.12, top - wide * 0.9, x, top - wide * 2.5],
      [x + wide * 0.12, top - wide * 0.9, x + wide * 0.72, top],
    )
  } else
    for (let notch = 0; notch < 4; notch++)
      ctx.fillRect(x - wide * 0.62 + notch * wide * 0.34, top - wide * 0.2, wide * 0.2, wide * 0.22)
  ctx.fillStyle = isLit ? 'rgba(255,206,120,0.95)' : css(mix(shade, [20, 18, 30], 0.5))
  for (let window = 0; window < tall / wide / 1.6; window++)
    if (random() < 0.7) {
      const left = x - wide * 0.08 + (random() - 0.5) * wide * 0.4
      ctx.fillRect(left, top + wide * (0.8 + window * 1.2), wide * 0.15, wide * 0.32)
    }
}

/** A castle of many towers on a crag, hazed by distance, with lit windows when it is dark. */
export const castleLayer = (scene: SceneContext, horizon: number): Layer => {
  const { light, unit, width, height } = scene
  const random = scene.random('castle')
  const side = light.sun.x > 0.5 ? -1 : 1
  const x = width * (0.5 + side * (0.16 + random() * 0.1))
  const base = horizon + 26 * unit
  const size = Math.min(height * 0.34, 250 * unit)
  const shade = mix(lit([96, 92, 104], light.ambient, 0.8), light.haze, 0.42)
  const bright = mix(lit([176, 164, 152], light.key, light.dark > 0.6 ? 0.5 : 0.9), light.haze, 0.3)
  const roof = mix(lit([70, 60, 86], light.ambient, 0.9), light.haze, 0.34)
  const facing = light.sun.x * width > x ? 1 : 0
  const box = { x: x - size, y: base - size * 1.7, width: size * 2, height: size * 1.9 }
  const sprite = paintSprite(box, 0.26, (ctx) => {
    const castle = { ctx, random, x, base, size, shade, bright, roof, facing, isLit: light.dark > 0.15 }
    paintCrag(castle, light.haze)
    const top = base - size * 0.34
    fillRectangle(ctx, css(mix(shade, bright, 0.3)), [x - size * 0.42, top - size * 0.06, size * 0.84, size * 0.3])
    for (const [index, off] of [-0.42, 0.42, -0.27, 0.3, -0.14, 0.16, 0.01].entries()) {
      const middle = 1 - Math.abs(off) * 1.5
      paintTower(castle, {
        x: x + off * size,
        foot: top + size * 0.2,
        wide: size * (0.075 + middle * 0.035 + random() * 0.02),
        tall: size * (0.3 + middle * 0.42 + random() * 0.16),
        isPointed: index !== 1 || random() < 0.5,
      })
    }
  })
  return still(sprite)
}
