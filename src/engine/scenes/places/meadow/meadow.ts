import { lit, mix, shift } from '../../../canvas/colour.ts'
import { peopleAndHerds } from '../../figures/people-and-herds.ts'
import { readCrop } from '../../land/crops.ts'
import { plantedField } from '../../land/planted-field.ts'
import { maplePalette, overhang } from '../../land/maple.ts'
import { windmillLayer } from '../../built/windmill.ts'
import { grassLayer } from '../../land/foreground.ts'
import { outdoorScene } from '../../sky/outdoors.ts'
import type { Layer, SceneContext, ScenePainter } from '../../layers.ts'
import { mountainRanges } from '../../land/ranges.ts'
import { distantFigures } from '../../figures/distant-figures.ts'
import { hills } from '../../land/hills.ts'
import { cabinLayer } from '../../built/cabin.ts'

/** A bough of cherry blossoms that hangs into the view, whatever the season. */
const blossomBough = (scene: SceneContext): Layer => {
  const { light } = scene
  const petals = maplePalette({ ...scene, light: { ...light, season: 'spring' } }).map((petal) => shift(petal, 0.07))
  return overhang(scene, petals, light.sun.x > 0.5 ? -1 : 1, 'blossoms')
}

/** Rolling fields under a wide sky, with trees, flowers and grass that moves. */
export const paintMeadow: ScenePainter = (scene) => {
  const { light, width, height, unit, brief } = scene
  const crop = readCrop(scene)
  const horizon = height * (0.36 + scene.random('horizon')() * (crop.planted ? 0.16 : 0.26))
  const strength = light.dark > 0.6 ? 0.5 : 1
  const tones = [
    lit(shift(crop.grass, -0.16), light.ambient, strength),
    mix(lit(shift(crop.grass, -0.06), light.ambient, strength), lit(crop.grass, light.key, strength), 0.35),
    lit(shift(crop.grass, -0.02), light.key, 0.85 * strength),
  ]
  const flowers = crop.flowers.map((flower) => lit(flower, mix(light.key, light.ambient, 0.2), strength))
  const distant = brief.also.includes('mountains') || scene.random('distant')() < 0.5
  const millX = width * (light.sun.x > 0.5 ? 0.24 : 0.76)
  return outdoorScene(scene, horizon, [
    ...(distant ? mountainRanges(scene, { horizon, tall: 0.62, bottom: horizon + 60 * unit }) : []),
    ...distantFigures(scene, horizon),
    ...hills(scene, horizon, crop).layers,
    ...(crop.planted ? [plantedField(scene, horizon, crop.planted)] : []),
    ...(brief.figures.has('cabin') ? [cabinLayer(scene, { y: height * 0.66, size: 110 * unit })] : []),
    ...(brief.figures.has('windmill')
      ? [windmillLayer(scene, { x: millX, y: horizon + 40 * unit, tall: 230 * unit, depth: 0.52 })]
      : []),
    ...peopleAndHerds(scene, { horizon, y: horizon + 84 * unit, metre: 26 * unit, depth: 0.66, spread: 70 * unit }),
    grassLayer(scene, {
      y: height * (crop.planted ? 0.97 : 0.9),
      tall: (crop.planted ? 60 : 96) * unit,
      count: crop.planted ? 150 : 380,
      depth: 1,
      tones,
      flowers: crop.planted ? [] : flowers,
    }),
    ...(brief.details.meadow.hasBlossoms ? [blossomBough(scene)] : []),
  ])
}
