import { balloonLayer } from './balloons.ts'
import { castleLayer } from '../built/castle.ts'
import { dragonLayer } from './dragons.ts'
import type { Layer } from '../layers.ts'
import type { Stage } from '../context.ts'

/** What stands or flies in the distance because the words ask for it. */
export const wonders = (stage: Stage, horizon: number): Layer[] => {
  const { figures, style } = stage.brief
  const layers: Layer[] = []
  if (figures.has('castle') || (style === 'fantasy' && figures.has('dragons'))) layers.push(castleLayer(stage, horizon))
  if (figures.has('balloons')) layers.push(balloonLayer(stage, horizon))
  if (figures.has('dragons')) layers.push(dragonLayer(stage))
  return layers
}
