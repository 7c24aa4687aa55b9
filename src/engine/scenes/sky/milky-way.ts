import type { Canvas } from '@napi-rs/canvas'
import type { DrawingContext } from '../../canvas/drawing-context.ts'
import { glowImage } from '../../canvas/drawing.ts'
import type { SceneContext } from '../layers.ts'

const CLOUDS = [
  [176, 190, 236],
  [226, 190, 206],
  [250, 224, 190],
] as const

/** The glow of the galaxy's band: soft clouds of light along it, and dust that parts them. `slope` is across by down. */
export const milkyWay = (
  ctx: DrawingContext,
  scene: SceneContext,
  horizon: number,
  { middle, slope, amount }: { middle: number; slope: number; amount: number },
): void => {
  const { width, unit } = scene
  const random = scene.random('galactic band')
  const noise = scene.noise('galactic band')
  const [blue, rose, gold] = CLOUDS.map((colour) => glowImage(colour, 64)) as [Canvas, Canvas, Canvas]
  const dust = glowImage([6, 9, 22], 64)
  const drawPatch = (image: Canvas, spread: number, size: number, alpha: number): void => {
    const y = (random() * 1.2 - 0.1) * horizon
    const away = (random() + random() + random() - 1.5) * width * spread
    const x = middle + (y - horizon * 0.5) * slope + away
    const patch = Math.max(0, 0.5 + noise(x / (170 * unit), y / (170 * unit)) * 0.9)
    const fade = Math.min(1, Math.max(0, (horizon - y) / (horizon * 0.35)))
    const radius = size * (0.4 + random()) * unit
    ctx.globalAlpha = Math.min(1, alpha * patch * fade * amount)
    ctx.drawImage(image, x - radius, y - radius, radius * 2, radius * 2)
  }
  ctx.globalCompositeOperation = 'lighter'
  for (let cloud = 0; cloud < 260; cloud++)
    drawPatch(cloud % 5 === 0 ? gold : cloud % 3 === 0 ? rose : blue, 0.15, 110, 0.08)
  for (let core = 0; core < 70; core++) drawPatch(gold, 0.05, 60, 0.07)
  ctx.globalCompositeOperation = 'source-over'
  for (let rift = 0; rift < 110; rift++) drawPatch(dust, 0.06, 46, 0.34)
  ctx.globalAlpha = 1
}
