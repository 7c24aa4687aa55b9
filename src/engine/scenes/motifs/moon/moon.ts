import { pick, type Random } from '../../../random.ts'
import type { Rgb } from '../../../rgb.ts'
import { mix, shift } from '../../../canvas/colour.ts'
import { peopleAndHerds } from '../../figures/people-and-herds.ts'
import { greatMoon, moonColour } from './great-moon.ts'
import { hillTop } from './hill-top.ts'
import { paintMoonland } from './moonland.ts'
import { wooded } from '../../land/foreground.ts'
import { airLayer, mistLayer } from '../../sky/mist.ts'
import { oceanLayer } from '../../water/ocean.ts'
import { outdoorScene } from '../../sky/outdoors.ts'
import type { Layer, SceneContext, ScenePainter } from '../../layers.ts'
import { drawSprite } from '../../../canvas/sprite.ts'
import { mountainRanges } from '../../land/ranges.ts'
import { glintLayer, mirrorLayer } from '../../water/water.ts'

type Kind = 'sea' | 'lake' | 'hill' | 'ranges'

/** A moon over a place, lit by it: frame pixels. `random` goes on where the moon's place was drawn. */
type Moonrise = {
  scene: SceneContext
  random: Random
  kind: Kind
  horizon: number
  radius: number
  x: number
  y: number
  colour: Rgb
}

const kindOf = ({ brief }: SceneContext, random: Random): Kind =>
  brief.details.moon.place ??
  (brief.figures.has('people') || brief.figures.has('wolves')
    ? 'hill'
    : pick(random, ['lake', 'hill', 'ranges', 'hill'] as const))

/** Light that the great moon gives: from where it stands, and no second moon beside it. */
const under = (scene: SceneContext, x: number, colour: Rgb): SceneContext => ({
  ...scene,
  light: {
    ...scene.light,
    key: mix(scene.light.key, colour, 0.4),
    sun: { ...scene.light.sun, x: x / scene.width, shown: false, glow: scene.light.sun.glow * 0.5 },
  },
})

const moonriseOf = (given: SceneContext): Moonrise => {
  const { width, height } = given
  const random = given.random('moon')
  const kind = kindOf(given, random)
  const horizon =
    height * (kind === 'hill' ? 0.7 + random() * 0.1 : kind === 'sea' ? 0.56 + random() * 0.1 : 0.52 + random() * 0.14)
  const radius = Math.min(width * 0.3, height * 0.3) * (0.62 + random() * 0.55) * (kind === 'hill' ? 1.15 : 1)
  const x = width * (random() < 0.5 ? 0.26 + random() * 0.2 : 0.54 + random() * 0.2)
  const y =
    horizon -
    radius * (kind === 'hill' ? 0.35 + random() * 0.6 : kind === 'sea' ? 0.7 + random() * 0.7 : 0.95 + random() * 0.5)
  const low = Math.min(1, Math.max(0, 1 - (horizon - y - radius * 0.3) / (height * 0.34)))
  const colour = moonColour(given, low)
  return { scene: under(given, x, colour), random, kind, horizon, radius, x, y, colour }
}

/** The moon, which rises a little, behind veils. */
const moonLayers = ({ scene, radius, x, y, colour }: Moonrise): Layer[] => {
  const { light, unit } = scene
  const sprite = greatMoon(scene, { x, y: Math.max(radius * 0.9, y), radius, colour }, 0.08)
  const rise = 9 * unit
  const veil = (name: string, at: number, thick: number, most: number): Layer => {
    const strength = most * Math.min(1.3, 0.6 + light.air * 0.4)
    const band = { name, y: y + radius * at, thick, depth: 0.12, strength, speed: 0.012 }
    return mistLayer(scene, { ...band, colour: mix(light.skyLow, colour, 0.16) })
  }
  return [
    (ctx, view) => drawSprite(ctx, view, sprite, 0, rise * (0.5 - view.progress)),
    veil('veil', 0.45, 26, 0.62),
    veil('low veil', 0.9, 44, 0.5),
  ]
}

const glints = ({ scene, horizon, colour }: Moonrise): Layer => {
  const { light } = scene
  // The light of the scene hides its own moon, for which glints need one.
  const shining = { ...light, sun: { ...light.sun, shown: true, glow: 1, colour } }
  return glintLayer({ ...scene, light: shining }, { y: horizon, depth: 0.4, amount: 1.5 })
}

const isSnowy = ({ light }: SceneContext): boolean => light.season === 'winter' || light.weather === 'snow'

const seaLayers = (moonrise: Moonrise): Layer[] => [
  oceanLayer(moonrise.scene, { y: moonrise.horizon, depth: 0.3, rough: 0.7 }),
  glints(moonrise),
]

const lakeLayers = (moonrise: Moonrise): Layer[] => {
  const { scene, random, horizon, colour } = moonrise
  const { light, height, unit } = scene
  const shore = { name: 'shore', y: horizon, thick: 30, depth: 0.4, strength: 0.4 * light.air }
  return [
    ...mountainRanges(scene, {
      horizon,
      tall: 0.5 + random() * 0.3,
      floor: 30,
      count: 3,
      pines: true,
      snowy: isSnowy(scene),
      bottom: horizon + 6 * unit,
    }),
    mirrorLayer(scene, { y: horizon, depth: 0.4, calm: 0.7, tall: 1 }),
    glints(moonrise),
    mistLayer(scene, { ...shore, colour: mix(light.haze, colour, 0.15) }),
    ...(random() < 0.7
      ? [wooded(scene, { y: height * 1.02, depth: 1, tall: (200 + random() * 200) * unit, open: 0.2 })]
      : []),
  ]
}

const rangeLayers = ({ scene, random, horizon, colour }: Moonrise): Layer[] => {
  const { light, height, unit } = scene
  const ranges = { horizon, tall: 0.5 + random() * 0.3, floor: -300, count: 4, pines: true, bottom: height }
  const valley = { name: 'valley floor', y: height * 0.78, thick: 120, depth: 0.5, speed: 0.012 }
  return [
    ...mountainRanges(scene, { ...ranges, snowy: isSnowy(scene) }),
    airLayer(scene, { ...valley, strength: 0.66, most: 0.9, colour: mix(light.haze, colour, 0.14) }),
    wooded(scene, {
      y: height * (0.9 + random() * 0.1),
      depth: 1,
      tall: (160 + random() * 160) * unit,
      open: 0.14,
    }),
  ]
}

const hillLayers = ({ scene, random, horizon, radius, x }: Moonrise): Layer[] => {
  const { brief, width, height, unit } = scene
  const ranges = { horizon: horizon + 40 * unit, tall: 0.4, floor: -300, count: 2, pines: false, bottom: height }
  const hill = hillTop(scene, {
    x: x + (x < width / 2 ? 1 : -1) * radius * (random() - 0.2) * 0.5,
    y: horizon + 10 * unit,
    tree: !brief.details.moon.isTreeless,
  })
  const figures = brief.figures.size > 0 || hill.wooded ? brief.figures : new Set(['people'] as const)
  return [
    ...mountainRanges(scene, { ...ranges, snowy: isSnowy(scene) }).slice(0, 3),
    ...hill.layers,
    ...peopleAndHerds(
      { ...scene, brief: { ...brief, figures } },
      { horizon: -height, y: hill.top, metre: 60 * unit, depth: 0.9, x: hill.x / width, haze: 0, spread: 0.5 },
    ),
  ]
}

const LANDS = { sea: seaLayers, lake: lakeLayers, ranges: rangeLayers, hill: hillLayers } as const

/** A moon far larger than life over mountains and a lake, over the sea, or behind a hill with who stands there. */
const paintMoonrise: ScenePainter = (given) => {
  const moonrise = moonriseOf(given)
  const { scene, kind, horizon } = moonrise
  return outdoorScene(scene, horizon, [...moonLayers(moonrise), ...LANDS[kind](moonrise)], 0.6)
}

/** The moon over a landscape, or its own ground with the Earth above. */
export const paintMoon: ScenePainter = (scene) => {
  const { isOnGround, isMars } = scene.brief.details.moon
  if (!isOnGround) return paintMoonrise(scene)
  const soil: Rgb = isMars ? [190, 112, 70] : shift([156, 154, 152], 0)
  const word = scene.brief.colours[0]
  return paintMoonland(scene, { soil: word ? mix(soil, word, 0.3) : soil, mars: isMars })
}
