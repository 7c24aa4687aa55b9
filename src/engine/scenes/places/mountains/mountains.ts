import { mix } from '../../../canvas/colour.ts'
import { peopleAndHerds } from '../../figures/people-and-herds.ts'
import { wooded } from '../../land/foreground.ts'
import { airLayer } from '../../sky/mist.ts'
import { outdoorScene } from '../../sky/outdoors.ts'
import { mountainRanges } from '../../land/ranges.ts'
import { volcanoLayer } from './volcano.ts'
import { distantFigures } from '../../figures/distant-figures.ts'
import type { ScenePainter } from '../../layers.ts'

/** Ranges behind ranges, with mist between and spruces on the nearest. */
export const paintMountains: ScenePainter = (scene) => {
  const { light, height, unit } = scene
  const random = scene.random('composition')
  const horizon = height * (0.54 + random() * 0.14)
  const tall = 0.72 + random() * 0.6
  const wood = { y: 0.8 + random() * 0.07, tall: 60 + random() * 60, open: 0.04 + random() * 0.14 }
  const frame = { y: 0.92 + random() * 0.08, tall: 130 + random() * 180, open: 0.2 + random() * 0.2 }
  const layers = mountainRanges(scene, {
    horizon,
    tall: scene.brief.style === 'fantasy' ? Math.max(1, tall) * 1.15 : tall,
    floor: -400,
    count: 4,
    pines: true,
    snowy: light.season === 'winter' || light.weather === 'snow',
    bottom: height,
  })
  return outdoorScene(scene, horizon, [
    ...layers.slice(0, 2),
    ...(scene.brief.details.mountains.hasVolcano ? [volcanoLayer(scene, horizon)] : []),
    ...layers.slice(2, 4),
    ...distantFigures(scene, horizon),
    ...layers.slice(4),
    airLayer(scene, {
      name: 'near valley',
      y: height * 0.74,
      thick: 90,
      depth: 0.5,
      strength: 0.5,
      most: 0.95,
      sky: 0.35,
    }),
    wooded(scene, { y: height * wood.y, depth: 0.62, tall: wood.tall * unit, open: wood.open }),
    airLayer(scene, {
      name: 'clearing',
      y: height * 0.86,
      thick: 60,
      depth: 0.7,
      strength: 0.26,
      most: 0.9,
      colour: mix(light.haze, light.ambient, 0.2),
      speed: 0.014,
    }),
    wooded(scene, { y: height * frame.y, depth: 1, tall: frame.tall * unit, open: frame.open }),
    ...peopleAndHerds(scene, {
      horizon,
      y: height * Math.min(0.95, frame.y) + 2 * unit,
      metre: 74 * unit,
      depth: 1,
      x: scene.random('opening')() < 0.5 ? 0.4 : 0.6,
      haze: 0.03,
      spread: 4 * unit,
    }),
  ])
}
