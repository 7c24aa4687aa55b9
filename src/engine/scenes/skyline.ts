import type { Rgb } from '../prompt/colours.ts'
import { css, mix } from './colour.ts'
import { mistLayer } from './mist.ts'
import { coverBox, drawPlate, paintPlate, printPlate, type Plate } from './plate.ts'
import type { Layer, Stage } from './stage.ts'
import { paintSign, paintTower, type Neon, type TowerStyle } from './towers.ts'

const haloPlate = (stage: Stage, lights: readonly Neon[], depth: number): Plate =>
  // Painted small, so that enlarging it blurs it.
  paintPlate(
    coverBox(stage, depth),
    depth,
    (ctx) => {
      for (const one of lights) {
        const spread = 9 * stage.unit + Math.min(one.width, one.height) * 0.5
        ctx.fillStyle = css(one.colour, 0.22 * one.strength)
        ctx.fillRect(one.x - spread, one.y - spread, one.width + spread * 2, one.height + spread * 2)
        ctx.fillStyle = css(one.colour, 0.1 * one.strength)
        ctx.fillRect(one.x - spread * 2.4, one.y - spread * 2.4, one.width + spread * 4.8, one.height + spread * 4.8)
      }
    },
    1 / 22,
  )

/** Prints neon tubes and their glow onto the towers that carry them. */
const printLights = (stage: Stage, plate: Plate, lights: readonly Neon[]): void => {
  const ctx = plate.canvas.getContext('2d')
  for (const one of lights) {
    if (Math.min(one.width, one.height) >= 8 * stage.unit) continue
    ctx.fillStyle = css(mix(one.colour, [255, 255, 255], 0.5), one.strength)
    ctx.fillRect(one.x - plate.x, one.y - plate.y, one.width, one.height)
  }
  ctx.globalCompositeOperation = 'screen'
  printPlate(plate, haloPlate(stage, lights, plate.depth))
  ctx.globalCompositeOperation = 'source-over'
}

/** The lamps of an ordinary town. */
export const lamps: readonly Rgb[] = [
  [255, 178, 104],
  [255, 214, 160],
  [150, 186, 255],
]

export const skyline = (
  stage: Stage,
  foot: number,
  night: boolean,
  futuristic: boolean,
  neon: readonly Rgb[],
): Layer[] => {
  const { width, height, unit, light } = stage
  const layers: Layer[] = []
  const random = stage.random('skyline')
  const peak = 0.34 + random() * 0.32
  const ranks = 4
  const portrait = Math.max(1, (height / width) * 0.8)
  for (let rank = 0; rank < ranks; rank++) {
    const share = rank / (ranks - 1)
    const depth = 0.16 + share * 0.44
    const box = coverBox(stage, depth, 0, foot + 20 * unit)
    const style: TowerStyle = {
      far: (0.72 - share * 0.6) * Math.min(1.3, 0.7 + light.air * 0.3),
      window: (2.1 + share * 2.4) * unit,
      night,
      futuristic,
      neon,
    }
    const lights: Neon[] = []
    const plate = paintPlate(box, depth, (ctx) => {
      let x = box.x - 20 * unit
      while (x < box.x + box.width + 20 * unit) {
        const wide = (34 + random() * 46 + share * 34) * unit
        const centre = x + wide / 2
        const off = Math.abs(centre / width - peak)
        const crown = Math.exp(-(off * off) / 0.05)
        const low = share > 0.6 ? Math.min(1, Math.max(0.25, (off - 0.06) * 3.4)) : 1
        const tall =
          foot *
          portrait *
          0.62 *
          (0.2 + crown * (0.85 - share * 0.3) + random() * 0.34) *
          (1 - share * 0.2) *
          low *
          (futuristic ? 1.22 : 1)
        if (random() > 0.06)
          lights.push(
            ...paintTower(
              ctx,
              stage,
              random,
              { x: centre, foot: foot + 12 * unit, wide, tall: Math.min(tall, foot * 0.94) },
              style,
            ),
          )
        x += wide * (0.82 + random() * 0.36)
      }
    })
    layers.push((ctx, view) => drawPlate(ctx, view, plate))
    if (night) printLights(stage, plate, lights)
    layers.push(
      mistLayer(stage, {
        name: `rank ${rank}`,
        y: foot - (20 - share * 8) * unit,
        thick: (110 - share * 50) * unit,
        depth: depth + 0.04,
        strength: Math.min(0.85, (0.4 - share * 0.22) * (night ? 0.9 : 1) * light.air),
        colour: night
          ? mix(light.haze, neon[rank % neon.length] ?? light.haze, 0.34)
          : mix(light.haze, light.skyLow, 0.5),
      }),
    )
  }
  return layers
}

/** The towers at both sides of the view, close enough to show their signs. */
export const frame = (
  stage: Stage,
  foot: number,
  night: boolean,
  futuristic: boolean,
  neon: readonly Rgb[],
): Layer[] => {
  const { width, height, unit } = stage
  const random = stage.random('frame')
  const depth = 0.85
  const box = coverBox(stage, depth)
  const lights: Neon[] = []
  const plate = paintPlate(box, depth, (ctx) => {
    const style: TowerStyle = { far: 0.02, window: 7 * unit, night, futuristic, neon }
    for (const side of [-1, 1]) {
      for (const [index, reach] of [0.15, 0.065].entries()) {
        const wide = (150 + random() * 60) * unit
        const edge = side < 0 ? width * reach - random() * 20 * unit : width * (1 - reach) + random() * 20 * unit
        const x = edge + (side < 0 ? -wide / 2 : wide / 2)
        const tall = height * (index === 0 ? 0.5 + random() * 0.2 : 0.86 + random() * 0.3)
        lights.push(...paintTower(ctx, stage, random, { x, foot: foot + 80 * unit, wide, tall }, style))
        if (!night) continue
        for (let sign = 0; sign < 2 + Math.floor(random() * 2); sign++) {
          const upright = random() < 0.7
          const sw = (upright ? 24 + random() * 12 : 80 + random() * 40) * unit
          const sh = (upright ? 90 + random() * 90 : 26 + random() * 18) * unit
          const sx = side < 0 ? edge - sw * (upright ? 0.3 : 0.9) : edge - sw * (upright ? 0.7 : 0.1)
          const sy = foot + 40 * unit - tall * (0.3 + random() * 0.55)
          lights.push(
            paintSign(ctx, random, {
              x: sx,
              y: sy,
              width: sw,
              height: sh,
              colour: neon[Math.floor(random() * neon.length)]!,
            }),
          )
        }
      }
    }
  })
  if (night) printLights(stage, plate, lights)
  return [(ctx, view) => drawPlate(ctx, view, plate)]
}
