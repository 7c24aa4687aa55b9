import { mix } from '../colour.ts'
import { mistLayer } from '../mist.ts'
import { heavens, skyLife, weatherLayers } from '../outdoors.ts'
import { mountainRanges } from '../ranges.ts'
import { glintLayer, mirrorLayer } from '../water.ts'
import type { PlacePainter } from './painter.ts'

/** A still lake that mirrors the mountains behind it. */
export const paintLake: PlacePainter = (stage, frame) => {
  const { light } = stage
  const shore = stage.height * (0.54 + stage.random('horizon')() * 0.07)
  const { layers } = mountainRanges(stage, {
    horizon: shore - 4 * stage.unit,
    tall: 0.9,
    floor: 40,
    count: 3,
    pines: true,
    snowy: light.season === 'winter' || light.weather === 'snow',
    bottom: shore + 6 * stage.unit,
  })
  return {
    horizon: shore,
    layers: [
      ...heavens(stage, shore),
      ...layers,
      mirrorLayer(stage, frame, { y: shore, depth: 0.4, calm: light.weather === 'storm' ? 2.4 : 0.8, tall: 1.12 }),
      mistLayer(stage, {
        name: 'shore',
        y: shore,
        thick: 34 * stage.unit,
        depth: 0.4,
        strength: Math.min(0.9, 0.42 * light.air),
        colour: mix(light.haze, light.skyLow, 0.6),
      }),
      glintLayer(stage, { y: shore, depth: 0.4, amount: 1 }),
      ...skyLife(stage),
      ...weatherLayers(stage),
    ],
  }
}
