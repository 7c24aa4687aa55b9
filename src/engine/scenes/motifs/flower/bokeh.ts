import type { Rgb } from '../../../rgb.ts'
import { css, mix } from '../../../canvas/colour.ts'
import { fbm } from '../../../canvas/noise.ts'
import { coverBox, still, type Layer } from '../../layers.ts'
import { paintSprite, pixelSprite, printSprite } from '../../../canvas/sprite.ts'
import type { SceneContext } from '../../context.ts'
import { lookAt } from '../../../canvas/camera-view.ts'

/** What lies out of focus behind something close: soft ground colours, dark below and light from the sun's side, discs of light. */
export const bokehLayers = (
  scene: SceneContext,
  ground: { low: Rgb; mid: Rgb; high: Rgb; lights: readonly Rgb[] },
): Layer[] => {
  const { width, height, unit, light } = scene
  const random = scene.random('bokeh')
  const noise = scene.noise('bokeh')
  const box = coverBox(scene, 0.1)
  const scale = 1 / 16
  const [columns, rows] = [Math.ceil(box.width * scale), Math.ceil(box.height * scale)]
  const data = new Uint8ClampedArray(columns * rows * 4)
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const x = column / columns
      const y = row / rows
      const sun = Math.exp(-(((x - light.sun.x) * 1.6) ** 2 + ((y - 0.1) * 1.5) ** 2) * 1.6)
      const level = Math.min(1, Math.max(0, 1 - y * 1.05 + fbm(noise, x * 3, y * 3, 3) * 0.5 + sun * 0.35))
      const index = (row * columns + column) * 4
      for (let channel = 0; channel < 3; channel++) {
        const base =
          level < 0.5
            ? ground.low[channel]! + (ground.mid[channel]! - ground.low[channel]!) * level * 2
            : ground.mid[channel]! + (ground.high[channel]! - ground.mid[channel]!) * (level * 2 - 1)
        data[index + channel] = base
      }
      data[index + 3] = 255
    }
  const back = pixelSprite(box, 0.1, { width: columns, height: rows, data })
  const backdrop = paintSprite(box, 0.1, (ctx) => ctx.drawImage(back.canvas, box.x, box.y, box.width, box.height))
  printSprite(
    backdrop,
    paintSprite(box, 0.1, (ctx) => {
      for (let disc = 0; disc < 34; disc++) {
        const colour = ground.lights[Math.floor(random() * ground.lights.length)]!
        const radius = (18 + random() ** 2 * 60) * unit
        const x = random() * width
        const y = height * random() ** 0.8
        const alpha = 0.05 + random() * 0.12
        const rim = ctx.createRadialGradient(x, y, radius * 0.5, x, y, radius)
        rim.addColorStop(0, css(colour, alpha))
        rim.addColorStop(0.88, css(mix(colour, [255, 255, 255], 0.25), alpha * 1.6))
        rim.addColorStop(1, css(colour, 0))
        ctx.fillStyle = rim
        ctx.beginPath()
        ctx.arc(x, y, radius, 0, Math.PI * 2)
        ctx.fill()
      }
    }),
  )
  const discs = Array.from({ length: 12 }, () => ({
    x: random() * width,
    y: height * random() * 0.9,
    radius: (14 + random() * 34) * unit,
    colour: css(ground.lights[Math.floor(random() * ground.lights.length)]!),
    phase: random() * 7,
    pace: 0.4 + random() * 0.6,
  }))
  return [
    still(backdrop),
    (ctx, view) => {
      lookAt(ctx, view, 0.16)
      for (const disc of discs) {
        ctx.globalAlpha = 0.1 + 0.09 * Math.sin(view.seconds * disc.pace * 1.6 + disc.phase)
        ctx.fillStyle = disc.colour
        ctx.beginPath()
        ctx.arc(
          disc.x + Math.sin(view.seconds * disc.pace * 0.5 + disc.phase) * 16 * unit,
          disc.y + Math.cos(view.seconds * disc.pace * 0.4 + disc.phase) * 12 * unit,
          disc.radius,
          0,
          Math.PI * 2,
        )
        ctx.fill()
      }
      ctx.globalAlpha = 1
      ctx.setTransform(1, 0, 0, 1, 0, 0)
    },
  ]
}
