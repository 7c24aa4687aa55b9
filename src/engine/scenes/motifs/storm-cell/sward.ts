import type { Rgb } from '../../../rgb.ts'
import { lit, mix, shift } from '../../../canvas/colour.ts'
import { wavesOf } from '../../../canvas/noise-field.ts'
import { lightDirection } from '../../land/relief.ts'
import type { SceneContext } from '../../layers.ts'
import { type Land, paintLand } from '../../land/terrain.ts'

/** A field of grass or grain that rolls a little, from the viewer's feet to the horizon; a track through it where one is asked for. */
export const sward = (
  scene: SceneContext,
  options: { horizon: number; grass: Rgb; depth: number; rolls: number; road?: { x: number; dirt: Rgb } },
): Land => {
  const { light } = scene
  const { grass, road } = options
  const strength = light.dark > 0.6 ? 0.55 : 1
  const bright = lit(shift(grass, 0.03), light.key, strength)
  const dark = lit(shift(grass, -0.1), light.ambient, strength)
  const dirt = road ? lit(road.dirt, mix(light.key, light.ambient, 0.4), strength) : dark
  const [lx, ly, lz] = lightDirection(light)
  const rolls = wavesOf(scene.noise('sward'), { x: 60, z: 110, octaves: 3 })
  const patches = wavesOf(scene.noise('sward patches'), { x: 22, z: 60, octaves: 3 })
  const blades = wavesOf(scene.noise('sward blades'), { x: 0.7, z: 3.4, octaves: 3 })
  const near = 30
  return paintLand(scene, {
    name: 'sward',
    depth: options.depth,
    near,
    far: 1500,
    nearest: true,
    eye: 5,
    horizon: options.horizon,
    heights: (xs, zs, out, count) => {
      const roll = rolls(xs, zs, count)
      for (let at = 0; at < count; at++) {
        const ramp = Math.min(1, Math.max(0, (zs[at]! - near) / 160))
        out[at] = roll[at]! * 4.4 * options.rolls * ramp
      }
    },
    colours: (points, count) => {
      const { x, z, slopeX, slopeZ, haze } = points
      const patch = patches(x, z, count)
      const fine = blades(x, z, count)
      const out = [points.red, points.green, points.blue]
      for (let at = 0; at < count; at++) {
        const facing = (-slopeX[at]! * lx * 3 + ly * 0.8 - slopeZ[at]! * lz) / Math.sqrt(slopeX[at]! ** 2 * 4 + 1)
        const shine = Math.min(1, Math.max(0, facing * 0.9 - 0.06 + patch[at]! * 0.42 + fine[at]! * 0.3))
        // Two ruts with grass between them.
        const off = road ? Math.abs(x[at]! - road.x * (1 - Math.min(1, z[at]! / 500)) * 8) : 9
        const bare = Math.min(1, Math.max(0, 1.9 - Math.abs(off - 0.85) * 2.6 + fine[at]! * 0.6))
        for (let channel = 0; channel < 3; channel++) {
          const grown = dark[channel]! + (bright[channel]! - dark[channel]!) * shine
          out[channel]![at] = grown + (dirt[channel]! - grown) * bare * 0.8
        }
        haze[at] = Math.min(0.9, (z[at]! / 1700) * 0.9 * (0.45 + light.air * 0.5))
      }
    },
    hazeColour: light.haze,
  })
}
