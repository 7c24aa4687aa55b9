import { toneOf } from '../../tone.ts'
import { shift } from '../../../canvas/colour.ts'
import { readCrop } from '../../land/crops.ts'
import { cumulus } from './cumulus.ts'
import { kiteLayers } from './kite-layers.ts'
import { parasols } from './parasols.ts'
import { grassLayer } from '../../land/foreground.ts'
import { oceanLayer } from '../../water/ocean.ts'
import { skyLayers, weatherLayers } from '../../sky/outdoors.ts'
import type { ScenePainter } from '../../layers.ts'
import { hills } from '../../land/hills.ts'
import { mountainRanges } from '../../land/ranges.ts'
import { shoreLayer } from '../../water/shore.ts'

/** Kites over a beach or a meadow on a fair day. */
export const paintKites: ScenePainter = (scene) => {
  const { light, brief, height, unit } = scene
  const random = scene.random('kite day')
  const asked = brief.details.kites
  const beach = asked.isBeach || (!asked.isMeadow && random() < 0.4)
  const horizon = height * (0.64 + random() * 0.1)
  const fair = light.weather === 'clear' || light.weather === 'cloudy'
  const sky = [...skyLayers(scene, horizon, 0.35), ...(fair && light.dark < 0.5 ? [cumulus(scene, horizon)] : [])]
  const life = weatherLayers(scene)
  if (beach) {
    const line = height * (0.8 + random() * 0.04)
    const kites = kiteLayers(scene, { y: height * 0.97, far: line + 44 * unit, depth: 1 })
    return {
      horizon,
      layers: [
        ...sky,
        oceanLayer(scene, { y: horizon, depth: 0.3, rough: 0.8 }),
        shoreLayer(scene, { y: line }),
        parasols(scene, line),
        ...kites,
        ...life,
      ],
    }
  }
  const crop = readCrop(scene)
  const { grass } = crop
  const kites = kiteLayers(scene, { y: height * 0.93, far: horizon + 70 * unit, depth: 0.7 })
  const tone = toneOf(scene)
  return {
    horizon,
    layers: [
      ...sky,
      ...(random() < 0.7 || brief.also.includes('mountains')
        ? mountainRanges(scene, {
            horizon: horizon + 8 * unit,
            tall: 0.4 + random() * 0.3,
            floor: -200,
            count: 2,
            pines: false,
            snowy: light.season === 'winter',
            bottom: horizon + 60 * unit,
          })
        : []),
      ...hills(scene, horizon, crop).layers,
      ...kites,
      grassLayer(scene, {
        y: height * 0.95,
        tall: 80 * unit,
        count: 240,
        depth: 1,
        tones: [tone(shift(grass, -0.14), 0.2), tone(grass, 0.5), tone(shift(grass, 0.04), 0.95)],
        flowers:
          light.season === 'winter'
            ? []
            : [tone([252, 250, 240], 0.9), tone([250, 206, 84], 0.9), tone([236, 110, 100], 0.9)],
      }),
      ...life,
    ],
  }
}
