import { mix } from '../../../canvas/colour.ts'
import { iceSheet } from './lake-ice.ts'
import { wooded } from '../../land/foreground.ts'
import { mistLayer } from '../../sky/mist.ts'
import { heavens, skyLife, weatherLayers } from '../../sky/outdoors.ts'
import { mountainRanges } from '../../land/ranges.ts'
import { reedLayer } from './reeds.ts'
import { glintLayer, mirrorLayer } from '../../water/water.ts'
import type { ScenePainter } from '../../layers.ts'

/** A still lake that mirrors the mountains behind it. */
export const paintLake: ScenePainter = (scene) => {
  const { light } = scene
  const random = scene.random('composition')
  const shore = scene.height * (0.42 + random() * 0.26)
  // What frames the view: another foreground makes another picture of the same words.
  const framing = random()
  const side = light.sun.x > 0.5 ? -1 : 1
  const frozen = scene.brief.details.lake.isFrozen
  const foreground =
    framing < 0.34
      ? [reedLayer(scene, side)]
      : framing < 0.68
        ? [
            wooded(scene, {
              y: scene.height * (0.98 + random() * 0.04),
              depth: 1,
              tall: (240 + random() * 240) * scene.unit,
              open: 0.16 + random() * 0.14,
            }),
          ]
        : []
  const layers = mountainRanges(scene, {
    horizon: shore - 4 * scene.unit,
    tall: 0.55 + random() * 0.75,
    floor: 40,
    count: random() < 0.3 ? 2 : 3,
    pines: true,
    snowy: light.season === 'winter' || light.weather === 'snow',
    bottom: shore + 6 * scene.unit,
  })
  return {
    horizon: shore,
    layers: [
      ...heavens(scene, shore),
      ...layers,
      mirrorLayer(scene, {
        y: shore,
        depth: 0.4,
        calm: frozen ? 0.12 : light.weather === 'storm' ? 2.4 : 0.8,
        tall: Math.min(1.12, (shore / (scene.height - shore)) * 0.94),
      }),
      ...(frozen ? [iceSheet(scene, shore)] : []),
      mistLayer(scene, {
        name: 'shore',
        y: shore,
        thick: 34 * scene.unit,
        depth: 0.4,
        strength: Math.min(0.9, 0.42 * light.air),
        colour: mix(light.haze, light.skyLow, 0.6),
      }),
      ...(frozen ? [] : [glintLayer(scene, { y: shore, depth: 0.4, amount: 1 })]),
      ...foreground,
      ...skyLife(scene),
      ...weatherLayers(scene),
    ],
  }
}
