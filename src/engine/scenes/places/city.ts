import type { Rgb } from '../../prompt/colours.ts'
import { mentions } from '../../prompt/words.ts'
import { bloomLayer } from '../bloom.ts'
import { css, mix, shift } from '../colour.ts'
import { mistLayer } from '../mist.ts'
import { heavens, skyLife, weatherLayers } from '../outdoors.ts'
import { coverBox, drawPlate, paintPlate, printPlate, type Plate } from '../plate.ts'
import type { Layer, Stage } from '../stage.ts'
import { paintSign, paintTower, type Neon, type TowerStyle } from '../towers.ts'
import { airTrafficLayer, streetTrafficLayer } from '../traffic.ts'
import { mirrorLayer } from '../water.ts'
import type { PlacePainter } from './painter.ts'

const pairs: readonly (readonly Rgb[])[] = [
  [
    [255, 46, 150],
    [40, 220, 255],
    [150, 80, 255],
  ],
  [
    [255, 120, 60],
    [40, 210, 220],
    [255, 60, 110],
  ],
  [
    [160, 90, 255],
    [60, 150, 255],
    [255, 90, 200],
  ],
  [
    [60, 255, 190],
    [255, 70, 140],
    [80, 140, 255],
  ],
]

const haloPlate = (stage: Stage, lights: readonly Neon[], depth: number): Plate =>
  // Painted small, so that enlarging it blurs it.
  paintPlate(
    coverBox(stage, depth),
    depth,
    (ctx) => {
      for (const one of lights) {
        const spread = 9 * stage.unit + Math.min(one.width, one.height) * 0.5
        ctx.fillStyle = css(one.colour, 0.3 * one.strength)
        ctx.fillRect(one.x - spread, one.y - spread, one.width + spread * 2, one.height + spread * 2)
        ctx.fillStyle = css(one.colour, 0.14 * one.strength)
        ctx.fillRect(one.x - spread * 2.4, one.y - spread * 2.4, one.width + spread * 4.8, one.height + spread * 4.8)
      }
    },
    1 / 14,
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

const skyline = (stage: Stage, foot: number, night: boolean, futuristic: boolean, neon: readonly Rgb[]): Layer[] => {
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
const frame = (stage: Stage, foot: number, night: boolean, futuristic: boolean, neon: readonly Rgb[]): Layer[] => {
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
        const x = edge - side * -1 * 0 + (side < 0 ? -wide / 2 : wide / 2)
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

const street = (stage: Stage, foot: number, night: boolean): Layer => {
  const { light, width, height, unit } = stage
  const box = coverBox(stage, 0.9, foot)
  const far = night ? mix(light.haze, [20, 20, 40], 0.5) : mix(light.haze, [120, 120, 126], 0.5)
  const near = night ? mix(light.ambient, [6, 6, 14], 0.8) : mix(light.ambient, [60, 62, 70], 0.7)
  const plate = paintPlate(box, 0.9, (ctx) => {
    const fill = ctx.createLinearGradient(0, foot, 0, height)
    fill.addColorStop(0, css(far, night ? 0.35 : 1))
    fill.addColorStop(1, css(near, night ? 0.62 : 1))
    ctx.fillStyle = fill
    ctx.fillRect(box.x, foot, box.width, box.height)
    const middle = width / 2
    ctx.fillStyle = css(shift(night ? [200, 200, 220] : [236, 232, 220], 0), night ? 0.22 : 0.8)
    for (let mark = 0; mark < 16; mark++) {
      const near1 = (mark + 0.5) ** 2 / 256
      const y = foot + near1 * (height - foot)
      const long = 4 * unit + near1 * 42 * unit
      for (const lane of [-0.36, 0.36]) {
        const wide = 1 * unit + near1 * 5 * unit
        ctx.beginPath()
        const x1 = middle + lane * near1 * width
        const x2 = middle + lane * (near1 + long / (height - foot)) * width
        ctx.moveTo(x1 - wide / 2, y)
        ctx.lineTo(x1 + wide / 2, y)
        ctx.lineTo(x2 + wide, y + long)
        ctx.lineTo(x2 - wide / 2, y + long)
        ctx.fill()
      }
    }
  })
  return (ctx, view) => drawPlate(ctx, view, plate)
}

/** A skyline by day or in neon, over water or a wet street, with traffic below and, in the future, in the air. */
export const paintCity: PlacePainter = (stage, canvas) => {
  const { brief, light, height, unit } = stage
  const random = stage.random('city')
  const night = light.dark > 0.35
  const futuristic = brief.style === 'futuristic'
  const neon =
    brief.colours.length > 0
      ? [...brief.colours, ...pairs[0]!.slice(0, 1)]
      : pairs[Math.floor(random() * pairs.length)]!
  const drawnStreet = random() < (futuristic ? 0.25 : 0.35)
  const wet =
    !mentions(brief.words, ['street', 'avenue', 'alley', 'traffic', 'road', 'highway', 'taxi', 'car']) && !drawnStreet
  const foot = height * (wet ? 0.68 + random() * 0.06 : 0.8)
  const ground: Layer[] = wet
    ? [mirrorLayer(stage, canvas, { y: foot, depth: 0.5, calm: 1.1, tall: 1.25 })]
    : [
        ...(night || light.weather === 'rain'
          ? [mirrorLayer(stage, canvas, { y: foot, depth: 0.5, calm: 0.5, tall: 1.5 })]
          : []),
        street(stage, foot, night || light.weather === 'rain'),
        streetTrafficLayer(stage, foot, night),
      ]
  return {
    horizon: foot,
    layers: [
      ...heavens(stage, foot, night ? 0.8 : 1, night ? cityGlow(stage, foot, neon) : undefined),
      ...skyline(stage, foot, night, futuristic, neon),
      ...(futuristic || brief.figures.has('traffic') ? [airTrafficLayer(stage, foot, neon)] : []),
      ...ground,
      ...(wet ? [] : frame(stage, foot, night, futuristic, neon)),
      mistLayer(stage, {
        name: 'street',
        y: foot,
        thick: 36 * unit,
        depth: 0.5,
        strength: Math.min(0.8, 0.26 * light.air),
        colour: night ? mix(light.haze, neon[0]!, 0.4) : light.haze,
      }),
      ...(night ? [] : skyLife(stage)),
      ...weatherLayers(stage),
      ...(night ? [bloomLayer(stage, canvas, 0.5)] : []),
    ],
  }
}

/** The light that a city throws on its own sky. */
const cityGlow = (stage: Stage, foot: number, neon: readonly Rgb[]): Plate => {
  const { width, height } = stage
  return paintPlate(
    { x: 0, y: 0, width, height },
    0,
    (ctx) => {
      for (const [index, spot] of [0.3, 0.72].entries()) {
        const colour = neon[index % neon.length]!
        const glow = ctx.createRadialGradient(width * spot, foot, 0, width * spot, foot, Math.max(width, height) * 0.55)
        glow.addColorStop(0, css(colour, 0.36))
        glow.addColorStop(0.5, css(colour, 0.12))
        glow.addColorStop(1, css(colour, 0))
        ctx.fillStyle = glow
        ctx.fillRect(0, 0, width, height)
      }
    },
    0.25,
  )
}
