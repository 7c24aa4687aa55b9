import type { Random } from '../../../random.ts'
import type { Rgb } from '../../../rgb.ts'
import { mix, shift } from '../../../canvas/colour.ts'
import { wavesOf } from '../../../canvas/noise-field.ts'
import type { SceneContext } from '../../layers.ts'
import { type Land, paintLand } from '../../land/terrain.ts'

type Crater = { x: number; z: number; radius: number; deep: number }

/** Depth of a crater, and the rim around it, in parts of its radius: round, for a crease would show each step of a ray. */
const bowl = (far: number): number => {
  const wall = Math.min(1, Math.max(0, (far - 0.25) / 0.75))
  return -0.2 * (1 - wall * wall * (3 - 2 * wall)) + 0.075 * Math.exp(-(((far - 1.02) / 0.24) ** 2))
}

/** Craters of a strip of ground that reaches from `near` to `far`, the nearest first: large ones on hills, many on a plain. */
const cratersOf = (random: Random, isHills: boolean, near: number, far: number): Crater[] =>
  Array.from({ length: isHills ? 26 : 90 }, () => {
    const z = near * (isHills ? 1 : 0.25) + random() ** 1.6 * (far - near) * 0.7
    const radius = isHills ? 20 + random() * 90 : 0.8 + random() ** 4 * 16 * Math.min(1, z / 60)
    return { x: (random() - 0.5) * z * 1.7, z, radius, deep: 0.7 + random() * 0.6 }
  }).sort((a, b) => a.z - b.z)

/** Dust and craters under a black or a thin sky: rounded hills far off, and a plain that comes to the viewer's feet. */
export const regolith = (
  scene: SceneContext,
  horizon: number,
  soil: Rgb,
  haze: { colour: Rgb; metre: number },
): Land[] => {
  const side = scene.light.sun.x > 0.5 ? 1 : -1
  const bright = shift(soil, 0.14)
  const dark = mix(shift(soil, -0.36), [8, 8, 12], 0.5)
  return [0, 1].map((rank) => {
    const near = [420, 26][rank]!
    const far = near * [4, 16][rank]!
    const hills = wavesOf(scene.noise(`hills ${rank}`), { x: near * 0.9, z: near * 1.1, octaves: 4 })
    const dust = wavesOf(scene.noise(`dust ${rank}`), { x: 2.2, z: 2.6, octaves: 4 })
    const patches = wavesOf(scene.noise(`patches ${rank}`), { x: 40, z: 60, octaves: 3 })
    const craters = cratersOf(scene.random(`craters ${rank}`), rank === 0, near, far)
    return paintLand(scene, {
      name: `regolith ${rank}`,
      depth: [0.2, 0.7][rank]!,
      near,
      far,
      nearest: rank === 1,
      eye: [16, 3.4][rank]!,
      horizon,
      heights: (xs, zs, out, count) => {
        const ray = xs[0]! / zs[0]!
        const rolls = hills(xs, zs, count)
        for (let at = 0; at < count; at++) {
          const ramp = Math.min(1, Math.max(0, (zs[at]! - near) / near))
          out[at] = rank === 0 ? (0.2 + rolls[at]! * 1.1) * 120 * ramp - 6 : rolls[at]! * 1.1 * ramp
        }
        for (const crater of craters) {
          const reach = crater.radius * 1.7
          if (Math.abs(ray * crater.z - crater.x) > reach * 1.3) continue
          const first = Math.max(0, Math.floor(Math.log((crater.z - reach) / zs[0]!) / 0.006976))
          for (let at = first || 0; at < count && zs[at]! < crater.z + reach; at++) {
            const away = Math.hypot(xs[at]! - crater.x, zs[at]! - crater.z) / crater.radius
            if (away < 1.7) out[at] = out[at]! + bowl(away) * crater.radius * crater.deep
          }
        }
      },
      colours: (points, count) => {
        const { x, z, slopeX, slopeZ } = points
        const fine = dust(x, z, count)
        const patch = patches(x, z, count)
        const out = [points.red, points.green, points.blue]
        for (let at = 0; at < count; at++) {
          const length = Math.sqrt(slopeX[at]! ** 2 * 4 + slopeZ[at]! ** 2 * 2 + 1)
          const facing = (0.62 - slopeX[at]! * side * 2.1 + slopeZ[at]! * 0.4) / length
          const close = Math.max(0, 1 - z[at]! / 60)
          const shine = Math.min(1, Math.max(0, facing + fine[at]! * (0.08 + 0.16 * close) + patch[at]! * 0.22))
          for (let channel = 0; channel < 3; channel++)
            out[channel]![at] = dark[channel]! + (bright[channel]! - dark[channel]!) * shine
          points.haze[at] = Math.min(0.85, z[at]! * haze.metre)
        }
      },
      hazeColour: haze.colour,
    })
  })
}
