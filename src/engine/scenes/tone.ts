import type { Rgb } from '../rgb.ts'
import { lit, mix } from '../canvas/colour.ts'
import type { SceneContext } from './layers.ts'

/** How a surface looks under the scene's light: `shine` 0 in the shade to 1 in the sun, `far` 0 near to 1 lost in the air. */
export type Tone = (surface: Rgb, shine: number, far?: number) => Rgb

export const toneOf = (scene: SceneContext): Tone => {
  const { light } = scene
  const strength = light.dark > 0.6 ? 0.62 : 1
  return (surface, shine, far = 0) => {
    const colour = mix(lit(surface, light.ambient, strength), lit(surface, light.key, strength), shine)
    return far > 0 ? mix(colour, light.haze, far) : colour
  }
}
