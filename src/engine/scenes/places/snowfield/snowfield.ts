import { cabinLayer } from '../../built/cabin.ts'
import { lit, mix } from '../../../canvas/colour.ts'
import { peopleAndHerds } from '../../figures/people-and-herds.ts'
import { snowLayer } from '../../sky/falling.ts'
import { wooded } from '../../land/foreground.ts'
import { airLayer } from '../../sky/mist.ts'
import { wavesOf } from '../../../canvas/noise-field.ts'
import { skyLayers, flockLayers, weatherLayers } from '../../sky/outdoors.ts'
import { type Layer, type SceneContext, type ScenePainter, still } from '../../layers.ts'
import { mountainRanges } from '../../land/ranges.ts'
import { lightDirection } from '../../land/relief.ts'
import { paintLand } from '../../land/terrain.ts'
import { distantFigures } from '../../figures/distant-figures.ts'

const drifts = (scene: SceneContext, horizon: number): Layer => {
  const { light } = scene
  const noise = scene.noise('drifts')
  const fine = scene.noise('crust')
  const strength = light.dark > 0.6 ? 0.66 : 1
  const bright = lit([250, 251, 255], light.key, strength)
  const dark = mix(lit([196, 212, 240], light.ambient, strength * 1.15), light.skyMid, 0.2)
  const [lx, ly, lz] = lightDirection(light)
  const crusts = wavesOf(fine, { x: 2.6, z: 6, octaves: 3 })
  const swells = wavesOf(noise, { x: 58, z: 74, octaves: 3 })
  const ripples = wavesOf(noise, { x: 17, z: 23, moveX: 40, octaves: 2 })
  const land = paintLand(scene, {
    name: 'drifts',
    depth: 0.7,
    near: 26,
    far: 420,
    nearest: true,
    eye: 11,
    horizon,
    heights: (xs, zs, out, count) => {
      const long = swells(xs, zs, count)
      const short = ripples(xs, zs, count)
      for (let at = 0; at < count; at++) out[at] = long[at]! * 9 * Math.min(1, zs[at]! / 160) + short[at]! * 0.9 - 1
    },
    colours: (points, count) => {
      const { x, z, slopeX, slopeZ, haze } = points
      const crust = crusts(x, z, count)
      const out = [points.red, points.green, points.blue]
      for (let at = 0; at < count; at++) {
        const lean = -slopeX[at]! * lx * 2.6 + ly - slopeZ[at]! * lz
        const facing = lean / Math.sqrt(slopeX[at]! ** 2 * 4 + slopeZ[at]! ** 2 + 1)
        const shine = Math.min(1, Math.max(0, facing * 1.1 - 0.1 + crust[at]! * 0.16))
        const glitter = fine(x[at]! * 3.1, z[at]! * 2.3) > 0.72 ? 26 : 0
        for (let channel = 0; channel < 3; channel++)
          out[channel]![at] = dark[channel]! + (bright[channel]! - dark[channel]!) * shine + glitter * shine
        haze[at] = Math.min(0.9, (z[at]! / 420) * 0.6 * light.air)
      }
    },
    hazeColour: light.haze,
  })
  return still(land.sprite)
}

/** Snow on everything: mountains, spruces, drifts; it may fall, or the northern lights stand above it. */
export const paintSnowfield: ScenePainter = (scene) => {
  const { light, height, unit, brief } = scene
  const horizon = height * (0.54 + scene.random('horizon')() * 0.07)
  const falling = light.weather !== 'storm' && light.weather !== 'snow' && !brief.figures.has('aurora')
  return {
    horizon,
    layers: [
      ...skyLayers(scene, horizon, brief.figures.has('aurora') ? 0.35 : 1),
      ...mountainRanges(scene, { horizon, tall: 0.86, count: 3, pines: true, snowy: true, bottom: height }),
      ...distantFigures(scene, horizon),
      airLayer(scene, { name: 'plain', y: horizon + 30 * unit, thick: 56, depth: 0.4, strength: 0.34, most: 0.9 }),
      wooded(scene, { y: horizon + 84 * unit, depth: 0.5, tall: 80 * unit, open: 0.12 }),
      drifts(scene, horizon + 26 * unit),
      ...(brief.figures.has('cabin') ? [cabinLayer(scene, { y: height * 0.76, size: 120 * unit })] : []),
      ...peopleAndHerds(scene, { horizon, y: height * 0.79, metre: 26 * unit, depth: 0.7, spread: 40 * unit }),
      ...flockLayers(scene),
      ...weatherLayers(scene),
      ...(falling ? [snowLayer(scene, 0.45)] : []),
    ],
  }
}
