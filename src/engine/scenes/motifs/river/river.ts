import type { Rgb } from '../../../rgb.ts'
import { toneOf } from '../../tone.ts'
import { mix, shift } from '../../../canvas/colour.ts'
import { paintCliff } from '../../land/cliff.ts'
import { courseOf } from './river-course.ts'
import { riverLand } from './river-land.ts'
import { canoeLayer, currentLayer } from './river-water.ts'
import { airLayer } from '../../sky/mist.ts'
import { outdoorScene } from '../../sky/outdoors.ts'
import { coverBox, type Layer, type SceneContext, type ScenePainter, still } from '../../layers.ts'
import { paintSprite, type Sprite } from '../../../canvas/sprite.ts'
import { mountainRanges } from '../../land/ranges.ts'
import { growthColour } from '../../land/relief.ts'
import { mirrorLayer } from '../../water/water.ts'

/** The walls of a canyon at one side, in steps, the nearer ones taller and darker. */
const wall = (scene: SceneContext, side: number, rank: number, horizon: number, rock: Rgb): Sprite => {
  const { width, height, unit, light } = scene
  const random = scene.random(`wall ${side} ${rank}`)
  const noise = scene.noise(`wall ${side} ${rank}`)
  const tone = toneOf(scene)
  const depth = [0.3, 0.5, 0.86][rank]!
  const inner = width * (0.5 + side * [0.05, 0.15, 0.33][rank]! * (0.9 + random() * 0.3))
  const foot = horizon + [16, 56, 210][rank]! * unit * (height / (720 * unit))
  const tall = [0.26, 0.5, 0.9][rank]! * height * (0.8 + random() * 0.35)
  return paintSprite(coverBox(scene, depth, 0, Math.min(height, foot + 130 * unit)), depth, (ctx, box) => {
    const outer = side < 0 ? box.x : box.x + box.width
    const share = (x: number): number => Math.min(1, Math.max(0, (x - inner) / (outer - inner)))
    const top = (x: number): number => {
      const s = share(x)
      const steps = Math.floor(s * 5 + noise(x / (60 * unit), 2) * 0.6) / 5
      return foot - tall * Math.min(1, s * 0.9 + steps * 0.7) + noise(x / (26 * unit), 7) * 8 * unit
    }
    paintCliff(
      ctx,
      random,
      {
        from: Math.min(inner, outer),
        to: Math.max(inner, outer),
        top,
        foot: (x) => foot + share(x) * 60 * unit * (rank + 1) * 0.7,
        size: [20, 30, 46][rank]! * unit,
        rock: shift(rock, [0.04, 0, -0.06][rank]!),
        moss: shift(rock, 0.06, 0.8),
        far: [0.42, 0.2, 0.02][rank]! * Math.min(1.4, 0.6 + light.air * 0.4),
        shine: () => ((light.sun.x > 0.5 ? 1 : -1) === side ? 0.26 : 0.74),
      },
      tone,
    )
  })
}

/** A river that winds through a valley, a forest or a canyon, with its current, its stones and who paddles on it. */
export const paintRiver: ScenePainter = (scene) => {
  const { light, brief, height, unit } = scene
  const random = scene.random('river')
  const asked = brief.details.river
  const canyon = asked.isCanyon
  const forest = !canyon && (asked.isForest || random() < 0.3)
  const leafy = asked.hasLeaves || (!asked.hasNeedles && random() < 0.4)
  const horizon = height * (0.36 + random() * 0.14)
  const course = courseOf(scene, horizon, canyon ? 16 : 12 + random() * 6)
  const snowy = light.season === 'winter' || light.weather === 'snow'
  const word = brief.colours[0]
  const rock: Rgb = word ? mix([196, 118, 78], word, 0.5) : shift([198, 122, 80], 0, 0.8 + random() * 0.4)
  const grass: Rgb = snowy ? [226, 234, 244] : canyon ? mix(rock, [196, 170, 120], 0.5) : growthColour(light)
  const depth = 0.6
  const { ground, mirrored } = riverLand(scene, course, {
    horizon,
    depth,
    grass,
    bank: snowy ? [206, 214, 226] : canyon ? shift(rock, 0.04) : [158, 144, 118],
    trees: leafy ? 'leaves' : 'pines',
    wooded: canyon ? 0 : forest ? (leafy ? 0.42 : 0.95) : leafy ? 0.2 : 0.42,
  })
  const rapid = asked.hasRapids ? 1 : canyon && random() < 0.4 ? 0.45 : 0.12
  const count = asked.hasBoats ? (asked.boats ?? 1 + Math.floor(random() * 2)) : random() < 0.5 ? 1 : 0
  const pale = mix(mix(light.skyLow, light.key, 0.4), [255, 255, 255], light.dark > 0.6 ? 0 : 0.35)
  const walls = (sides: readonly number[], rank: number): Layer[] =>
    canyon ? sides.map((at) => still(wall(scene, at, rank, horizon, rock))) : []
  const mist = { name: 'river', y: height * 0.62, thick: 60, depth: 0.7, most: 0.9 }
  return outdoorScene(scene, horizon, [
    ...(canyon
      ? []
      : mountainRanges(scene, {
          horizon,
          tall: 0.55 + random() * 0.5,
          floor: 10,
          count: 3,
          pines: true,
          snowy,
          bottom: horizon + 12 * unit,
        })),
    ...walls([-1, 1], 0),
    mirrorLayer(scene, { y: horizon + 2 * unit, depth: 0.5, calm: 0.7 + rapid, tall: 0.7 }),
    still(mirrored),
    currentLayer(scene, course, depth, { pale, deep: mix(light.ambient, [8, 26, 34], 0.6), rapid }),
    still(ground),
    airLayer(scene, { ...mist, name: 'valley', y: horizon + 10 * unit, thick: 44, depth: 0.4, strength: 0.4 }),
    ...walls([-1, 1], 1),
    ...(count > 0
      ? [canoeLayer(scene, course, depth, { count: Math.min(5, count), paint: word ?? [196, 66, 44] })]
      : []),
    ...walls(canyon ? [random() < 0.5 ? -1 : 1] : [], 2),
    airLayer(scene, { ...mist, strength: light.time === 'dawn' || light.weather === 'fog' ? 0.4 : 0.14 }),
  ])
}
