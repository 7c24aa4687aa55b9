import { iceSheet } from './lake-ice.ts'
import { wooded } from '../../land/foreground.ts'
import { airLayer } from '../../sky/mist.ts'
import { outdoorScene } from '../../sky/outdoors.ts'
import { mountainRanges } from '../../land/ranges.ts'
import { reedLayer } from './reeds.ts'
import { glintLayer, mirrorLayer } from '../../water/water.ts'
import type { Random } from '../../../random.ts'
import type { Layer, SceneContext, ScenePainter } from '../../layers.ts'

/** What frames the view: another foreground makes another picture of the same words. */
const foreground = (scene: SceneContext, random: Random): Layer[] => {
  const { height, unit } = scene
  const framing = random()
  if (framing < 0.34) return [reedLayer(scene, scene.light.sun.x > 0.5 ? -1 : 1)]
  if (framing >= 0.68) return []
  const [y, tall, open] = [height * (0.98 + random() * 0.04), (240 + random() * 240) * unit, 0.16 + random() * 0.14]
  return [wooded(scene, { y, depth: 1, tall, open })]
}

/** A still lake that mirrors the mountains behind it. */
export const paintLake: ScenePainter = (scene) => {
  const { light } = scene
  const random = scene.random('composition')
  const shore = scene.height * (0.42 + random() * 0.26)
  const framing = foreground(scene, random)
  const frozen = scene.brief.details.lake.isFrozen
  const layers = mountainRanges(scene, {
    horizon: shore - 4 * scene.unit,
    tall: 0.55 + random() * 0.75,
    floor: 40,
    count: random() < 0.3 ? 2 : 3,
    pines: true,
    snowy: light.season === 'winter' || light.weather === 'snow',
    bottom: shore + 6 * scene.unit,
  })
  return outdoorScene(scene, shore, [
    ...layers,
    mirrorLayer(scene, {
      y: shore,
      depth: 0.4,
      calm: frozen ? 0.12 : light.weather === 'storm' ? 2.4 : 0.8,
      tall: Math.min(1.12, (shore / (scene.height - shore)) * 0.94),
    }),
    ...(frozen ? [iceSheet(scene, shore)] : []),
    airLayer(scene, { name: 'shore', y: shore, thick: 34, depth: 0.4, strength: 0.42, most: 0.9, sky: 0.6 }),
    ...(frozen ? [] : [glintLayer(scene, { y: shore, depth: 0.4, amount: 1 })]),
    ...framing,
  ])
}
