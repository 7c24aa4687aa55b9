import { nameOfColour } from '../../../prompt/colours.ts'
import type { Rgb } from '../../../rgb.ts'
import { mentions } from '../../../prompt/words.ts'
import { lit, mix, shift, tint } from '../../../canvas/colour.ts'
import { moteLayer, rainLayer, snowLayer } from '../../sky/falling.ts'
import { flameLayer, type Wick } from '../../figures/candles.ts'
import { cake, candle, noodleBowl, sushi } from './dishes.ts'
import { fruitBowl, looseFruit } from './fruits.ts'
import { steamLayer } from '../../built/steam.ts'
import { lightOnWall, paintTable, wallSprite, type Corner } from './table-room.ts'
import { cupAndSaucer, teapot, vaseOfFlowers } from './pots.ts'
import { pouring } from './pouring.ts'
import { bottle, bread, cheese, wineGlass } from './tableware.ts'
import { shadow, type Pen } from './turned.ts'
import { heavens } from '../../sky/outdoors.ts'
import { type ScenePainter, coverBox, still, type Layer } from '../../layers.ts'
import { drawSprite, paintSprite } from '../../../canvas/sprite.ts'
import { mountainRanges } from '../../land/ranges.ts'
import type { SceneContext } from '../../context.ts'

/** What can stand on the table, by the words that ask for it; `wide` and `base` are shares of the picture's measure. */
const THINGS = {
  cake: { any: ['cake', 'cupcake', 'birthday', 'dessert'], wide: 1.3, base: 1.15 },
  noodles: { any: ['ramen', 'noodle', 'soup', 'pho', 'stew'], wide: 1.3, base: 1.2 },
  sushi: { any: ['sushi', 'sashimi'], wide: 2.4, base: 1 },
  fruit: { any: ['fruit', 'apple', 'orange', 'lemon', 'pear', 'grape', 'peach', 'peaches'], wide: 1.25, base: 1.15 },
  bread: { any: ['bread', 'baguette', 'loaf', 'bakery', 'croissant', 'pastry', 'breakfast'], wide: 1.3, base: 0.85 },
  bottle: { any: ['wine', 'bottle', 'champagne'], wide: 0.5, base: 0.86 },
  glass: { any: ['wine', 'glass of', 'champagne', 'whiskey', 'cocktail'], wide: 0.5, base: 0.86 },
  cheese: { any: ['cheese'], wide: 0.9, base: 0.7 },
  flowers: { any: ['vase', 'bouquet', 'flowers', 'peonies', 'roses', 'tulips'], wide: 1, base: 0.94 },
  pot: { any: ['teapot', 'tea', 'kettle'], wide: 1.2, base: 0.62 },
  cup: {
    any: ['coffee', 'espresso', 'latte', 'cappuccino', 'tea', 'cup', 'mug', 'hot chocolate'],
    wide: 1.1,
    base: 0.72,
  },
  candle: { any: ['candle', 'candlelight'], wide: 0.4, base: 0.7 },
} as const
type Thing = keyof typeof THINGS
const ALL = Object.keys(THINGS) as readonly Thing[]

const WARE = ['cup', 'mug', 'bowl', 'vase', 'teapot', 'plate']

/** Company for those that the words name, and what stands there if they name none. */
const SETS: readonly (readonly Thing[])[] = [
  ['fruit', 'bottle', 'glass'],
  ['flowers', 'pot', 'cup'],
  ['bread', 'cheese', 'glass'],
  ['fruit', 'flowers'],
  ['pot', 'cup', 'bread'],
]

type Room = { wall: Rgb; wood: Rgb; cloth?: Rgb; dim: number }

const ROOMS: readonly Room[] = [
  { wall: [78, 62, 50], wood: [112, 72, 46], dim: 0.16 },
  { wall: [226, 216, 200], wood: [196, 160, 120], dim: 0.62 },
  { wall: [122, 142, 138], wood: [150, 106, 70], dim: 0.36 },
  { wall: [74, 84, 96], wood: [96, 70, 54], cloth: [228, 222, 212], dim: 0.2 },
  { wall: [206, 162, 116], wood: [126, 82, 52], cloth: [236, 228, 212], dim: 0.4 },
  { wall: [168, 112, 98], wood: [104, 70, 52], dim: 0.3 },
]

const listOf = (scene: SceneContext, random: () => number): Thing[] => {
  const { words } = scene.brief
  const named = ALL.filter((thing) => mentions(words, THINGS[thing].any))
  // One glass of wine, close by, needs no bottle; nor one cup a pot.
  const close = mentions(words, ['close up', 'closeup', 'macro', 'a cup', 'a glass', 'a mug', 'pour*'])
  const kept = close ? named.filter((thing) => (thing !== 'bottle' && thing !== 'pot') || named.length === 1) : named
  if (kept.length === 0) return [...SETS[Math.floor(random() * SETS.length)]!]
  if (kept.length >= 3 || close) return kept.slice(0, 4)
  const others = (['candle', 'flowers', 'fruit', 'pot', 'cup'] as const).filter((thing) => !kept.includes(thing))
  const dine = kept.some((thing) => thing === 'noodles' || thing === 'sushi' || thing === 'cake')
  return [...kept, dine ? 'cup' : others[Math.floor(random() * others.length)]!]
}

/** Things on a table by the light of a window: fruit, bread and wine, a cup that steams, flowers, what the words name. */
export const paintStillLife: ScenePainter = (scene) => {
  const { brief, light, width, height, unit } = scene
  const { words } = brief
  const random = scene.random('still life')
  const room = ROOMS[Math.floor(random() * ROOMS.length)]!
  const side = light.sun.x > 0.5 ? 1 : -1
  const night = light.dark > 0.35 || mentions(words, ['candlelight', 'in the dark', 'dark'])
  const word = brief.airColours[0]
  const key: Rgb = night ? [255, 196, 128] : mix(light.key, [255, 246, 232], 0.5)
  const ambient: Rgb = mix(
    night ? [70, 44, 34] : mix(light.ambient, [120, 104, 92], 0.5),
    key,
    room.dim * (night ? 0.3 : 1),
  )
  const tone: Pen['tone'] = (surface, shine) => mix(lit(surface, ambient), lit(surface, key), shine)
  const close = mentions(words, ['close up', 'closeup', 'macro', 'pour*'])
  const measure = Math.min(width, height) * 0.24 * (close ? 1.3 : 1)
  const table = height * ((height > width ? 0.68 : 0.62) + random() * 0.06 + (close ? 0.04 : 0))
  const seen = mentions(words, ['window']) || random() < 0.45
  const far = side > 0 ? width * (0.62 + random() * 0.06) : width * (0.06 + random() * 0.06)
  const corner: Corner = {
    table,
    side,
    tone,
    wall: word ? tint(room.wall, word, 0.6) : room.wall,
    wood: room.wood,
    cloth: mentions(words, ['wood*', 'rustic']) ? undefined : room.cloth,
    window: seen
      ? {
          left: far,
          right: far + width * 0.32,
          top: height * 0.07,
          bottom: table - measure * (height > width ? 1 : 0.35),
        }
      : undefined,
  }
  const things = listOf(scene, random)
  const wicks: Wick[] = []
  const steam: { x: number; y: number; size: number }[] = []
  const drink: Rgb = mentions(words, ['tea']) && !mentions(words, ['coffee']) ? [170, 84, 30] : [58, 30, 18]
  const wine: Rgb = mentions(words, ['white wine', 'champagne']) ? [232, 214, 130] : [112, 18, 38]
  const glazes: readonly Rgb[] = [
    [236, 230, 218],
    [70, 110, 140],
    [200, 118, 84],
    [126, 146, 120],
    [232, 196, 120],
  ]
  const named = brief.colours.find((colour) =>
    mentions(
      words,
      WARE.map((ware) => `${nameOfColour(colour)} ${ware}`),
    ),
  )
  const glaze = named ?? glazes[Math.floor(random() * glazes.length)]!
  let cup: { x: number; y: number; size: number } | undefined
  // The tallest stands off the middle, the others beside and before it; what lies nearer is painted later.
  const span = things.reduce((sum, thing) => sum + THINGS[thing].wide * measure * 1.7, 0)
  const tight = Math.min(1, (width * 0.9) / span)
  const turn = Math.floor(random() * things.length)
  let x = width * 0.5 - (span * tight) / 2 + (random() - 0.5) * Math.max(0, width * 0.96 - span)
  const placed = [...things.slice(turn), ...things.slice(0, turn)].map((thing) => {
    const wide = THINGS[thing].wide * measure * 1.7 * tight
    const at = {
      x: x + wide / 2,
      y: table + (height - table) * (0.3 + random() * 0.26 + (tight < 0.8 ? random() * 0.2 : 0)),
      size: measure * THINGS[thing].base * Math.max(0.72, tight),
    }
    x += wide
    return { thing, at }
  })
  const front = paintSprite(coverBox(scene, 0.8), 0.8, (ctx, box) => {
    const pen: Pen = { ctx, random: scene.random('things'), tone, side }
    paintTable(pen, scene, corner, box)
    for (const { thing, at } of placed)
      shadow(pen, at.x, at.y, at.size * (thing === 'bread' || thing === 'sushi' ? 1.5 : 0.8))
    for (const { thing, at } of [...placed].sort((a, b) => a.at.y - b.at.y)) {
      if (thing === 'fruit') fruitBowl(pen, at.x, at.y, at.size, glaze)
      if (thing === 'bottle') bottle(pen, at)
      if (thing === 'glass') wineGlass(pen, at, wine)
      if (thing === 'bread') bread(pen, at)
      if (thing === 'cheese') cheese(pen, at)
      if (thing === 'flowers') vaseOfFlowers(pen, at, glaze, brief.airColours.length > 0 ? [] : brief.colours)
      if (thing === 'pot') teapot(pen, at, shift(glaze, -0.06))
      if (thing === 'noodles') noodleBowl(pen, at, mix(glaze, [40, 44, 60], 0.4))
      if (thing === 'sushi') sushi(pen, at)
      if (thing === 'cake')
        wicks.push(...cake(pen, at, mix([240, 214, 180], glaze, 0.3), brief.airColours[0] ?? [250, 236, 232]))
      if (thing === 'candle') wicks.push(candle(pen, at))
      if (thing === 'cup') {
        cupAndSaucer(pen, at, glaze, drink)
        cup ??= { x: at.x, y: at.y - at.size * 0.88, size: at.size }
      }
      if (thing === 'cup' || thing === 'noodles')
        steam.push({ x: at.x, y: at.y - at.size * 0.9, size: at.size * (thing === 'cup' ? 0.6 : 0.9) })
    }
    if (random() < 0.6 && things.some((thing) => thing === 'fruit' || thing === 'bottle' || thing === 'bread'))
      for (let one = 0; one < 1 + random() * 2; one++)
        looseFruit(
          pen,
          width * (0.2 + random() * 0.6),
          table + (height - table) * (0.62 + random() * 0.2),
          measure * 0.3,
        )
  })
  const outside: Layer[] = corner.window
    ? [
        ...heavens(scene, table * 0.7),
        ...mountainRanges(scene, {
          horizon: table * 0.72,
          tall: 0.5,
          floor: -200,
          count: 2,
          pines: true,
          snowy: light.season === 'winter',
          bottom: table,
        }),
        ...(light.weather === 'rain' || light.weather === 'storm' ? [rainLayer(scene)] : []),
        ...(light.weather === 'snow' ? [snowLayer(scene, 0.8)] : []),
      ]
    : []
  const thrown = !corner.window && !night ? lightOnWall(scene, corner, key) : undefined
  return {
    horizon: table,
    layers: [
      // The wall before it hides what is not behind the window.
      ...outside,
      still(wallSprite(scene, corner)),
      ...(thrown
        ? [
            ((ctx, view) => {
              ctx.globalCompositeOperation = 'screen'
              ctx.globalAlpha = 0.9 + 0.1 * Math.sin(view.seconds * 0.8)
              drawSprite(
                ctx,
                view,
                thrown,
                Math.sin(view.seconds * 0.7) * 5 * unit,
                Math.sin(view.seconds * 1.1) * 3 * unit,
              )
              ctx.globalAlpha = 1
              ctx.globalCompositeOperation = 'source-over'
            }) satisfies Layer,
          ]
        : []),
      still(front),
      ...(steam.length > 0 ? [steamLayer(scene, steam, 0.8)] : []),
      ...(cup && mentions(words, ['pour*']) ? [pouring(scene, cup, -side, tone, drink)] : []),
      moteLayer(scene, { name: 'dust', colour: key, count: 46, rise: 3, size: 1.1, from: 0.05, to: 0.85, blink: 0.6 }),
      ...(wicks.length > 0 ? [flameLayer(scene, wicks, 0.8)] : []),
    ],
  }
}
