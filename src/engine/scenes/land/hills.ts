import { lit, mix, shift } from '../../canvas/colour.ts'
import type { Crop } from './crops.ts'
import { airLayer } from '../sky/mist.ts'
import { wavesOf } from '../../canvas/noise-field.ts'
import { coverBox, type Layer, type SceneContext, still } from '../layers.ts'
import { paintSprite } from '../../canvas/sprite.ts'
import { foliage, lightDirection } from './relief.ts'
import { createSpecks } from '../../canvas/specks.ts'
import { type Ground, paintLand } from './terrain.ts'
import { paintBroadleaf } from './trees.ts'

/** Colours a hill `near` metres off: grass by how it faces the light, with flowers in it where some grow. */
const hillColours = (scene: SceneContext, crop: Crop, index: number, near: number): Ground['colours'] => {
  const { light } = scene
  const strength = light.dark > 0.6 ? 0.55 : 1
  const [lx, ly, lz] = lightDirection(light)
  const random = scene.random(`hill tone ${index}`)
  const base = shift(crop.grass, (random() - 0.5) * 0.05, 0.95 + random() * 0.2, (random() - 0.5) * 0.2)
  const bright = lit(base, light.key, strength)
  const dark = lit(shift(base, -0.08), light.ambient, strength)
  const bloom = crop.flowers.map((flower) => lit(flower, mix(light.key, light.ambient, 0.3), strength))
  const patches = wavesOf(scene.noise(`patches ${index}`), { x: near * 0.26, z: near * 0.4, octaves: 3 })
  const stems = wavesOf(scene.noise(`sward ${index}`), { x: near * 0.012, z: near * 0.05, octaves: 3 })
  return (points, count) => {
    const { x, z, slopeX, slopeZ, haze } = points
    const patch = patches(x, z, count)
    const blades = stems(x, z, count)
    const out = [points.red, points.green, points.blue]
    for (let at = 0; at < count; at++) {
      const lean = -slopeX[at]! * lx * 1.6 + ly - slopeZ[at]! * lz
      const facing = lean / Math.sqrt(slopeX[at]! ** 2 * 2.5 + slopeZ[at]! ** 2 + 1)
      const bare = facing * 1.1 - 0.12 + patch[at]! * 0.4 + blades[at]! * 0.22
      const shine = Math.min(1, Math.max(0, bare))
      const flower = bloom[Math.abs(Math.floor(patch[at]! * 9)) % Math.max(1, bloom.length)]
      const grown = Math.max(0, blades[at]! * 1.6 + patch[at]! * 1.2 - 0.28)
      const density = flower ? Math.min(0.8, grown) : 0
      for (let channel = 0; channel < 3; channel++) {
        const grass = dark[channel]! + (bright[channel]! - dark[channel]!) * shine
        out[channel]![at] = flower ? grass + (flower[channel]! - grass) * density : grass
      }
      haze[at] = Math.min(0.9, (z[at]! / 2600) * 0.9 * (0.5 + light.air * 0.5))
    }
  }
}

/** Hills behind hills under some crop, with trees on their edges and mist between. */
export const hills = (scene: SceneContext, horizon: number, crop: Crop): { layers: Layer[] } => {
  const { light, unit } = scene
  const swell = 0.6 + scene.random('swell')() * 1.1
  // A planted field lies before the far hills; else two nearer hills do.
  const layers = (crop.planted ? [700] : [700, 260, 44]).flatMap((near, index) => {
    const share = index / 2
    const depth = 0.3 + share * 0.4
    const rolls = wavesOf(scene.noise(`hill ${index}`), {
      x: near * 0.62,
      z: near * 0.9,
      moveX: 11 * index,
      octaves: 3,
    })
    const swards = wavesOf(scene.noise(`sward ${index}`), { x: 3, z: 4, octaves: 2 })
    const land = paintLand(scene, {
      name: `hill ${index}`,
      depth,
      near,
      far: near * (index === 2 ? 7 : 3),
      nearest: index === 2,
      eye: [46, 30, 12][index]!,
      horizon,
      heights: (xs, zs, out, count) => {
        const roll = rolls(xs, zs, count)
        const blades = swards(xs, zs, count)
        const tall = [86, 40, 7][index]! * swell
        for (let at = 0; at < count; at++) {
          const ramp = index === 2 ? 1 : Math.min(1, Math.max(0, (zs[at]! - near) / near))
          out[at] = (roll[at]! * tall + [10, 2, 0][index]!) * ramp - [10, 6, 0][index]! + blades[at]! * 0.25 * share
        }
      },
      colours: hillColours(scene, crop, index, near),
      hazeColour: light.haze,
    })
    const mist = airLayer(scene, {
      name: `hill ${index}`,
      y: horizon + (20 + index * 34) * unit,
      thick: 40,
      depth,
      strength: 0.2 - share * 0.12,
      most: 0.9,
    })
    return [still(land.sprite), treeLayer(scene, land.crest, land.sprite.x, index), mist]
  })
  return { layers }
}

/** Single trees and small groups that stand on the edge of a hill. */
const treeLayer = (scene: SceneContext, crest: Float32Array, left: number, index: number): Layer => {
  const { light, unit, width } = scene
  const random = scene.random(`field trees ${index}`)
  const noise = scene.noise(`field trees ${index}`)
  const depth = 0.3 + (index / 2) * 0.4
  const far = [0.6, 0.34, 0][index]!
  const tall = [24, 54, 190][index]! * unit
  const [highest, lowest] = crest.reduce(([low, high], y) => [Math.min(low, y), Math.max(high, y)], [Infinity, 0])
  const box = coverBox(scene, depth, highest - tall * 2.6, lowest + tall * 0.3)
  const sprite = paintSprite(box, depth, (ctx) => {
    const leaves = createSpecks()
    const place = (x: number, size: number): void => {
      const y = crest[Math.round(x - left)]
      if (y === undefined) return
      const tones = foliage(light, random, scene.brief.details.land.hasBlossoms ? 0.85 : 0.08)
      paintBroadleaf(
        ctx,
        random,
        {
          x,
          y: y + size * 0.04,
          height: size,
          dark: mix(tones.dark, light.haze, far),
          light: mix(tones.light, light.haze, far),
          trunk: mix(lit([84, 66, 52], light.ambient), light.haze, far),
          side: light.sun.x > 0.5 ? 1 : -1,
        },
        leaves,
      )
    }
    if (index === 2) {
      const count = Math.floor(random() * 3.4)
      const lone = light.sun.x > 0.5 ? 0.14 + random() * 0.16 : 0.7 + random() * 0.16
      for (let tree = 0; tree < count; tree++)
        place(
          width * (tree === 0 ? lone : tree === 1 ? lone + (random() - 0.5) * 0.2 : 1 - lone),
          tall * (tree === 0 ? 0.8 + random() * 0.8 : 0.45 + random() * 0.5),
        )
      return leaves
    }
    for (let x = box.x; x < box.x + box.width; x += tall * (0.4 + random() * 0.5))
      if (noise(x / (tall * 5), 1) > 0.06 + random() * 0.3) place(x, tall * (0.6 + random() * 0.7))
    return leaves
  })
  return still(sprite)
}
