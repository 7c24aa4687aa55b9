import { mentions } from '../../prompt/words.ts'
import { lit, mix, shift } from '../colour.ts'
import { companyLayer } from '../company.ts'
import { type Crop, readCrop } from '../figures/crops.ts'
import { plantedField } from '../figures/planted-field.ts'
import { maplePalette, overhang } from '../figures/maple.ts'
import { windmillLayer } from '../figures/windmill.ts'
import { grassLayer } from '../foreground.ts'
import { mistLayer } from '../mist.ts'
import { wavesOf } from '../field.ts'
import { heavens, skyLife, weatherLayers } from '../outdoors.ts'
import { coverBox, drawPlate, paintPlate, still } from '../plate.ts'
import { mountainRanges } from '../ranges.ts'
import { foliage, lightDirection } from '../relief.ts'
import { createSpecks } from '../specks.ts'
import type { Layer, Stage } from '../stage.ts'
import { paintLand } from '../terrain.ts'
import { paintBroadleaf } from '../trees.ts'
import { wonders } from '../wonders.ts'
import { cabinLayer } from '../cabin.ts'
import type { PlacePainter } from './painter.ts'

/** Hills behind hills under some crop, with trees on their edges and mist between. */
export const hills = (stage: Stage, horizon: number, crop: Crop): { layers: Layer[] } => {
  const { light } = stage
  const strength = light.dark > 0.6 ? 0.55 : 1
  const [lx, ly, lz] = lightDirection(light)
  const layers: Layer[] = []
  const swell = 0.6 + stage.random('swell')() * 1.1
  // A planted field lies before the far hills; else two nearer hills do.
  for (const [index, near] of (crop.planted ? [700] : [700, 260, 44]).entries()) {
    const noise = stage.noise(`hill ${index}`)
    const fine = stage.noise(`sward ${index}`)
    const far = near * (index === 2 ? 7 : 3)
    const share = index / 2
    const random = stage.random(`hill tone ${index}`)
    const base = shift(crop.grass, (random() - 0.5) * 0.05, 0.95 + random() * 0.2, (random() - 0.5) * 0.2)
    const bright = lit(base, light.key, strength)
    const dark = lit(shift(base, -0.08), light.ambient, strength)
    const bloom = crop.flowers.map((flower) => lit(flower, mix(light.key, light.ambient, 0.3), strength))
    const rolls = wavesOf(noise, { x: near * 0.62, z: near * 0.9, moveX: 11 * index, octaves: 3 })
    const patches = wavesOf(stage.noise(`patches ${index}`), { x: near * 0.26, z: near * 0.4, octaves: 3 })
    const stems = wavesOf(fine, { x: near * 0.012, z: near * 0.05, octaves: 3 })
    const swards = wavesOf(fine, { x: 3, z: 4, octaves: 2 })
    const land = paintLand(stage, {
      name: `hill ${index}`,
      depth: 0.3 + share * 0.4,
      near,
      far,
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
      colours: (points, count) => {
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
      },
      hazeColour: light.haze,
    })
    layers.push(still(land.plate))
    layers.push(treeLayer(stage, land.crest, land.plate.x, index))
    layers.push(
      mistLayer(stage, {
        name: `hill ${index}`,
        y: horizon + (20 + index * 34) * stage.unit,
        thick: 40 * stage.unit,
        depth: 0.3 + share * 0.4,
        strength: Math.min(0.9, (0.2 - share * 0.12) * light.air),
        colour: mix(light.haze, light.skyLow, 0.5),
      }),
    )
  }
  return { layers }
}

/** Single trees and small groups that stand on the edge of a hill. */
const treeLayer = (stage: Stage, crest: Float32Array, left: number, index: number): Layer => {
  const { light, unit, width } = stage
  const random = stage.random(`field trees ${index}`)
  const noise = stage.noise(`field trees ${index}`)
  const depth = 0.3 + (index / 2) * 0.4
  const far = [0.6, 0.34, 0][index]!
  const tall = [24, 54, 190][index]! * unit
  const [highest, lowest] = crest.reduce(([low, high], y) => [Math.min(low, y), Math.max(high, y)], [Infinity, 0])
  const box = coverBox(stage, depth, highest - tall * 2.6, lowest + tall * 0.3)
  const plate = paintPlate(box, depth, (ctx) => {
    const leaves = createSpecks()
    const place = (x: number, size: number): void => {
      const y = crest[Math.round(x - left)]
      if (y === undefined) return
      const tones = foliage(
        light,
        random,
        mentions(stage.brief.words, ['blossom*', 'cherry', 'sakura', 'orchard']) ? 0.85 : 0.08,
      )
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
  return (ctx, view) => drawPlate(ctx, view, plate)
}

/** Rolling fields under a wide sky, with trees, flowers and grass that moves. */
export const paintMeadow: PlacePainter = (stage) => {
  const { light, width, height, unit, brief } = stage
  const crop = readCrop(stage)
  const horizon = height * (0.36 + stage.random('horizon')() * (crop.planted ? 0.16 : 0.26))
  const strength = light.dark > 0.6 ? 0.5 : 1
  const tones = [
    lit(shift(crop.grass, -0.16), light.ambient, strength),
    mix(lit(shift(crop.grass, -0.06), light.ambient, strength), lit(crop.grass, light.key, strength), 0.35),
    lit(shift(crop.grass, -0.02), light.key, 0.85 * strength),
  ]
  const flowers = crop.flowers.map((flower) => lit(flower, mix(light.key, light.ambient, 0.2), strength))
  const distant = brief.also.includes('mountains') || stage.random('distant')() < 0.5
  return {
    horizon,
    layers: [
      ...heavens(stage, horizon),
      ...(distant
        ? mountainRanges(stage, {
            horizon,
            tall: 0.62,
            bottom: horizon + 60 * unit,
          })
        : []),
      ...wonders(stage, horizon),
      ...hills(stage, horizon, crop).layers,
      ...(crop.planted ? [plantedField(stage, horizon, crop.planted)] : []),
      ...(brief.figures.has('cabin') ? [cabinLayer(stage, { y: height * 0.66, size: 110 * unit })] : []),
      ...(brief.figures.has('windmill')
        ? [
            windmillLayer(stage, {
              x: width * (light.sun.x > 0.5 ? 0.24 : 0.76),
              y: horizon + 40 * unit,
              tall: 230 * unit,
              depth: 0.52,
            }),
          ]
        : []),
      ...companyLayer(stage, {
        horizon,
        y: horizon + 84 * unit,
        metre: 26 * unit,
        depth: 0.66,
        spread: 70 * unit,
      }),
      grassLayer(stage, {
        y: height * (crop.planted ? 0.97 : 0.9),
        tall: (crop.planted ? 60 : 96) * unit,
        count: crop.planted ? 150 : 380,
        depth: 1,
        tones,
        flowers: crop.planted ? [] : flowers,
      }),
      ...(mentions(brief.words, ['cherry', 'sakura', 'blossom*'])
        ? [
            overhang(
              stage,
              maplePalette({ ...stage, light: { ...light, season: 'spring' } }).map((petal) => shift(petal, 0.07)),
              light.sun.x > 0.5 ? -1 : 1,
              'blossoms',
            ),
          ]
        : []),
      ...skyLife(stage),
      ...weatherLayers(stage),
    ],
  }
}
