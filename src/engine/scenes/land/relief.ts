import type { Rgb } from '../../rgb.ts'
import { lit, mix, shift, tint } from '../../canvas/colour.ts'
import type { Noise } from '../../canvas/noise.ts'
import { LANE, lane, paintMemory, placeOf } from '../../canvas/paint-memory.ts'
import type { Light } from '../light.ts'
import type { SceneContext } from '../layers.ts'
import type { Ground } from './terrain.ts'

/** Which way light comes from, as a unit vector: x to the right, y up, z away from the eye. */
export const lightDirection = (light: Light): readonly [number, number, number] => {
  const x = (light.sun.x - 0.5) * 2.6
  const y = light.sun.moon ? 0.8 : Math.max(0.3, 1.2 - light.sun.height * 0.85)
  const z = 0.35
  const length = Math.hypot(x, y, z)
  return [x / length, y / length, z / length]
}

type Surface = {
  /** Colours of steep rock, of what grows on gentle slopes, and of snow; `snowFrom` and `growTo` are heights. */
  rock: Rgb
  growth: Rgb
  snow: Rgb
  snowFrom: number
  growTo: number
}

/** Haze over a point: `base`, so much more in the lowest places up to a height, or by distance; at most `most`. */
type Haze = { base: number; low?: { to: number; more: number }; metre?: number; most: number }

/** Colours a height field by slope, height and light: rock where steep, growth below, snow above. */
export const surfaceColours = (
  scene: SceneContext,
  surface: Surface,
  haze: Haze,
  noise: Noise,
  scale: number,
): Ground['colours'] => {
  const { light } = scene
  const strength = light.dark > 0.6 ? 0.62 : 1
  const shaded = (colour: Rgb): Rgb => lit(colour, light.ambient, 0.85 * strength + 0.1)
  const { snowFrom, growTo } = surface
  const list = [
    ...lightDirection(light),
    1 / scale,
    snowFrom,
    1 / (Math.abs(snowFrom) * 0.16 + 1),
    growTo,
    1 / (Math.abs(growTo) * 0.3 + 1),
    ...[surface.rock, surface.growth, surface.snow].flatMap((colour) => [
      ...shaded(colour),
      ...lit(colour, light.key, strength),
    ]),
    haze.base,
    haze.low ? 1 / haze.low.to : 0,
    haze.low?.more ?? 0,
    haze.metre ?? 0,
    haze.most,
  ]
  return (points, count) => {
    const place = lane(LANE.list)
    place.set(list)
    paintMemory().kernels.surface(points.x.byteOffset, count, placeOf(noise.table), place.byteOffset)
  }
}

/** What grows in a season, before the light. */
export const growthColour = (light: Light): Rgb => {
  switch (light.season) {
    case 'spring':
      return [120, 168, 82]
    case 'summer':
      return [92, 134, 66]
    case 'autumn':
      return [186, 116, 48]
    case 'winter':
      return [190, 198, 210]
  }
}

/** Colours of leaves for trees, dark to light. */
export const foliage = (light: Light, random: () => number, blossoms = 0): { dark: Rgb; light: Rgb } => {
  const strength = light.dark > 0.6 ? 0.6 : 1
  const base: Rgb =
    light.season === 'autumn'
      ? mix([168, 60, 28], [222, 160, 48], random())
      : light.season === 'spring'
        ? mix([112, 160, 74], [232, 168, 190], random() < blossoms ? 0.9 : 0.06)
        : light.season === 'winter'
          ? [176, 184, 196]
          : mix([58, 96, 48], [104, 140, 60], random())
  return { dark: lit(shift(base, -0.16), light.ambient, strength), light: lit(shift(base, 0.04), light.key, strength) }
}

/** A conifer in this light at a distance: 0 near to 1 lost in haze. */
export const pineColours = (light: Light, distance: number): { dark: Rgb; light: Rgb } => {
  const strength = light.dark > 0.6 ? 0.55 : 1
  const base: Rgb = light.season === 'winter' ? [66, 84, 92] : [40, 62, 50]
  const dark = lit(tint(base, light.ambient, 0.3), light.ambient, 0.9 * strength)
  const glow = light.season === 'winter' ? ([206, 216, 230] as const) : shift(base, 0.14)
  return { dark: mix(dark, light.haze, distance), light: mix(lit(glow, light.key, strength), light.haze, distance) }
}
