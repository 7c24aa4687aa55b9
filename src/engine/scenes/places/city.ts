import type { Rgb } from '../../prompt/colours.ts'
import { mentions } from '../../prompt/words.ts'
import { bloomLayer } from '../bloom.ts'
import { css, mix } from '../colour.ts'
import { mistLayer } from '../mist.ts'
import { heavens, skyLife, weatherLayers } from '../outdoors.ts'
import { paintPlate, type Plate } from '../plate.ts'
import type { Layer, Stage } from '../stage.ts'
import { airTrafficLayer, streetTrafficLayer } from '../traffic.ts'
import { mirrorLayer } from '../water.ts'
import type { PlacePainter } from './painter.ts'
import { street } from '../street.ts'
import { lamps, skyline, frame } from '../skyline.ts'

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

/** A skyline by day or in neon, over water or a wet street, with traffic below and, in the future, in the air. */
export const paintCity: PlacePainter = (stage) => {
  const { brief, light, height, unit } = stage
  const random = stage.random('city')
  const night = light.dark > 0.35
  const futuristic = brief.style === 'futuristic'
  const neon =
    brief.colours.length > 0
      ? [...brief.colours, ...pairs[0]!.slice(0, 1)]
      : futuristic || random() < 0.15
        ? pairs[Math.floor(random() * pairs.length)]!
        : lamps
  const drawnStreet = random() < (futuristic ? 0.25 : 0.16)
  const wet =
    !mentions(brief.words, ['street', 'avenue', 'alley', 'traffic', 'road', 'highway', 'taxi', 'car']) && !drawnStreet
  const foot = height * (wet ? 0.68 + random() * 0.06 : 0.8)
  const ground: Layer[] = wet
    ? [mirrorLayer(stage, { y: foot, depth: 0.5, calm: 1.1, tall: 1.25 })]
    : [
        ...(night || light.weather === 'rain'
          ? [mirrorLayer(stage, { y: foot, depth: 0.5, calm: 0.5, tall: 1.5 })]
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
      ...(night ? [bloomLayer(stage, 0.5)] : []),
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
