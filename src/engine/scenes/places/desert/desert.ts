import type { Rgb } from '../../../rgb.ts'
import { lit, mix, shift, tint } from '../../../canvas/colour.ts'
import { peopleAndHerds } from '../../figures/people-and-herds.ts'
import { airLayer } from '../../sky/mist.ts'
import { wavesOf } from '../../../canvas/noise-field.ts'
import { outdoorScene } from '../../sky/outdoors.ts'
import { mesas } from './mesas.ts'
import { LENGTH } from '../../../canvas/paint-memory.ts'
import { type Layer, type SceneContext, type ScenePainter, still } from '../../layers.ts'
import { lightDirection } from '../../land/relief.ts'
import { paintLand, shade } from '../../land/terrain.ts'
import { moteLayer } from '../../sky/falling.ts'
import { distantFigures } from '../../figures/distant-figures.ts'

/**
 * Height of a dune's cross-section, 0 to 1: a long windward slope (to the power of 1.5) and a steep lee (1.25), with a crisp
 * crest between.
 */
const dune = (at: number): number => {
  const t = at - Math.floor(at)
  if (t < 0.7) return (t / 0.7) * Math.sqrt(t / 0.7)
  const lee = (1 - t) / 0.3
  return lee * Math.sqrt(Math.sqrt(lee))
}

/** The ranks of dunes from far to near: metres to the nearest sand of each, its height as a share of that, and the eye's. */
const RANKS = [
  { near: 1500, tall: 0.13, eye: 90 },
  { near: 520, tall: 0.14, eye: 60 },
  { near: 120, tall: 0.12, eye: 34 },
] as const

type Dunes = { horizon: number; angle: number; bright: Rgb; dark: Rgb }

const duneLayer = (scene: SceneContext, { horizon, angle, bright, dark }: Dunes, index: 0 | 1 | 2): Layer => {
  const { light } = scene
  const { near, eye } = RANKS[index]
  const [lx, ly] = lightDirection(light)
  const noise = scene.noise(`dune ${index}`)
  const fine = scene.noise(`ripple ${index}`)
  const long = near * 0.85
  const tall = near * RANKS[index].tall
  const cos = Math.cos(angle + index * 0.3)
  const sin = Math.sin(angle + index * 0.3)
  const winds = wavesOf(fine, { x: 26, z: 26, octaves: 2 })
  const grains = wavesOf(fine, { x: 90, z: 120, octaves: 3 })
  const bends = wavesOf(noise, { x: long * 1.3, z: long * 1.3, octaves: 2 })
  const grands = wavesOf(noise, { x: long * 2.1, z: long * 2.1, moveX: 30, octaves: 2 })
  const shines = new Float32Array(LENGTH)
  const land = paintLand(scene, {
    name: `dune ${index}`,
    depth: 0.2 + (index / 2) * 0.6,
    near,
    far: near * 3.4,
    nearest: index === 2,
    eye,
    horizon,
    heights: (xs, zs, out, count) => {
      const bend = bends(xs, zs, count)
      const grand = grands(xs, zs, count)
      for (let at = 0; at < count; at++) {
        const z = zs[at]!
        const along = (xs[at]! * cos * 0.75 + z * sin) / long + bend[at]! * 1.1 + index * 0.37
        const ramp = Math.min(1, (z - near) / (near * 0.5))
        out[at] = dune(along) * tall * Math.max(0.15, 0.75 + 0.7 * grand[at]!) * Math.max(0.2, ramp) - tall * 0.25
      }
    },
    colours: (points, count) => {
      const { x, z, slopeX, slopeZ, haze } = points
      const thin = 0.85 * (0.5 + light.air * 0.5)
      const bent = winds(x, z, count)
      const rough = grains(x, z, count)
      for (let at = 0; at < count; at++) {
        const length = Math.sqrt(slopeX[at]! ** 2 + slopeZ[at]! ** 2 + 1)
        const facing = (-slopeX[at]! * lx * 2.4 + ly * 0.8 - slopeZ[at]! * 0.25) / length
        const wave = (x[at]! * 0.9 + z[at]! * 0.5 + bent[at]! * 12) * (index === 2 ? 1.1 : 0.35)
        const ripple = index === 0 ? 0 : Math.sin(wave) * Math.max(0, 1 - z[at]! / (near * 2.2)) * 0.11
        shines[at] = Math.min(1, Math.max(0, facing * 1.05 - 0.02 + ripple + rough[at]! * 0.1))
        haze[at] = Math.min(0.88, (z[at]! / 5200) * thin)
      }
      shade(points, count, dark, bright, shines)
    },
    hazeColour: mix(light.haze, bright, 0.25),
  })
  return still(land.sprite)
}

/** Dunes behind dunes, with dust before all but the nearest. */
const dunes = (scene: SceneContext, horizon: number, sand: Rgb): Layer[] => {
  const { light, unit } = scene
  const strength = light.dark > 0.6 ? 0.6 : 1
  const bright = lit(sand, light.key, strength * 1.04)
  const dark = lit(mix(shift(sand, -0.1), light.ambient, 0.25), light.ambient, strength)
  const ranks = { horizon, angle: (scene.random('dunes')() - 0.5) * 0.9, bright, dark }
  const dust = (index: number): Layer =>
    airLayer(scene, {
      name: `dust ${index}`,
      y: horizon + (16 + index * 40) * unit,
      thick: 46,
      depth: 0.2 + (index / 2) * 0.6,
      strength: 0.18,
      most: 0.7,
      colour: mix(light.haze, bright, 0.4),
      speed: 0.02,
    })
  const rank = (index: 0 | 1 | 2): Layer => duneLayer(scene, ranks, index)
  return [rank(0), dust(0), rank(1), dust(1), rank(2)]
}

/** Dunes with crisp crests, or table mountains over the sand where the words speak of canyons. */
export const paintDesert: ScenePainter = (scene) => {
  const { brief, height, light, unit } = scene
  const horizon = height * (0.44 + scene.random('horizon')() * 0.1)
  const { isMars, isRocky } = brief.details.desert
  const base: Rgb = isMars ? [190, 92, 56] : isRocky ? [206, 128, 84] : [232, 188, 130]
  const word = brief.colours[0]
  const sand = word
    ? tint(base, word, 0.55)
    : shift(base, 0, 0.9 + scene.random('sand')() * 0.35, (scene.random('sand hue')() - 0.5) * 0.24)
  const colour = mix(sand, light.key, 0.5)
  const dust = { name: 'dust', colour, count: 26, rise: 5, size: 1.1, from: 0.45, to: 1, blink: 0.4 }
  return outdoorScene(
    scene,
    horizon,
    [
      ...(isRocky || scene.random('mesas?')() < 0.3 ? [mesas(scene, horizon, shift(sand, -0.06, 1.2))] : []),
      ...distantFigures(scene, horizon),
      ...dunes(scene, horizon, sand),
      ...peopleAndHerds(scene, { horizon, y: horizon + 116 * unit, metre: 22 * unit, depth: 0.6, spread: 30 * unit }),
      moteLayer(scene, dust),
    ],
    0.7,
  )
}
