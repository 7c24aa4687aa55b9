import { fireworkLayer, lanternLayer } from './sparks.ts'
import { wooded } from '../../land/foreground.ts'
import { airLayer } from '../../sky/mist.ts'
import { neonOf } from '../../built/neon.ts'
import { skyLayers, weatherLayers } from '../../sky/outdoors.ts'
import type { ScenePainter } from '../../layers.ts'
import { mountainRanges } from '../../land/ranges.ts'
import { skyline } from '../../built/skyline.ts'
import { mirrorLayer } from '../../water/water.ts'

/** Fireworks or paper lanterns over water that mirrors them, a city or hills behind it. */
export const paintFestival: ScenePainter = (scene) => {
  const { light, brief, height, unit } = scene
  const random = scene.random('festival')
  const line = height * (0.66 + random() * 0.1)
  const night = light.dark > 0.35
  const city =
    brief.details.festival.isInCity ||
    (brief.figures.has('fireworks') && random() < 0.6 && !brief.details.festival.isInCountry)
  const range = { horizon: line, floor: 20, count: 3, pines: true, bottom: line + 4 * unit }
  return {
    horizon: line,
    layers: [
      ...skyLayers(scene, line, 0.5),
      ...(city
        ? skyline(scene, line, night, false, neonOf(scene)).slice(1, 7)
        : mountainRanges(scene, { ...range, tall: 0.4 + random() * 0.35 })),
      ...(brief.figures.has('fireworks') ? [fireworkLayer(scene, line)] : []),
      ...(brief.figures.has('lanterns') ? [lanternLayer(scene, line)] : []),
      mirrorLayer(scene, { y: line + 2 * unit, depth: 0.4, calm: 1, tall: 1.2 }),
      airLayer(scene, { name: 'festival', y: line, thick: 34, depth: 0.4, strength: 0.26, most: 0.8 }),
      ...(city ? [] : [wooded(scene, { y: height * 0.98, depth: 1, tall: (150 + random() * 150) * unit, open: 0.2 })]),
      ...weatherLayers(scene),
    ],
  }
}
