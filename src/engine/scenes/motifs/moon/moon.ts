import type { Rgb } from '../../../rgb.ts'
import { mentions } from '../../../prompt/words.ts'
import { toneOf } from '../../tone.ts'
import { mix, shift } from '../../../canvas/colour.ts'
import { companyLayer } from '../../figures/company.ts'
import { greatMoon, moonColour } from './great-moon.ts'
import { hillTop } from './hill-top.ts'
import { paintMoonland } from './moonland.ts'
import { wooded } from '../../land/foreground.ts'
import { mistLayer } from '../../sky/mist.ts'
import { oceanLayer } from '../../water/ocean.ts'
import { heavens, skyLife, weatherLayers } from '../../sky/outdoors.ts'
import type { ScenePainter, Layer } from '../../layers.ts'
import { drawSprite } from '../../../canvas/sprite.ts'
import { mountainRanges } from '../../land/ranges.ts'
import type { SceneContext } from '../../context.ts'
import { glintLayer, mirrorLayer } from '../../water/water.ts'

/** Light that the great moon gives: from where it stands, and no second moon beside it. */
const under = (scene: SceneContext, x: number, colour: Rgb): SceneContext => ({
  ...scene,
  light: {
    ...scene.light,
    key: mix(scene.light.key, colour, 0.4),
    sun: { ...scene.light.sun, x: x / scene.width, shown: false, glow: scene.light.sun.glow * 0.5 },
  },
})

/** A moon far larger than life over mountains and a lake, over the sea, or behind a hill with who stands there. */
const paintMoonrise: ScenePainter = (given) => {
  const { brief, width, height, unit } = given
  const random = given.random('moon')
  const { words, figures } = brief
  const kind = mentions(words, ['sea', 'ocean', 'beach', 'waves', 'coast*'])
    ? 'sea'
    : mentions(words, ['lake', 'river', 'pond', 'reflect*'])
      ? 'lake'
      : figures.has('people') || figures.has('wolves') || mentions(words, ['hill', 'tree', 'owl', 'field', 'meadow'])
        ? 'hill'
        : (['lake', 'hill', 'ranges', 'hill'] as const)[Math.floor(random() * 4)]!
  const horizon =
    height * (kind === 'hill' ? 0.7 + random() * 0.1 : kind === 'sea' ? 0.56 + random() * 0.1 : 0.52 + random() * 0.14)
  const radius = Math.min(width * 0.3, height * 0.3) * (0.62 + random() * 0.55) * (kind === 'hill' ? 1.15 : 1)
  const left = random() < 0.5
  const x = width * (left ? 0.26 + random() * 0.2 : 0.54 + random() * 0.2)
  const y =
    horizon -
    radius * (kind === 'hill' ? 0.35 + random() * 0.6 : kind === 'sea' ? 0.7 + random() * 0.7 : 0.95 + random() * 0.5)
  const low = Math.min(1, Math.max(0, 1 - (horizon - y - radius * 0.3) / (height * 0.34)))
  const colour = moonColour(given, low)
  const scene = under(given, x, colour)
  const { light } = scene
  const sprite = greatMoon(scene, { x, y: Math.max(radius * 0.9, y), radius, colour }, 0.08)
  const rise = 9 * unit
  const moon: Layer = (ctx, view) => drawSprite(ctx, view, sprite, 0, rise * (0.5 - view.progress))
  const veil = (name: string, at: number, thick: number, strength: number): Layer =>
    mistLayer(scene, {
      name,
      y: y + radius * at,
      thick: thick * unit,
      depth: 0.12,
      strength: strength * Math.min(1.3, 0.6 + light.air * 0.4),
      colour: mix(light.skyLow, colour, 0.16),
      speed: 0.012,
    })
  const sky = [...heavens(scene, horizon, 0.6), moon, veil('veil', 0.45, 26, 0.62), veil('low veil', 0.9, 44, 0.5)]
  const snowy = light.season === 'winter' || light.weather === 'snow'
  const shaft = { y: horizon, depth: 0.4 }
  // Under a moon that is not in the light's book the glints need one that is.
  const glints = glintLayer(
    { ...scene, light: { ...light, sun: { ...light.sun, shown: true, glow: 1, colour } } },
    { ...shaft, amount: 1.5 },
  )
  const life = [...skyLife(scene), ...weatherLayers(scene)]
  if (kind === 'sea')
    return { horizon, layers: [...sky, oceanLayer(scene, { y: horizon, depth: 0.3, rough: 0.7 }), glints, ...life] }
  const back = mountainRanges(scene, {
    horizon: horizon + (kind === 'hill' ? 40 : 0) * unit,
    tall: kind === 'hill' ? 0.4 : 0.5 + random() * 0.3,
    floor: kind === 'lake' ? 30 : -300,
    count: kind === 'hill' ? 2 : kind === 'ranges' ? 4 : 3,
    pines: kind !== 'hill',
    snowy,
    bottom: kind === 'lake' ? horizon + 6 * unit : height,
  })
  if (kind === 'lake')
    return {
      horizon,
      layers: [
        ...sky,
        ...back,
        mirrorLayer(scene, { ...shaft, calm: 0.7, tall: 1 }),
        glints,
        mistLayer(scene, {
          name: 'shore',
          y: horizon,
          thick: 30 * unit,
          depth: 0.4,
          strength: 0.4 * light.air,
          colour: mix(light.haze, colour, 0.15),
        }),
        ...(random() < 0.7
          ? [wooded(scene, { y: height * 1.02, depth: 1, tall: (200 + random() * 200) * unit, open: 0.2 })]
          : []),
        ...life,
      ],
    }
  if (kind === 'ranges')
    return {
      horizon,
      layers: [
        ...sky,
        ...back,
        mistLayer(scene, {
          name: 'valley floor',
          y: height * 0.78,
          thick: 120 * unit,
          depth: 0.5,
          strength: Math.min(0.9, 0.66 * light.air),
          colour: mix(light.haze, colour, 0.14),
          speed: 0.012,
        }),
        wooded(scene, {
          y: height * (0.9 + random() * 0.1),
          depth: 1,
          tall: (160 + random() * 160) * unit,
          open: 0.14,
        }),
        ...life,
      ],
    }
  const hill = hillTop(scene, {
    x: x + (left ? 1 : -1) * radius * (random() - 0.2) * 0.5,
    y: horizon + 10 * unit,
    tree: !mentions(words, ['no trees']),
  })
  return {
    horizon,
    layers: [
      ...sky,
      ...back.slice(0, 3),
      ...hill.layers,
      ...companyLayer(
        {
          ...scene,
          brief: figures.size > 0 || hill.wooded ? brief : { ...brief, figures: new Set(['people'] as const) },
        },
        { horizon: -height, y: hill.top, metre: 60 * unit, depth: 0.9, x: hill.x / width, haze: 0, spread: 0.5 },
      ),
      ...life,
    ],
  }
}

/** Words of those who stand on another world. */
const ON_IT = [
  'astronaut',
  'cosmonaut',
  'lunar',
  'on the moon',
  'moon surface',
  'surface of the moon',
  'moon landing',
  'earthrise',
  'earth rising',
  'moonwalk',
  'moon base',
  'rover',
]

/** The moon over a landscape, or its own ground with the Earth above. */
export const paintMoon: ScenePainter = (scene) => {
  if (!mentions(scene.brief.words, ON_IT)) return paintMoonrise(scene)
  const mars = mentions(scene.brief.words, ['mars', 'martian', 'red planet'])
  const tone = toneOf(scene)
  const soil: Rgb = mars ? [190, 112, 70] : shift([156, 154, 152], 0)
  return paintMoonland(scene, {
    soil: scene.brief.colours[0] ? mix(soil, scene.brief.colours[0], 0.3) : soil,
    mars,
    tone,
  })
}
