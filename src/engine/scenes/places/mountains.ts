import { mix } from '../colour.ts'
import { wooded } from '../foreground.ts'
import { mistLayer } from '../mist.ts'
import { heavens, skyLife, weatherLayers } from '../outdoors.ts'
import { mountainRanges } from '../ranges.ts'
import { wonders } from '../wonders.ts'
import type { PlacePainter } from './painter.ts'

/** Ranges behind ranges, with mist between and spruces on the nearest. */
export const paintMountains: PlacePainter = (stage) => {
  const { light, height, unit } = stage
  const horizon = height * (0.62 + stage.random('horizon')() * 0.06)
  const { layers } = mountainRanges(stage, {
    horizon,
    tall: stage.brief.style === 'fantasy' ? 1.2 : 1,
    floor: -400,
    count: 4,
    pines: true,
    snowy: light.season === 'winter' || light.weather === 'snow',
    bottom: height,
  })
  return {
    horizon,
    layers: [
      ...heavens(stage, horizon),
      ...layers.slice(0, 2),
      ...wonders(stage, horizon),
      ...layers.slice(2),
      mistLayer(stage, {
        name: 'near valley',
        y: height * 0.74,
        thick: 90 * unit,
        depth: 0.5,
        strength: Math.min(0.95, 0.5 * light.air),
        colour: mix(light.haze, light.skyLow, 0.35),
      }),
      wooded(stage, { y: height * 0.84, depth: 0.62, tall: 88 * unit, open: 0.1 }),
      mistLayer(stage, {
        name: 'clearing',
        y: height * 0.86,
        thick: 60 * unit,
        depth: 0.7,
        strength: Math.min(0.9, 0.26 * light.air),
        colour: mix(light.haze, light.ambient, 0.2),
        speed: 0.014,
      }),
      wooded(stage, { y: height * 0.97, depth: 1, tall: 210 * unit, open: 0.3 }),
      ...skyLife(stage),
      ...weatherLayers(stage),
    ],
  }
}
