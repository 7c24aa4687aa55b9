import { toneOf } from '../tone.ts'
import { PLASTERS, TILES, type HouseStyle } from './house.ts'
import type { SceneContext } from '../layers.ts'

/** The style that all the houses of a town share in this light. */
export const townStyle = (scene: SceneContext, far: number): HouseStyle => {
  const { light } = scene
  const night = light.dark > 0.35
  return {
    tone: toneOf(scene),
    far: Math.min(0.85, far * (0.7 + light.air * 0.3)),
    night,
    lively: night ? 0.55 : light.dark > 0.15 ? 0.3 : light.weather === 'clear' || light.weather === 'cloudy' ? 0 : 0.16,
    snowy: light.season === 'winter' || light.weather === 'snow',
    sunny: night ? 0.3 : 0.72,
    roofs: TILES,
    walls: PLASTERS,
  }
}
