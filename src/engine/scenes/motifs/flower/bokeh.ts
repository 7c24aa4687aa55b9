import { pick, type Random } from '../../../random.ts'
import type { Rgb } from '../../../rgb.ts'
import type { DrawingContext } from '../../../canvas/drawing-context.ts'
import { css, mix } from '../../../canvas/colour.ts'
import { fbm } from '../../../canvas/noise.ts'
import { fillEllipse } from '../../../canvas/paths.ts'
import { coverBox, type Layer, layerAt, type SceneContext, still } from '../../layers.ts'
import { type Box, paintSprite, pixelSprite, printSprite, type Sprite } from '../../../canvas/sprite.ts'

type Ground = { low: Rgb; mid: Rgb; high: Rgb; lights: readonly Rgb[] }

/** Soft ground colours, a pixel for sixteen of the frame: dark below, light from the sun's side. */
const blurredGround = (scene: SceneContext, box: Box, { low, mid, high }: Ground): Sprite => {
  const { light } = scene
  const noise = scene.noise('bokeh')
  const [columns, rows] = [Math.ceil(box.width / 16), Math.ceil(box.height / 16)]
  const data = new Uint8ClampedArray(columns * rows * 4)
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const x = column / columns
      const y = row / rows
      const sun = Math.exp(-(((x - light.sun.x) * 1.6) ** 2 + ((y - 0.1) * 1.5) ** 2) * 1.6)
      const level = Math.min(1, Math.max(0, 1 - y * 1.05 + fbm(noise, x * 3, y * 3, 3) * 0.5 + sun * 0.35))
      const [from, to, share] = level < 0.5 ? [low, mid, level * 2] : [mid, high, level * 2 - 1]
      const index = (row * columns + column) * 4
      for (let channel = 0; channel < 3; channel++)
        data[index + channel] = from[channel]! + (to[channel]! - from[channel]!) * share
      data[index + 3] = 255
    }
  const small = pixelSprite(box, 0.1, { width: columns, height: rows, data })
  return paintSprite(box, 0.1, (ctx) => ctx.drawImage(small.canvas, box.x, box.y, box.width, box.height))
}

/** Discs of light that stand still, brightest at their rims. */
const stillDiscs = (
  ctx: DrawingContext,
  random: Random,
  { width, height, unit }: SceneContext,
  lights: readonly Rgb[],
): void => {
  for (let disc = 0; disc < 34; disc++) {
    const colour = pick(random, lights)
    const radius = (18 + random() ** 2 * 60) * unit
    const x = random() * width
    const y = height * random() ** 0.8
    const alpha = 0.05 + random() * 0.12
    const rim = ctx.createRadialGradient(x, y, radius * 0.5, x, y, radius)
    rim.addColorStop(0, css(colour, alpha))
    rim.addColorStop(0.88, css(mix(colour, [255, 255, 255], 0.25), alpha * 1.6))
    rim.addColorStop(1, css(colour, 0))
    fillEllipse(ctx, rim, [x, y, radius, radius])
  }
}

/** Discs of light that hover and glimmer. */
const hoveringDiscs = ({ width, height, unit }: SceneContext, random: Random, lights: readonly Rgb[]): Layer => {
  const discs = Array.from({ length: 12 }, () => ({
    x: random() * width,
    y: height * random() * 0.9,
    radius: (14 + random() * 34) * unit,
    colour: css(pick(random, lights)),
    phase: random() * 7,
    pace: 0.4 + random() * 0.6,
  }))
  return layerAt(0.16, (ctx, view) => {
    for (const { x, y, radius, colour, phase, pace } of discs) {
      ctx.globalAlpha = 0.1 + 0.09 * Math.sin(view.seconds * pace * 1.6 + phase)
      const hoverX = x + Math.sin(view.seconds * pace * 0.5 + phase) * 16 * unit
      const hoverY = y + Math.cos(view.seconds * pace * 0.4 + phase) * 12 * unit
      fillEllipse(ctx, colour, [hoverX, hoverY, radius, radius])
    }
    ctx.globalAlpha = 1
  })
}

/** What lies out of focus behind something close: soft ground colours, dark below and light from the sun's side, discs of light. */
export const bokehLayers = (scene: SceneContext, ground: Ground): Layer[] => {
  const random = scene.random('bokeh')
  const box = coverBox(scene, 0.1)
  const backdrop = blurredGround(scene, box, ground)
  printSprite(
    backdrop,
    paintSprite(box, 0.1, (ctx) => stillDiscs(ctx, random, scene, ground.lights)),
  )
  return [still(backdrop), hoveringDiscs(scene, random, ground.lights)]
}
