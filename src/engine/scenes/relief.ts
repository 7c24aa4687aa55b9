import type { Rgb } from '../prompt/colours.ts'
import { lit, mix, shift, tint } from './colour.ts'
import { fbm, type Noise } from './noise.ts'
import type { Light } from './light.ts'
import type { Stage } from './stage.ts'
import type { Hit } from './terrain.ts'

/** Which way light comes from, as a unit vector: x to the right, y up, z away from the eye. */
export const lightDirection = (light: Light): readonly [number, number, number] => {
  const x = (light.sun.x - 0.5) * 2.6
  const y = light.sun.moon ? 0.8 : Math.max(0.3, 1.2 - light.sun.height * 0.85)
  const z = 0.35
  const length = Math.hypot(x, y, z)
  return [x / length, y / length, z / length]
}

export type Surface = {
  /** Colours of steep rock, of what grows on gentle slopes, and of snow; `snowFrom` and `growTo` are heights. */
  rock: Rgb
  growth: Rgb
  snow: Rgb
  snowFrom: number
  growTo: number
}

/** Colours a height field by slope, height and light: rock where steep, growth below, snow above. */
export const surfaceColour = (stage: Stage, surface: Surface, noise: Noise, scale: number) => {
  const { light } = stage
  const [lx, ly, lz] = lightDirection(light)
  const strength = light.dark > 0.6 ? 0.62 : 1
  const bright = (colour: Rgb): Rgb => lit(colour, light.key, strength)
  const shaded = (colour: Rgb): Rgb => lit(colour, light.ambient, 0.85 * strength + 0.1)
  const pairs = [surface.rock, surface.growth, surface.snow].map((colour) => [bright(colour), shaded(colour)] as const)
  const [rock, growth, snow] = [pairs[0]!, pairs[1]!, pairs[2]!]
  return (hit: Hit, out: Float32Array): void => {
    const length = Math.sqrt(hit.slopeX * hit.slopeX + hit.slopeZ * hit.slopeZ + 1)
    const facing = (-hit.slopeX * lx + ly - hit.slopeZ * lz) / length
    const shine = Math.min(1, Math.max(0, facing * 1.15 + 0.1))
    const rough = fbm(noise, hit.x / scale, hit.z / scale, 3)
    const steep = Math.min(1, Math.max(0, (1 - 1 / length) * 3.2 - 0.35 + rough * 0.5))
    const cold = Math.min(
      1,
      Math.max(
        0,
        (hit.height - surface.snowFrom) / (Math.abs(surface.snowFrom) * 0.16 + 1) + rough * 1.4 - steep * 0.9,
      ),
    )
    const green =
      Math.min(1, Math.max(0, (surface.growTo - hit.height) / (Math.abs(surface.growTo) * 0.3 + 1) + rough * 0.7)) *
      (1 - steep)
    for (let channel = 0; channel < 3; channel++) {
      const stone = rock[1][channel]! + (rock[0][channel]! - rock[1][channel]!) * shine
      const plant = growth[1][channel]! + (growth[0][channel]! - growth[1][channel]!) * shine
      const white = snow[1][channel]! + (snow[0][channel]! - snow[1][channel]!) * shine
      const earth = stone + (plant - stone) * green
      out[channel] = (earth + (white - earth) * cold) * (1 + rough * 0.16)
    }
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
