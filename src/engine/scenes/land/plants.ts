import type { Canvas } from '@napi-rs/canvas'
import type { Rgb } from '../../rgb.ts'
import { pick, type Random } from '../../random.ts'
import type { Tone } from '../tone.ts'
import type { DrawingContext } from '../../canvas/drawing-context.ts'
import { css, shift } from '../../canvas/colour.ts'
import { fillEllipse } from '../../canvas/paths.ts'
import { coverBox, type SceneContext } from '../layers.ts'
import { paintSprite, type Sprite } from '../../canvas/sprite.ts'
import { paintBloom } from './blooms.ts'
import type { Planting } from './crops.ts'
import { drawAt, setPen, strokeCurve } from '../../canvas/curves.ts'

/** Where a place of the field is seen; metres to frame pixels. `lean` is how far its rows run to a side for each metre away. */
export type FieldView = {
  at: (x: number, z: number) => { x: number; y: number; metre: number }
  lean: number
  near: number
  depth: number
}

/** How far off plants are drawn one by one, how many to a metre of row, and how far they stray from its middle, in metres. */
const kinds = {
  lavender: { far: 15, every: 0.34, stray: 0.36 },
  sunflower: { far: 60, every: 0.62, stray: 0.12 },
  tulip: { far: 26, every: 0.17, stray: 0.6 },
  poppy: { far: 40, every: 0.1, stray: 1.1 },
  vine: { far: 46, every: 0.34, stray: 0.16 },
  wheat: { far: 12, every: 0.1, stray: 0.4 },
  tea: { far: 14, every: 0.2, stray: 0.5 },
} as const satisfies Record<Planting['plant'], unknown>

/** How tall a flower stands, how thick its stem and how broad its head are, in metres; breadth of a leaf and flatness of the head as shares. */
const FLOWERS = {
  sunflower: { tall: 0.75, stem: 0.035, leaf: 0.2, head: 0.5, flat: 0.78 },
  tulip: { tall: 0.36, stem: 0.014, leaf: 0.06, head: 0.13, flat: 1 },
  poppy: { tall: 0.3, stem: 0.014, leaf: undefined, head: 0.13, flat: 0.78 },
} as const

type Flower = keyof typeof FLOWERS
const isFlower = (plant: Planting['plant']): plant is Flower => plant in FLOWERS

/** Stems that fan out from the origin; `draw` is called at the tip of each. */
const spray = (
  ctx: DrawingContext,
  random: Random,
  size: number,
  count: number,
  draw: (x: number, y: number, lean: number) => void,
): void => {
  for (let one = 0; one < count; one++) {
    const lean = (random() - 0.5) * 1.5
    const long = size * (0.75 + random() * 0.45) * Math.cos(lean * 0.8)
    strokeCurve(ctx, [0, 0], [Math.sin(lean) * long * 0.3, -long * 0.6, Math.sin(lean) * long, -long])
    draw(Math.sin(lean) * long, -long, lean)
  }
}

/** A large and a small picture of a flower's head in each colour. */
const images = (tops: readonly Rgb[], bloom: Flower, random: Random, tone: Tone): Canvas[] =>
  tops.flatMap((top) =>
    [72, 20].map(
      (size) =>
        paintSprite({ x: 0, y: 0, width: size, height: size }, 0, (ctx) => {
          ctx.translate(size / 2, size / 2)
          ctx.scale(size * 0.42, size * 0.42)
          paintBloom(ctx, random, bloom, top, tone)
        }).canvas,
    ),
  )

/** A plant at the origin. `metre` is one in pixels, `z` how far off it stands in metres, `top` the colour of its head. */
type Stand = {
  ctx: DrawingContext
  random: Random
  metre: number
  z: number
  top: Rgb
  /** 0 in the shade to 1 in the sun. */
  sunny: number
  /** A surface in this light, as it looks through the air before it. */
  paint: (surface: Rgb, shine: number) => string
}

/** Stalks with an ear or a flower at each tip, `wide` and `long` in metres. */
const drawStalks = (
  { ctx, random, metre }: Stand,
  stalks: { tall: number; count: number; wide: number; long: number; bend: number },
): void =>
  spray(ctx, random, metre * stalks.tall, stalks.count, (x, y, lean) => {
    ctx.beginPath()
    ctx.ellipse(x, y, metre * stalks.wide, metre * stalks.long, lean * stalks.bend, 0, Math.PI * 2)
    ctx.fill()
  })

const drawLavender = (stand: Stand): void => {
  const { ctx, random, metre, z, top, sunny, paint } = stand
  setPen(ctx, paint([116, 130, 92], sunny), Math.max(0.6, metre * 0.008))
  ctx.fillStyle = paint(shift(top, (random() - 0.5) * 0.08), sunny)
  drawStalks(stand, { tall: 0.46, count: z < 6 ? 13 : 7, wide: 0.017, long: 0.075, bend: 1 })
}

const drawWheat = (stand: Stand): void => {
  const { ctx, metre, top, sunny, paint } = stand
  setPen(ctx, paint(shift(top, -0.06), sunny * 0.8), Math.max(0.6, metre * 0.006))
  ctx.fillStyle = paint(top, sunny)
  drawStalks(stand, { tall: 0.5, count: 3, wide: 0.014, long: 0.07, bend: 1.3 })
}

/** Leaves of a bush of tea, or of a vine, which are larger and hang higher; the further off, the fewer and larger. */
const drawBush = ({ ctx, random, metre, z, paint }: Stand, tops: readonly Rgb[], isVine: boolean): void => {
  const high = isVine ? random() * 0.95 : 0.1 * random()
  for (let leaf = 0; leaf < (z < 9 ? 12 : z < 18 ? 6 : 3); leaf++) {
    const size = metre * (isVine ? 0.055 + random() * 0.05 : 0.03 + random() * 0.03) * (z < 9 ? 1 : z < 18 ? 1.4 : 2)
    const lift = high + random() * 0.3
    const green = shift(pick(random, tops), (random() - 0.6) * 0.12)
    ctx.fillStyle = paint(green, 0.15 + lift * 0.75)
    ctx.beginPath()
    ctx.ellipse((random() - 0.5) * metre * 0.4, -lift * metre, size, size * 0.72, random() * 3, 0, Math.PI * 2)
    ctx.fill()
  }
}

/** A flower on its stem. `heads` are pictures of its head, a large one and a small one. */
const drawFlower = (
  { ctx, random, metre, z, sunny, paint }: Stand,
  flower: (typeof FLOWERS)[Flower],
  colours: { below: Rgb; green: string },
  heads: readonly Canvas[],
): void => {
  const long = metre * flower.tall * (0.75 + random() * 0.4)
  const lean = (random() - 0.5) * long * 0.16
  setPen(ctx, colours.green, Math.max(0.7, metre * flower.stem))
  strokeCurve(ctx, [0, 0], [0, -long * 0.5, lean, -long])
  if (flower.leaf !== undefined && z < 30)
    for (const side of [-1, 1])
      fillEllipse(ctx, paint(shift(colours.below, 0.03 * side), sunny * 0.8), [
        side * long * 0.2,
        -long * (0.5 + side * 0.12),
        long * 0.26,
        long * flower.leaf,
        side * -0.7,
      ])
  const size = metre * flower.head * (0.8 + random() * 0.4)
  const head = heads[size > 18 ? 0 : 1]!
  ctx.drawImage(head, lean - size / 2, -long - size / 2, size, size * flower.flat)
}

/** The plants of a field that are near enough to be seen one by one, the furthest first. */
export const plantsSprite = (
  scene: SceneContext,
  planting: Planting,
  view: FieldView,
  offset: number,
  tone: Tone,
): Sprite => {
  const { width } = scene
  const { plant, spacing, tops, below } = planting
  const random = scene.random('plants')
  const { far, every, stray } = kinds[plant]
  const heads = isFlower(plant) ? images(tops, plant, random, tone) : []
  const patches = scene.noise('plant patches')
  return paintSprite(coverBox(scene, view.depth), view.depth, (ctx, box) => {
    ctx.lineCap = 'round'
    const drawOne = (x: number, z: number, kind: number): void => {
      const { x: px, y: py, metre } = view.at(x, z)
      if (px < box.x - metre || px > box.x + box.width + metre) return
      const sunny = 0.55 + random() * 0.4
      const top = tops[kind % tops.length]!
      const air = Math.min(0.5, (z / 900) * (0.5 + scene.light.air * 0.5))
      const paint: Stand['paint'] = (surface, shine) => css(tone(surface, shine, air))
      const green = paint(shift(below, (random() - 0.5) * 0.06), sunny * 0.7)
      const stand: Stand = { ctx, random, metre, z, top, sunny, paint }
      drawAt(ctx, { x: px, y: py }, () => {
        if (plant === 'lavender') drawLavender(stand)
        else if (plant === 'wheat') drawWheat(stand)
        else if (plant === 'tea' || plant === 'vine') drawBush(stand, tops, plant === 'vine')
        else drawFlower(stand, FLOWERS[plant], { below, green }, heads.slice((kind % tops.length) * 2))
      })
    }
    // Both the step and the stray grow with distance: what is far needs fewer.
    let z = far
    while (z > view.near) {
      const half = ((width / 2) * z) / view.at(0, z).metre / z + spacing
      const from = Math.floor((-half - z * view.lean) / spacing) - 1
      const to = Math.ceil((half - z * view.lean) / spacing) + 1
      for (let index = from; index <= to; index++) {
        const x = (index - offset) * spacing + z * view.lean + (random() - 0.5) * 2 * stray
        const strewn = plant === 'poppy' ? patches(x / 5, z / 7) > 0.36 - random() * 0.7 : true
        if (strewn) drawOne(x, z, plant === 'tulip' ? Math.floor(index / 4 + 300) : Math.floor(random() * 7))
      }
      z -= Math.max(every * 0.5, every * Math.sqrt(z / 6)) * (0.7 + random() * 0.6)
    }
    if (plant === 'vine') posts(ctx, view, tone, { spacing, offset, width, far })
  })
}

/** The posts of a vineyard, the furthest first. */
const posts = (
  ctx: DrawingContext,
  view: FieldView,
  tone: Tone,
  { spacing, offset, width, far }: { spacing: number; offset: number; width: number; far: number },
): void => {
  const wood: Rgb = [150, 122, 92]
  for (let z = far; z > view.near; z -= 5)
    for (let index = -40; index <= 40; index++) {
      const { x, y, metre } = view.at((index - offset) * spacing + z * view.lean, z)
      if (x < -20 || x > width + 20) continue
      ctx.fillStyle = css(tone(wood, 0.6, Math.min(0.5, z / 700)))
      ctx.fillRect(x - metre * 0.03, y - metre * 1.35, Math.max(1, metre * 0.06), metre * 1.45)
    }
}
