import { balloonLayer } from './balloons.ts'
import { castleLayer } from '../built/castle.ts'
import { dragonLayer } from './dragons.ts'
import type { Layer, SceneContext } from '../layers.ts'

/** What stands or flies in the distance because the words ask for it. */
export const distantFigures = (scene: SceneContext, horizon: number): Layer[] => {
  const { figures, style } = scene.brief
  const layers: Layer[] = []
  if (figures.has('castle') || (style === 'fantasy' && figures.has('dragons'))) layers.push(castleLayer(scene, horizon))
  if (figures.has('balloons')) layers.push(balloonLayer(scene, horizon))
  if (figures.has('dragons')) layers.push(dragonLayer(scene))
  return layers
}
