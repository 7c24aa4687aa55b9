import type { Details } from '../../../prompt/details.ts'
import type { Thing } from '../../../prompt/details/still-life.ts'
import { pick, type Random } from '../../../random.ts'
import { rgb, type Rgb } from '../../../rgb.ts'
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
import { type At, shadow, type Pen } from './turned.ts'
import { skyLayers } from '../../sky/outdoors.ts'
import { coverBox, type Layer, type SceneContext, type ScenePainter, still } from '../../layers.ts'
import { drawSprite, paintSprite, type Sprite } from '../../../canvas/sprite.ts'
import { mountainRanges } from '../../land/ranges.ts'

/** Colours of what is painted on the table, and where its flames are. */
type Wares = { glaze: Rgb; drink: Rgb; wine: Rgb; icing: Rgb; blooms: readonly Rgb[]; wicks: Wick[] }

/** The things on a table: how wide they are and how large at their base, in shares of the picture's measure. */
const THINGS: Readonly<Record<Thing, { wide: number; base: number; paint: (pen: Pen, at: At, wares: Wares) => void }>> =
  {
    cake: {
      wide: 1.3,
      base: 1.15,
      paint: (pen, at, { glaze, icing, wicks }) => {
        wicks.push(...cake(pen, at, mix([240, 214, 180], glaze, 0.3), icing))
      },
    },
    noodles: {
      wide: 1.3,
      base: 1.2,
      paint: (pen, at, { glaze }) => noodleBowl(pen, at, mix(glaze, [40, 44, 60], 0.4)),
    },
    sushi: { wide: 2.4, base: 1, paint: sushi },
    fruit: { wide: 1.25, base: 1.15, paint: (pen, at, { glaze }) => fruitBowl(pen, at, glaze) },
    bread: { wide: 1.3, base: 0.85, paint: bread },
    bottle: { wide: 0.5, base: 0.86, paint: bottle },
    glass: { wide: 0.5, base: 0.86, paint: (pen, at, { wine }) => wineGlass(pen, at, wine) },
    cheese: { wide: 0.9, base: 0.7, paint: cheese },
    flowers: { wide: 1, base: 0.94, paint: (pen, at, { glaze, blooms }) => vaseOfFlowers(pen, at, glaze, blooms) },
    pot: { wide: 1.2, base: 0.62, paint: (pen, at, { glaze }) => teapot(pen, at, shift(glaze, -0.06)) },
    cup: { wide: 1.1, base: 0.72, paint: (pen, at, { glaze, drink }) => cupAndSaucer(pen, at, glaze, drink) },
    candle: {
      wide: 0.4,
      base: 0.7,
      paint: (pen, at, { wicks }) => {
        wicks.push(candle(pen, at))
      },
    },
  }

/** What stands there if the words name nothing. */
const SETS: readonly (readonly Thing[])[] = [
  ['fruit', 'bottle', 'glass'],
  ['flowers', 'pot', 'cup'],
  ['bread', 'cheese', 'glass'],
  ['fruit', 'flowers'],
  ['pot', 'cup', 'bread'],
]
/** What lies beside what the words name. */
const COMPANY: readonly Thing[] = ['candle', 'flowers', 'fruit', 'pot', 'cup']

type Room = { wall: Rgb; wood: Rgb; cloth?: Rgb; dim: number }

const ROOMS: readonly Room[] = [
  { wall: [78, 62, 50], wood: [112, 72, 46], dim: 0.16 },
  { wall: [226, 216, 200], wood: [196, 160, 120], dim: 0.62 },
  { wall: [122, 142, 138], wood: [150, 106, 70], dim: 0.36 },
  { wall: [74, 84, 96], wood: [96, 70, 54], cloth: [228, 222, 212], dim: 0.2 },
  { wall: [206, 162, 116], wood: [126, 82, 52], cloth: [236, 228, 212], dim: 0.4 },
  { wall: [168, 112, 98], wood: [104, 70, 52], dim: 0.3 },
]

const GLAZES = [0xece6da, 0x466e8c, 0xc87654, 0x7e9278, 0xe8c478].map(rgb)

const thingsOf = ({ things, isCloseUp, isOneDrink }: Details['stillLife'], random: Random): readonly Thing[] => {
  // One glass of wine, close by, needs no bottle; nor one cup a pot.
  const close = isCloseUp || isOneDrink
  const kept = close ? things.filter((thing) => (thing !== 'bottle' && thing !== 'pot') || things.length === 1) : things
  if (kept.length === 0) return pick(random, SETS)
  if (kept.length >= 3 || close) return kept.slice(0, 4)
  const others = COMPANY.filter((thing) => !kept.includes(thing))
  const dine = kept.some((thing) => thing === 'noodles' || thing === 'sushi' || thing === 'cake')
  return [...kept, dine ? 'cup' : pick(random, others)]
}

type Placed = { thing: Thing; at: At }

/** Things side by side on the table, the first of them any: what lies nearer is painted later. */
const placeThings = (
  { width, height }: SceneContext,
  random: Random,
  things: readonly Thing[],
  { table, measure }: { table: number; measure: number },
): Placed[] => {
  const span = things.reduce((sum, thing) => sum + THINGS[thing].wide * measure * 1.7, 0)
  const tight = Math.min(1, (width * 0.9) / span)
  const turn = Math.floor(random() * things.length)
  let x = width * 0.5 - (span * tight) / 2 + (random() - 0.5) * Math.max(0, width * 0.96 - span)
  return [...things.slice(turn), ...things.slice(0, turn)].map((thing) => {
    const wide = THINGS[thing].wide * measure * 1.7 * tight
    const at = {
      x: x + wide / 2,
      y: table + (height - table) * (0.3 + random() * 0.26 + (tight < 0.8 ? random() * 0.2 : 0)),
      size: measure * THINGS[thing].base * Math.max(0.72, tight),
    }
    x += wide
    return { thing, at }
  })
}

const looseFruits = (
  pen: Pen,
  { width, height }: SceneContext,
  random: Random,
  { table, measure }: { table: number; measure: number },
): void => {
  for (let one = 0; one < 1 + random() * 2; one++)
    looseFruit(pen, {
      x: width * (0.2 + random() * 0.6),
      y: table + (height - table) * (0.62 + random() * 0.2),
      size: measure * 0.3,
    })
}

/** What is seen through the window. */
const outsideLayers = (scene: SceneContext, table: number): Layer[] => {
  const { season, weather } = scene.light
  const hills = { horizon: table * 0.72, tall: 0.5, floor: -200, count: 2, pines: true, snowy: season === 'winter' }
  return [
    ...skyLayers(scene, table * 0.7),
    ...mountainRanges(scene, { ...hills, bottom: table }),
    ...(weather === 'rain' || weather === 'storm' ? [rainLayer(scene)] : []),
    ...(weather === 'snow' ? [snowLayer(scene, 0.8)] : []),
  ]
}

/** Light on the wall that moves a little, as leaves do outside. */
const movingLight =
  ({ unit }: SceneContext, thrown: Sprite): Layer =>
  (ctx, view) => {
    ctx.globalCompositeOperation = 'screen'
    ctx.globalAlpha = 0.9 + 0.1 * Math.sin(view.seconds * 0.8)
    const [x, y] = [Math.sin(view.seconds * 0.7) * 5 * unit, Math.sin(view.seconds * 1.1) * 3 * unit]
    drawSprite(ctx, view, thrown, x, y)
    ctx.globalAlpha = 1
    ctx.globalCompositeOperation = 'source-over'
  }

type Light = { key: Rgb; tone: Pen['tone']; side: 1 | -1; isNight: boolean }

const lightOf = ({ light, brief }: SceneContext, dim: number): Light => {
  const isNight = light.dark > 0.35 || brief.details.stillLife.isDark
  const key: Rgb = isNight ? [255, 196, 128] : mix(light.key, [255, 246, 232], 0.5)
  const shade = isNight ? ([70, 44, 34] as const) : mix(light.ambient, [120, 104, 92], 0.5)
  const ambient = mix(shade, key, dim * (isNight ? 0.3 : 1))
  const tone: Pen['tone'] = (surface, shine) => mix(lit(surface, ambient), lit(surface, key), shine)
  return { key, tone, side: light.sun.x > 0.5 ? 1 : -1, isNight }
}

const cornerOf = (
  { brief, width, height }: SceneContext,
  random: Random,
  room: Room,
  { tone, side }: Light,
  measure: number,
): Corner => {
  const asked = brief.details.stillLife
  const word = brief.airColours[0]
  const isTall = height > width
  const table = height * ((isTall ? 0.68 : 0.62) + random() * 0.06 + (asked.isCloseUp ? 0.04 : 0))
  const hasWindow = asked.hasWindow || random() < 0.45
  const left = side > 0 ? width * (0.62 + random() * 0.06) : width * (0.06 + random() * 0.06)
  const window = { left, right: left + width * 0.32, top: height * 0.07, bottom: table - measure * (isTall ? 1 : 0.35) }
  return {
    table,
    side,
    tone,
    wall: word ? tint(room.wall, word, 0.6) : room.wall,
    wood: room.wood,
    cloth: asked.isBareWood ? undefined : room.cloth,
    window: hasWindow ? window : undefined,
  }
}

/** Things on a table by the light of a window: fruit, bread and wine, a cup that steams, flowers, what the words name. */
export const paintStillLife: ScenePainter = (scene) => {
  const { brief, width, height } = scene
  const asked = brief.details.stillLife
  const random = scene.random('still life')
  const room = pick(random, ROOMS)
  const light = lightOf(scene, room.dim)
  const { key, tone, side } = light
  const measure = Math.min(width, height) * 0.24 * (asked.isCloseUp ? 1.3 : 1)
  const corner = cornerOf(scene, random, room, light, measure)
  const { table } = corner
  const things = thingsOf(asked, random)
  const wares: Wares = {
    glaze: asked.glaze ?? pick(random, GLAZES),
    drink: asked.isTea ? [170, 84, 30] : [58, 30, 18],
    wine: asked.isWhiteWine ? [232, 214, 130] : [112, 18, 38],
    icing: brief.airColours[0] ?? [250, 236, 232],
    blooms: brief.airColours.length > 0 ? [] : brief.colours,
    wicks: [],
  }
  const placed = placeThings(scene, random, things, { table, measure })
  const nearest = [...placed].sort((a, b) => a.at.y - b.at.y)
  const front = paintSprite(coverBox(scene, 0.8), 0.8, (ctx, box) => {
    const pen: Pen = { ctx, random: scene.random('things'), tone, side }
    paintTable(pen, scene, corner, box)
    for (const { thing, at } of placed)
      shadow(pen, at.x, at.y, at.size * (thing === 'bread' || thing === 'sushi' ? 1.5 : 0.8))
    for (const { thing, at } of nearest) THINGS[thing].paint(pen, at, wares)
    if (random() < 0.6 && things.some((thing) => thing === 'fruit' || thing === 'bottle' || thing === 'bread'))
      looseFruits(pen, scene, random, { table, measure })
  })
  const steam = nearest.flatMap(({ thing, at: { x, y, size } }) =>
    thing === 'cup' || thing === 'noodles'
      ? [{ x, y: y - size * 0.9, size: size * (thing === 'cup' ? 0.6 : 0.9) }]
      : [],
  )
  const cup = nearest.find(({ thing }) => thing === 'cup')?.at
  const brim = cup && { ...cup, y: cup.y - cup.size * 0.88 }
  return {
    horizon: table,
    layers: [
      // The wall before it hides what is not behind the window.
      ...(corner.window ? outsideLayers(scene, table) : []),
      still(wallSprite(scene, corner)),
      ...(!corner.window && !light.isNight ? [movingLight(scene, lightOnWall(scene, corner, key))] : []),
      still(front),
      ...(steam.length > 0 ? [steamLayer(scene, steam, 0.8)] : []),
      ...(brim && asked.isPoured ? [pouring(scene, brim, -side, tone, wares.drink)] : []),
      moteLayer(scene, { name: 'dust', colour: key, count: 46, rise: 3, size: 1.1, from: 0.05, to: 0.85, blink: 0.6 }),
      ...(wares.wicks.length > 0 ? [flameLayer(scene, wares.wicks, 0.8)] : []),
    ],
  }
}
