import { cabinLayer } from '../../built/cabin.ts'
import { mix } from '../../../canvas/colour.ts'
import { companyLayer } from '../../figures/company.ts'
import { moteLayer } from '../../sky/falling.ts'
import { mistLayer, mistSprite } from '../../sky/mist.ts'
import { heavens, weatherLayers } from '../../sky/outdoors.ts'
import { coverBox, still, type Layer, type ScenePainter } from '../../layers.ts'
import { paintSprite } from '../../../canvas/sprite.ts'
import { rayLayer } from '../../sky/rays.ts'
import { createSpecks } from '../../../canvas/specks.ts'
import { rankLayer, rankOf } from './trunks.ts'
import { floorLayer, fernLayer } from './forest-floor.ts'

/** A forest that one stands in: trunk behind trunk in the haze, leaves above, shafts of light, a path. */
export const paintForest: ScenePainter = (scene) => {
  const { light, height, width, unit, brief } = scene
  const floor = height * (0.6 + scene.random('horizon')() * 0.06)
  const ranks = 5
  const layers: Layer[] = heavens(scene, floor, 0.5)
  layers.push(floorLayer(scene, floor))
  // Where the trunks keep the view open there is room for a house, or for someone on the path.
  const path = width * (scene.random('path')() < 0.5 ? 0.42 : 0.6)
  const inwards = path < width / 2 ? 1 : -1
  const clearing = [
    ...(brief.figures.has('cabin')
      ? [cabinLayer(scene, { x: path + inwards * 34 * unit, y: floor + 62 * unit, size: 168 * unit })]
      : []),
    ...companyLayer(scene, {
      horizon: floor - 40 * unit,
      y: floor + 58 * unit,
      metre: 46 * unit,
      depth: 0.6,
      x: (path - inwards * (brief.figures.has('cabin') ? 150 : 10) * unit) / width,
      spread: 14 * unit,
      haze: 0.22,
    }),
  ]
  const mistBehind = (rank: number) => ({
    name: `wood ${rank}`,
    y: floor - (30 - rank * 16) * unit,
    thick: (150 - rank * 22) * unit,
    depth: 0.25 + rank * 0.18,
    strength: Math.min(0.9, (0.46 - rank * 0.1) * light.air),
    colour: mix(light.haze, light.skyLow, 0.5),
  })
  // The two furthest ranks and the mist between them are so pale that nobody sees them move as one.
  const [last, next] = [rankOf(scene, 0, ranks, floor), rankOf(scene, 1, ranks, floor)]
  const whole = coverBox(scene, last.depth, 0, floor + 124 * unit)
  const behind = paintSprite(whole, last.depth, (ctx) => {
    const leaves = createSpecks()
    const mist = mistSprite(scene, mistBehind(0))
    last.paint(ctx, leaves)
    ctx.drawImage(mist.canvas, mist.x, mist.y, mist.width, mist.height)
    next.paint(ctx, leaves)
    return leaves
  })
  layers.push(still(behind), mistLayer(scene, mistBehind(1)))
  for (let rank = 2; rank < ranks; rank++) {
    layers.push(rankLayer(scene, rank, ranks, floor))
    if (rank === 2) layers.push(...clearing)
    if (rank < ranks - 1) layers.push(mistLayer(scene, mistBehind(rank)))
  }
  const clear = light.sun.shown && light.weather !== 'snow'
  if (clear)
    layers.push(
      rayLayer(scene, {
        x: width * (light.sun.x > 0.5 ? 0.7 : 0.3),
        y: -height * 0.15,
        colour: light.sun.moon ? light.key : mix(light.key, light.sun.colour, 0.5),
        strength: light.sun.moon ? 0.1 : 0.2,
        count: 10,
        spread: 1.3,
        long: height * 1.25,
      }),
    )
  layers.push(fernLayer(scene))
  if (!brief.figures.has('fireflies') && light.weather === 'clear')
    layers.push(
      moteLayer(scene, {
        name: 'motes',
        colour: light.dark > 0.5 ? [206, 255, 150] : light.key,
        count: 40,
        rise: 6,
        size: 1.3,
        from: 0.2,
        to: 0.95,
        blink: 0.7,
      }),
    )
  return { horizon: floor, layers: [...layers, ...weatherLayers(scene)] }
}
