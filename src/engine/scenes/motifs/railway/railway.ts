import type { Rgb } from '../../../rgb.ts'
import { mentions } from '../../../prompt/words.ts'
import { mix, shift } from '../../../canvas/colour.ts'
import { embankment } from './embankment.ts'
import { trackOf } from './track.ts'
import { trainLayers } from './train-layers.ts'
import { viaduct } from './viaduct.ts'
import { wooded } from '../../land/foreground.ts'
import { mistLayer } from '../../sky/mist.ts'
import { heavens, skyLife, weatherLayers } from '../../sky/outdoors.ts'
import { type ScenePainter, still } from '../../layers.ts'
import { mountainRanges } from '../../land/ranges.ts'
import { glintLayer, mirrorLayer } from '../../water/water.ts'

/** A train over a viaduct in the mountains, or along a lake that mirrors its windows. */
export const paintRailway: ScenePainter = (scene) => {
  const { light, brief, width, height, unit } = scene
  const random = scene.random('railway')
  const { words } = brief
  const steam = !mentions(words, [
    'modern',
    'high speed',
    'bullet',
    'shinkansen',
    'tgv',
    'electric',
    'fast train',
    'futuris*',
    'metro',
  ])
  const arched = mentions(words, ['viaduct', 'bridge', 'arches', 'valley', 'gorge'])
  const shore = !arched && (mentions(words, ['lake', 'coast*', 'sea', 'shore', 'along', 'reflect*']) || random() < 0.4)
  const horizon = height * (shore ? 0.44 + random() * 0.18 : 0.44 + random() * 0.14)
  const side = random() < 0.5 ? -1 : 1
  const snowy = light.season === 'winter' || light.weather === 'snow'
  const ranges = mountainRanges(scene, {
    horizon: horizon + (shore ? 0 : 30 * unit),
    tall: 0.8 + random() * 0.5,
    floor: shore ? 20 : -400,
    count: 3,
    pines: true,
    snowy,
    bottom: shore ? horizon + 6 * unit : height * 0.86,
  })
  // Half of what is seen across, in metres at a metre's distance.
  const half = width / 2 / (Math.sqrt(width * height) * 1.1)
  if (shore) {
    const [z, away] = [46 + random() ** 1.3 * 60, 1 + random() ** 1.5 * 1.4]
    const edge = (at: number): number => half * at * 1.4 + 30
    const track = trackOf(
      scene,
      [
        [-side * edge(z), z],
        [0, z * (0.4 + away * 0.5)],
        [side * edge(z * away), z * away],
      ],
      -2 - random() * 1.4,
      horizon,
    )
    const { train, smoke } = trainLayers(scene, track, steam, 0.42)
    const line = horizon + 4 * unit
    return {
      horizon,
      layers: [
        ...heavens(scene, horizon),
        ...ranges,
        smoke,
        train,
        still(embankment(scene, track, 0.42, line)),
        mirrorLayer(scene, { y: line, depth: 0.42, calm: 0.75, tall: 1 }),
        glintLayer(scene, { y: line, depth: 0.42, amount: 0.8 }),
        mistLayer(scene, {
          name: 'shore',
          y: line,
          thick: 30 * unit,
          depth: 0.45,
          strength: Math.min(0.85, 0.32 * light.air),
          colour: mix(light.haze, light.skyLow, 0.5),
        }),
        ...(random() < 0.6
          ? [wooded(scene, { y: height * 1.02, depth: 1, tall: (190 + random() * 160) * unit, open: 0.24 })]
          : []),
        ...skyLife(scene),
        ...weatherLayers(scene),
      ],
    }
  }
  const edge = (z: number): number => half * z * 1.25 + 36
  const bent = random() < 0.5
  const near = bent ? 44 + random() * 14 : 50 + random() * 26
  const far = bent ? near * (3.4 + random() * 2) : near * (1.05 + random() ** 1.5 * 1.9)
  const below = (random() < (bent ? 0.8 : 0.5) ? 3 + random() * 3 : -1.5 - random() * 3) * (bent ? 0.9 : 1)
  const track = trackOf(
    scene,
    bent
      ? // Round a bend: it comes from one side close by, and swings away into the distance.
        [
          [side * edge(near), near],
          [-side * edge(near) * (0.5 + random() * 0.5), near * (1 + random() * 0.5)],
          [-side * edge(far), far],
        ]
      : [
          [side * edge(near), near],
          [0, (near + far) / 2 - (far - near) * random() * 0.3],
          [-side * edge(far), far],
        ],
    below,
    horizon,
  )
  const { train, smoke } = trainLayers(scene, track, steam, 0.5)
  const stone: Rgb = steam ? shift([176, 160, 140], (random() - 0.5) * 0.1, 0.7 + random() * 0.6) : [186, 186, 188]
  const wood = { y: 0.87 + random() * 0.05, tall: 70 + random() * 60, open: 0.1 + random() * 0.2 }
  const frame = { y: 1.02 + random() * 0.06, tall: 160 + random() * 200, open: 0.26 + random() * 0.16 }
  const back = wooded(scene, { y: height * 0.74, depth: 0.5, tall: (40 + random() * 20) * unit, open: 0.02 })
  const arches = viaduct(scene, track, { stone, span: 12 + random() * 5, foot: height * 0.98 }, 0.5)
  return {
    horizon,
    layers: [
      ...heavens(scene, horizon),
      ...ranges,
      smoke,
      train,
      back,
      still(arches),
      mistLayer(scene, {
        name: 'piers',
        y: height * 0.8,
        thick: 120 * unit,
        depth: 0.55,
        strength: Math.min(0.95, 0.7 * light.air),
        colour: mix(light.haze, light.skyLow, 0.4),
        speed: 0.012,
      }),
      wooded(scene, { y: height * wood.y, depth: 0.72, tall: wood.tall * unit, open: wood.open }),
      wooded(scene, { y: height * frame.y, depth: 1, tall: frame.tall * unit, open: frame.open }),
      ...skyLife(scene),
      ...weatherLayers(scene),
    ],
  }
}
