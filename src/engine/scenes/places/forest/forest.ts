import type { Rgb } from '../../../rgb.ts'
import { cabinLayer } from '../../built/cabin.ts'
import { mix } from '../../../canvas/colour.ts'
import { peopleAndHerds } from '../../figures/people-and-herds.ts'
import { moteLayer } from '../../sky/falling.ts'
import { mistLayer, mistSprite } from '../../sky/mist.ts'
import { skyLayers, weatherLayers } from '../../sky/outdoors.ts'
import { coverBox, type Layer, type SceneContext, type ScenePainter, still } from '../../layers.ts'
import { paintSprite } from '../../../canvas/sprite.ts'
import { rayLayer } from '../../sky/rays.ts'
import { createSpecks } from '../../../canvas/specks.ts'
import { rankLayer, rankOf } from './trunks.ts'
import { floorLayer, fernLayer, pathAt } from './forest-floor.ts'

const RANKS = 5

const mistBehind = ({ light, unit }: SceneContext, floor: number, rank: number) => ({
  name: `wood ${rank}`,
  y: floor - (30 - rank * 16) * unit,
  thick: 150 - rank * 22,
  depth: 0.25 + rank * 0.18,
  strength: Math.min(0.9, (0.46 - rank * 0.1) * light.air),
  colour: mix(light.haze, light.skyLow, 0.5),
})

/** The two furthest ranks and the mist between them: they are so pale that nobody sees them move as one. */
const furthestRanks = (scene: SceneContext, floor: number): Layer => {
  const [last, next] = [rankOf(scene, 0, RANKS, floor), rankOf(scene, 1, RANKS, floor)]
  const whole = coverBox(scene, last.depth, 0, floor + 124 * scene.unit)
  const sprite = paintSprite(whole, last.depth, (ctx) => {
    const leaves = createSpecks()
    const mist = mistSprite(scene, mistBehind(scene, floor, 0))
    last.paint(ctx, leaves)
    ctx.drawImage(mist.canvas, mist.x, mist.y, mist.width, mist.height)
    next.paint(ctx, leaves)
    return leaves
  })
  return still(sprite)
}

/** Where the trunks keep the view open there is room for a house, or for someone on the path. */
const clearing = (scene: SceneContext, floor: number): Layer[] => {
  const { brief, width, unit } = scene
  const path = width * pathAt(scene)
  const inwards = path < width / 2 ? 1 : -1
  const cabin = brief.figures.has('cabin')
  return [
    ...(cabin ? [cabinLayer(scene, { x: path + inwards * 34 * unit, y: floor + 62 * unit, size: 168 * unit })] : []),
    ...peopleAndHerds(scene, {
      horizon: floor - 40 * unit,
      y: floor + 58 * unit,
      metre: 46 * unit,
      depth: 0.6,
      x: (path - inwards * (cabin ? 150 : 10) * unit) / width,
      spread: 14 * unit,
      haze: 0.22,
    }),
  ]
}

/** Shafts of light from the side of the sun or the moon. */
const shafts = (scene: SceneContext): Layer => {
  const { light, width, height } = scene
  return rayLayer(scene, {
    x: width * (light.sun.x > 0.5 ? 0.7 : 0.3),
    y: -height * 0.15,
    colour: light.sun.moon ? light.key : mix(light.key, light.sun.colour, 0.5),
    strength: light.sun.moon ? 0.1 : 0.2,
    count: 10,
    spread: 1.3,
    long: height * 1.25,
  })
}

/** A forest that one stands in: trunk behind trunk in the haze, leaves above, shafts of light, a path. */
export const paintForest: ScenePainter = (scene) => {
  const { light, height, brief } = scene
  const floor = height * (0.6 + scene.random('horizon')() * 0.06)
  const rank = (index: number): Layer => rankLayer(scene, index, RANKS, floor)
  const mist = (index: number): Layer => mistLayer(scene, mistBehind(scene, floor, index))
  const colour: Rgb = light.dark > 0.5 ? [206, 255, 150] : light.key
  const motes = { name: 'motes', colour, count: 40, rise: 6, size: 1.3, from: 0.2, to: 0.95, blink: 0.7 }
  return {
    horizon: floor,
    layers: [
      ...skyLayers(scene, floor, 0.5),
      floorLayer(scene, floor),
      furthestRanks(scene, floor),
      mist(1),
      rank(2),
      ...clearing(scene, floor),
      mist(2),
      rank(3),
      mist(3),
      rank(4),
      ...(light.sun.shown && light.weather !== 'snow' ? [shafts(scene)] : []),
      fernLayer(scene),
      ...(!brief.figures.has('fireflies') && light.weather === 'clear' ? [moteLayer(scene, motes)] : []),
      ...weatherLayers(scene),
    ],
  }
}
