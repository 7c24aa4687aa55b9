import { heavens, skyLife, weatherLayers } from '../outdoors.ts'
import { mountainRanges } from '../ranges.ts'
import type { PlacePainter } from './painter.ts'

/** Ranges behind ranges, with mist between and spruces on the nearest. */
export const paintMountains: PlacePainter = (stage) => {
  const horizon = stage.height * (0.6 + stage.random('horizon')() * 0.08)
  const { layers } = mountainRanges(stage, {
    horizon,
    tall: stage.brief.style === 'fantasy' ? 1.25 : 1,
    floor: -400,
    count: 4,
    pines: true,
    snowy: stage.light.season === 'winter' || stage.light.weather === 'snow',
    bottom: stage.height,
  })
  return { horizon, layers: [...heavens(stage, horizon), ...layers, ...skyLife(stage), ...weatherLayers(stage)] }
}
