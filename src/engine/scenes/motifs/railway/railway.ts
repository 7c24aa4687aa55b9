import type { Random } from '../../../random.ts'
import type { Rgb } from '../../../rgb.ts'
import { shift } from '../../../canvas/colour.ts'
import { embankment } from './embankment.ts'
import { type Track, trackOf } from './track.ts'
import { trainLayers } from './train-layers.ts'
import { viaduct } from './viaduct.ts'
import { wooded } from '../../land/foreground.ts'
import { airLayer } from '../../sky/mist.ts'
import { outdoorScene } from '../../sky/outdoors.ts'
import { type Layer, type SceneContext, type ScenePainter, still } from '../../layers.ts'
import { mountainRanges } from '../../land/ranges.ts'
import { glintLayer, mirrorLayer } from '../../water/water.ts'

/** What a line along a shore and one over a viaduct share. `side` is where the rails come from, -1 or 1. */
type Line = {
  scene: SceneContext
  random: Random
  steam: boolean
  side: number
  horizon: number
  ranges: Layer[]
  /** Half of what is seen across, in metres at a metre's distance. */
  half: number
}

/** Rails along a lake that mirrors the train. */
const shoreLayers = ({ scene, random, steam, side, horizon, ranges, half }: Line): Layer[] => {
  const { height, unit } = scene
  const [z, away] = [46 + random() ** 1.3 * 60, 1 + random() ** 1.5 * 1.4]
  const edge = (at: number): number => half * at * 1.4 + 30
  const [from, past, towards] = [
    [-side * edge(z), z],
    [0, z * (0.4 + away * 0.5)],
    [side * edge(z * away), z * away],
  ] as const
  const track = trackOf(scene, [from, past, towards], -2 - random() * 1.4, horizon)
  const { train, smoke } = trainLayers(scene, track, steam, 0.42)
  const line = horizon + 4 * unit
  return [
    ...ranges,
    smoke,
    train,
    still(embankment(scene, track, 0.42, line)),
    mirrorLayer(scene, { y: line, depth: 0.42, calm: 0.75, tall: 1 }),
    glintLayer(scene, { y: line, depth: 0.42, amount: 0.8 }),
    airLayer(scene, { name: 'shore', y: line, thick: 30, depth: 0.45, strength: 0.32 }),
    ...(random() < 0.6
      ? [wooded(scene, { y: height * 1.02, depth: 1, tall: (190 + random() * 160) * unit, open: 0.24 })]
      : []),
  ]
}

/** Rails across a valley: straight from one side to the other, or round a bend. */
const valleyTrack = ({ scene, random, side, horizon, half }: Line): Track => {
  const edge = (z: number): number => half * z * 1.25 + 36
  const bent = random() < 0.5
  const near = bent ? 44 + random() * 14 : 50 + random() * 26
  const far = bent ? near * (3.4 + random() * 2) : near * (1.05 + random() ** 1.5 * 1.9)
  const below = (random() < (bent ? 0.8 : 0.5) ? 3 + random() * 3 : -1.5 - random() * 3) * (bent ? 0.9 : 1)
  // Round a bend it comes from one side close by, and swings away into the distance.
  const past = bent
    ? ([-side * edge(near) * (0.5 + random() * 0.5), near * (1 + random() * 0.5)] as const)
    : ([0, (near + far) / 2 - (far - near) * random() * 0.3] as const)
  return trackOf(scene, [[side * edge(near), near], past, [-side * edge(far), far]], below, horizon)
}

/** A train on a viaduct, woods behind it and before it, mist about its piers. */
const viaductLayers = (line: Line): Layer[] => {
  const { scene, random, steam, ranges } = line
  const { height, unit } = scene
  const track = valleyTrack(line)
  const { train, smoke } = trainLayers(scene, track, steam, 0.5)
  const stone: Rgb = steam ? shift([176, 160, 140], (random() - 0.5) * 0.1, 0.7 + random() * 0.6) : [186, 186, 188]
  const wood = { y: 0.87 + random() * 0.05, tall: 70 + random() * 60, open: 0.1 + random() * 0.2 }
  const frame = { y: 1.02 + random() * 0.06, tall: 160 + random() * 200, open: 0.26 + random() * 0.16 }
  const back = wooded(scene, { y: height * 0.74, depth: 0.5, tall: (40 + random() * 20) * unit, open: 0.02 })
  const arches = viaduct(scene, track, { stone, span: 12 + random() * 5, foot: height * 0.98 }, 0.5)
  const mist = { name: 'piers', y: height * 0.8, thick: 120, depth: 0.55, speed: 0.012 }
  return [
    ...ranges,
    smoke,
    train,
    back,
    still(arches),
    airLayer(scene, { ...mist, strength: 0.7, most: 0.95, sky: 0.4 }),
    wooded(scene, { y: height * wood.y, depth: 0.72, tall: wood.tall * unit, open: wood.open }),
    wooded(scene, { y: height * frame.y, depth: 1, tall: frame.tall * unit, open: frame.open }),
  ]
}

/** A train over a viaduct in the mountains, or along a lake that mirrors its windows. */
export const paintRailway: ScenePainter = (scene) => {
  const { light, brief, width, height, unit } = scene
  const random = scene.random('railway')
  const { isModern, hasViaduct, isByWater } = brief.details.railway
  const shore = !hasViaduct && (isByWater || random() < 0.4)
  const horizon = height * (shore ? 0.44 + random() * 0.18 : 0.44 + random() * 0.14)
  const side = random() < 0.5 ? -1 : 1
  const ranges = mountainRanges(scene, {
    horizon: horizon + (shore ? 0 : 30 * unit),
    tall: 0.8 + random() * 0.5,
    floor: shore ? 20 : -400,
    count: 3,
    pines: true,
    snowy: light.season === 'winter' || light.weather === 'snow',
    bottom: shore ? horizon + 6 * unit : height * 0.86,
  })
  const half = width / 2 / (Math.sqrt(width * height) * 1.1)
  const line: Line = { scene, random, steam: !isModern, side, horizon, ranges, half }
  return outdoorScene(scene, horizon, shore ? shoreLayers(line) : viaductLayers(line))
}
