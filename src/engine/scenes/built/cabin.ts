import type { Random } from '../../random.ts'
import type { Rgb } from '../../rgb.ts'
import type { DrawingContext } from '../../canvas/drawing-context.ts'
import { css, lit, mix } from '../../canvas/colour.ts'
import { fillEllipse, fillPath, fillRectangle, readPath, strokeLine, strokePath } from '../../canvas/paths.ts'
import { drawSprite, paintSprite } from '../../canvas/sprite.ts'
import { type Layer, layerAt, type SceneContext } from '../layers.ts'
import type { Light } from '../light.ts'
import { setPen } from '../../canvas/curves.ts'

/** The house in shares of its size, about the middle of its foot. */
const GABLE = readPath('M 0.25 0.04 L 0.25 -0.42 L 0.5 -0.82 L 0.75 -0.42 L 0.75 0.04')
const ROOF = readPath('M -0.8 -0.38 L -0.52 -0.86 L 0.52 -0.86 L 0.26 -0.38')
const ROOF_END = readPath('M 0.5 -0.88 L 0.84 -0.38 L 0.74 -0.38 L 0.48 -0.76')
const EAVES = readPath('M -0.8 -0.37 L 0.26 -0.37 L 0.5 -0.84 L 0.8 -0.37')

type Place = { x: number; y: number; size: number }
type Colours = Readonly<Record<'wall' | 'gable' | 'roof', Rgb>>

const coloursIn = (light: Light, isWinter: boolean): Colours => {
  const strength = light.dark > 0.6 ? 0.55 : 1
  const half = mix(light.key, light.ambient, 0.5)
  return {
    wall: lit([132, 92, 62], mix(light.key, light.ambient, 0.45), strength),
    gable: lit([104, 72, 50], light.ambient, strength),
    roof: isWinter
      ? mix(lit([240, 244, 252], half, strength), [255, 255, 255], 0.3)
      : lit([92, 66, 62], half, strength),
  }
}

const paintWalls = (ctx: DrawingContext, { x, y, size: s }: Place, { wall, gable }: Colours): void => {
  fillRectangle(ctx, css(wall), [x - s * 0.7, y - s * 0.42, s * 0.95, s * 0.46])
  fillPath(ctx, css(gable), GABLE, { x, y, size: s })
  setPen(ctx, css(mix(wall, [10, 6, 6], 0.5), 0.5), s * 0.008)
  for (let log = 1; log < 7; log++) {
    const level = y - s * 0.42 + log * s * 0.066
    strokeLine(ctx, [x - s * 0.7, level, x + s * 0.75, level])
  }
  fillRectangle(ctx, css(mix(gable, [20, 20, 24], 0.4)), [x - s * 0.44, y - s * 1.02, s * 0.13, s * 0.36])
}

const paintRoof = (ctx: DrawingContext, at: Place, { gable, roof }: Colours, light: Light): void => {
  fillPath(ctx, css(roof), ROOF, at)
  fillPath(ctx, css(mix(mix(roof, light.ambient, 0.45), gable, 0.3)), ROOF_END, at)
  setPen(ctx, css(mix(gable, [12, 10, 14], 0.4)), at.size * 0.022)
  strokePath(ctx, EAVES, at)
}

/** Snow lies against the walls, so that the house stands in it and not on it. */
const paintHeaps = (ctx: DrawingContext, { x, y, size: s }: Place, random: Random, roof: Rgb, shade: Rgb): void => {
  for (let heap = 0; heap < 15; heap++) {
    const off = -0.86 + (heap / 14) * 1.72 + (random() - 0.5) * 0.06
    fillEllipse(ctx, css(mix(roof, shade, 0.25 + random() * 0.2)), [
      x + off * s,
      y + s * 0.06,
      s * (0.1 + random() * 0.09),
      s * (0.035 + random() * 0.04),
    ])
  }
}

const paintGlow = (ctx: DrawingContext, { x, y, size: s }: Place): void => {
  ctx.globalCompositeOperation = 'screen'
  const glow = ctx.createRadialGradient(x - s * 0.2, y - s * 0.2, 0, x - s * 0.2, y - s * 0.1, s * 1.3)
  glow.addColorStop(0, 'rgba(255,180,90,0.4)')
  glow.addColorStop(1, 'rgba(255,160,70,0)')
  fillRectangle(ctx, glow, [x - s * 1.7, y - s * 1.6, s * 3.4, s * 3])
}

/** Puffs from the chimney. */
const smokeOf = ({ x, y, size: s }: Place, random: Random, light: Light): Layer => {
  const puffs = Array.from({ length: 26 }, (_, index) => ({
    at: index / 26,
    drift: 0.6 + random() * 0.8,
    size: 0.6 + random() * 0.8,
  }))
  const pale = mix(light.haze, [255, 255, 255], 0.25)
  return layerAt(0.6, (ctx, view) => {
    for (const puff of puffs) {
      const age = (puff.at + view.seconds * 0.09) % 1
      ctx.fillStyle = css(pale, 0.16 * (1 - age) * Math.min(1, age * 8))
      ctx.beginPath()
      ctx.arc(
        x - s * 0.375 + age * age * s * 0.8 * puff.drift + Math.sin(age * 9 + view.seconds) * s * 0.02,
        y - s * 1.02 - age * s * 1.1,
        s * (0.035 + age * 0.16) * puff.size,
        0,
        Math.PI * 2,
      )
      ctx.fill()
    }
  })
}

/** A small house of logs with a lit window and smoke from its chimney. */
export const cabinLayer = (scene: SceneContext, at: { y: number; size: number; x?: number }): Layer => {
  const { light, width } = scene
  const random = scene.random('cabin')
  const s = at.size
  const x = at.x ?? width * (light.sun.x > 0.5 ? 0.3 : 0.66)
  const y = at.y
  const place: Place = { x, y, size: s }
  const isWinter = light.season === 'winter' || light.weather === 'snow'
  const isLit = light.dark > 0.1 || light.weather !== 'clear'
  const colours = coloursIn(light, isWinter)
  const sprite = paintSprite({ x: x - s * 1.7, y: y - s * 1.6, width: s * 3.4, height: s * 3 }, 0.6, (ctx) => {
    paintWalls(ctx, place, colours)
    paintRoof(ctx, place, colours, light)
    ctx.fillStyle = isLit ? '#ffcf7a' : css(mix(light.skyMid, [30, 40, 60], 0.4))
    for (const off of [-0.55, -0.12]) ctx.fillRect(x + off * s, y - s * 0.3, s * 0.18, s * 0.19)
    ctx.fillRect(x + s * 0.42, y - s * 0.32, s * 0.16, s * 0.18)
    const door = css(mix(colours.gable, [16, 10, 8], 0.6))
    fillRectangle(ctx, door, [x - s * 0.31, y - s * 0.3, s * 0.14, s * 0.34])
    if (isWinter) paintHeaps(ctx, place, random, colours.roof, light.ambient)
    if (isLit) paintGlow(ctx, place)
  })
  const smoke = smokeOf(place, random, light)
  return (ctx, view) => {
    smoke(ctx, view)
    drawSprite(ctx, view, sprite)
  }
}
