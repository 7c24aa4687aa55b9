import { createCanvas, type Canvas } from '@napi-rs/canvas'
import { pick, type Random } from '../../../random.ts'
import { rgb, type Rgb } from '../../../rgb.ts'
import { toneOf, type Tone } from '../../tone.ts'
import type { DrawingContext } from '../../../canvas/drawing-context.ts'
import { css, mix, shift } from '../../../canvas/colour.ts'
import { fillPolygon } from '../../../canvas/paths.ts'
import { moteLayer } from '../../sky/falling.ts'
import { BLOOM_COLOURS, BLOOMS, paintBloom, type Bloom } from '../../land/blooms.ts'
import { paintRoseLeaf } from '../../land/rose.ts'
import { bokehLayers } from './bokeh.ts'
import { drawButterfly, drawHummingbird } from './visitors.ts'
import { weatherLayers } from '../../sky/outdoors.ts'
import { type Layer, layerAt, type SceneContext, type ScenePainter } from '../../layers.ts'
import { drawAt, fillCurve, setPen, strokeCurve } from '../../../canvas/curves.ts'

const BUTTERFLIES = [0xf4922c, 0x5c8ee2, 0xf6d65c, 0xe25c7e].map(rgb)

type Stem = {
  x: number
  y: number
  size: number
  sway: number
  phase: number
  lean: number
  depth: number
  head: Canvas
  green: Rgb
  side: number
  bloom: Bloom
}

/** A picture of its own, whose context is told at once what to draw. */
const picture = (edge: number, paint: (ctx: DrawingContext) => void): Canvas => {
  const canvas = createCanvas(edge, edge)
  const ctx = canvas.getContext('2d')
  paint(ctx)
  ctx.getImageData(0, 0, 1, 1)
  return canvas
}

type Paints = { fill: string; rib: string }

const leaf = (
  ctx: DrawingContext,
  { fill, rib }: Paints,
  { x, y }: { x: number; y: number },
  long: number,
  angle: number,
): void => {
  const tipX = x + Math.cos(angle) * long
  const tipY = y + Math.sin(angle) * long
  const nx = -Math.sin(angle) * long * 0.2
  const ny = Math.cos(angle) * long * 0.2
  const [midX, midY] = [(x + tipX) / 2, (y + tipY) / 2]
  fillCurve(
    ctx,
    fill,
    [x, y],
    [midX + nx, midY + ny - long * 0.08, tipX, tipY],
    [midX - nx, midY - ny - long * 0.08, x, y],
  )
  setPen(ctx, rib, Math.max(1, long * 0.014))
  strokeCurve(ctx, [x, y], [midX, midY - long * 0.06, tipX, tipY])
}

/** A stem as the wind bends it: from its root over a point between to its head. */
type Bent = { rootX: number; foot: number; middleX: number; middleY: number; x: number; y: number; bend: number }

const bentOf = (stem: Stem, foot: number, seconds: number): Bent => {
  const wind = Math.sin(seconds * 1.1 + stem.phase) * 0.6 + Math.sin(seconds * 2.3 + stem.phase * 2) * 0.2
  const rootX = stem.x - stem.lean * (foot - stem.y)
  const y = stem.y + Math.abs(wind) * stem.sway * 0.12
  const middleX = rootX + (stem.x - rootX) * 0.3
  return { rootX, foot, middleX, middleY: (foot + y) / 2, x: stem.x + wind * stem.sway, y, bend: 0.1 * wind }
}

/** Where thorns stand on a stem, from its foot, and to which side. */
const THORNS = [
  { at: 0.35, hand: 1 },
  { at: 0.46, hand: -1 },
  { at: 0.58, hand: 1 },
  { at: 0.7, hand: -1 },
]

const drawThorns = (ctx: DrawingContext, size: number, paint: string, bent: Bent): void => {
  for (const { at, hand } of THORNS) {
    const x = bent.rootX * (1 - at) ** 2 + 2 * at * (1 - at) * bent.middleX + bent.x * at * at
    const y = bent.foot * (1 - at) ** 2 + at * (1 - at) * (bent.foot + bent.y) + bent.y * at * at
    fillPolygon(ctx, paint, [x, y - size * 0.09, x + hand * size * 0.17, y + size * 0.03, x, y + size * 0.07])
  }
}

/** Strokes beside one another, from the shaded side to the lit. */
const drawStem = (
  ctx: DrawingContext,
  size: number,
  { rootX, foot, middleX, middleY, x, y }: Bent,
  { dark, green, pale }: { dark: string; green: string; pale: string },
): void => {
  for (const { paint, wide, off } of [
    { paint: dark, wide: 0.13, off: 0.012 },
    { paint: green, wide: 0.11, off: 0 },
    { paint: pale, wide: 0.03, off: -0.02 },
  ]) {
    setPen(ctx, paint, size * wide)
    strokeCurve(ctx, [rootX + off * size, foot], [middleX + off * size, middleY, x + off * size, y])
  }
}

/** A stem that bends in the wind under its head. */
const stemLayer = (scene: SceneContext, stem: Stem, tone: Tone): Layer => {
  const { size, side } = stem
  const green = css(tone(stem.green, 0.55))
  const pale = css(tone(shift(stem.green, 0.1), 0.85))
  const dark = css(tone(shift(stem.green, -0.1), 0.3))
  const isRose = stem.bloom === 'rose'
  // Toothed and veined leaves are drawn once: they take longer than all else.
  const across = size * 1.6
  const leafPicture = ({ fill, rib }: Paints): Canvas =>
    picture(Math.ceil(across), (ctx) => {
      ctx.translate(0, across / 2)
      ctx.scale(across * 0.92, across * 0.92)
      if (isRose) paintRoseLeaf(ctx, fill, rib)
    })
  const [sunny, shady] = [
    { fill: green, rib: pale },
    { fill: dark, rib: green },
  ]
  const [sunnyLeaf, shadyLeaf] = [leafPicture(sunny), leafPicture(shady)]
  const drawLeaves = (ctx: DrawingContext, { rootX, foot, x, y, bend }: Bent): void => {
    const at = { x: rootX + (x - rootX) * 0.52, y: foot + (y - foot) * 0.42 }
    const lower = { x: at.x, y: at.y + size * 0.7 }
    for (const { place, long, turn, paints, image } of [
      { place: at, long: 1.9, turn: side * (0.85 + bend), paints: sunny, image: sunnyLeaf },
      { place: lower, long: 1.7, turn: -side * (0.95 - bend), paints: shady, image: shadyLeaf },
    ])
      if (!isRose) leaf(ctx, paints, place, size * long, -0.5 * Math.PI + turn)
      else {
        drawAt(ctx, { x: place.x, y: place.y, turn: -0.5 * Math.PI + turn * 1.2 }, () =>
          ctx.drawImage(image, 0, -across / 2, across, across),
        )
      }
  }
  return layerAt(stem.depth, (ctx, view) => {
    ctx.lineCap = 'round'
    const bent = bentOf(stem, scene.height * 1.12, view.seconds)
    drawStem(ctx, size, bent, { dark, green, pale })
    drawLeaves(ctx, bent)
    if (isRose) drawThorns(ctx, size, dark, bent)
    ctx.translate(bent.x, bent.y)
    ctx.rotate(bent.bend * 0.6 + stem.lean * 0.5)
    ctx.drawImage(stem.head, -stem.head.width / 2, -stem.head.height / 2)
  })
}

type Near = { x: number; y: number; size: number }

const hummingbirdLayer = ({ brief, unit, width }: SceneContext, tone: Tone, near: Near): Layer => {
  const side = near.x > width / 2 ? 1 : -1
  const colour = brief.colours[1] ?? ([46, 140, 110] as const)
  return layerAt(0.8, (ctx, view) => {
    const hover = Math.sin(view.seconds * 1.3)
    const down = Math.sin(view.seconds * 2.1) * 9 * unit
    ctx.translate(near.x - side * (near.size * 1.9 + hover * 14 * unit), near.y - near.size * 0.5 + down)
    ctx.scale(side * near.size * 1.9, near.size * 1.9)
    ctx.rotate(Math.sin(view.seconds * 1.3 + 1) * 0.05)
    drawHummingbird(ctx, colour, tone, Math.sin(view.seconds * 61))
  })
}

/** Butterflies, the first of them beside the flower. */
const butterflyLayer = (scene: SceneContext, random: Random, count: number, tone: Tone, near: Near): Layer => {
  const { brief, unit, width, height } = scene
  const list = Array.from({ length: count }, (_, index) => ({
    x: index === 0 ? near.x + near.size * 1.5 : width * random(),
    y: index === 0 ? near.y - near.size * 1.1 : height * (0.15 + random() * 0.5),
    size: (index === 0 ? 120 : 54 + random() * 50) * unit,
    colour: brief.colours[1] ?? pick(random, BUTTERFLIES),
    phase: random() * 7,
  }))
  return layerAt(0.8, (ctx, view) => {
    const t = view.seconds
    for (const { x, y, size, colour, phase } of list) {
      const at = { x: x + Math.sin(t * 0.9 + phase) * size * 0.7, y: y + Math.sin(t * 1.7 + phase * 2) * size * 0.3 }
      drawAt(ctx, { ...at, turn: 0.3 * Math.sin(t * 0.8 + phase) + 0.3, scale: [size, size] }, () =>
        drawButterfly(ctx, colour, tone, 0.5 + 0.48 * Math.sin(t * 9 + phase)),
      )
    }
  })
}

const visitors = (scene: SceneContext, tone: Tone, near: Near): Layer[] => {
  const { hasHummingbird, butterflies } = scene.brief.details.flower
  const random = scene.random('visitors')
  const birds = hasHummingbird ? [hummingbirdLayer(scene, tone, near)] : []
  return butterflies > 0 || (!hasHummingbird && random() < 0.5)
    ? [...birds, butterflyLayer(scene, random, Math.max(1, butterflies), tone, near)]
    : birds
}

/** Flowers close by, sharp before a meadow that is out of focus. */
export const paintFlower: ScenePainter = (scene) => {
  const { brief, light, width, height, unit } = scene
  const asked = brief.details.flower
  const random = scene.random('flower')
  const tone = toneOf(scene)
  const bloom = asked.bloom ?? pick(scene.random('bloom'), BLOOMS)
  const colour = brief.colours[0] ?? BLOOM_COLOURS[bloom]
  const green: Rgb = light.season === 'autumn' ? [112, 118, 58] : [66, 116, 62]
  const hero = Math.min(width, height) * (0.2 + random() * 0.06)
  const side = random() < 0.5 ? -1 : 1
  const place = { x: width * (0.5 + side * (0.06 + random() * 0.12)), y: height * (0.38 + random() * 0.1), size: hero }
  /** `dim` is 1 for one further off, which is paler and of its own tint, 0 for the one that is seen best. */
  const stemAt = (at: Near, depth: number, dim: number, name: string): Stem => {
    const own = shift(colour, (random() - 0.5) * 0.08 * dim, 1, (random() - 0.5) * 0.2 * dim)
    const edge = Math.ceil(at.size * 2.9)
    return {
      ...at,
      sway: at.size * 0.12,
      phase: random() * 7,
      lean: (random() - 0.5) * 0.2,
      depth,
      head: picture(edge, (ctx) => {
        ctx.translate(edge / 2, edge / 2)
        ctx.scale(at.size, at.size)
        paintBloom(ctx, scene.random(name), bloom, own, (surface, shine) => tone(surface, shine, 0.22 * dim))
      }),
      green: mix(green, light.haze, 0.2 * dim),
      side: random() < 0.5 ? -1 : 1,
      bloom,
    }
  }
  const others = Array.from({ length: asked.hasMany ? 5 : random() < 0.6 ? 2 : 0 }, (_, index) => {
    const x = width * (0.08 + ((index * 0.381966 + random() * 0.2) % 1) * 0.84)
    const y = height * (0.44 + random() * 0.3)
    return stemAt({ x, y, size: hero * (0.42 + random() * 0.2) }, 0.5, 1, `head ${index}`)
  })
  const stems = [...others, stemAt(place, 0.75, 0, 'hero')]
  const pollen = { name: 'pollen', colour: mix(light.key, [255, 240, 190], 0.5), count: 34, rise: 6 }
  return {
    horizon: height / 2,
    layers: [
      ...bokehLayers(scene, {
        low: tone(shift(green, -0.18), 0.25),
        mid: mix(tone(green, 0.7), mix(colour, light.haze, 0.3), 0.16),
        high: mix(light.skyLow, tone(shift(green, 0.12), 0.9), 0.35),
        lights: [light.sun.colour, mix(colour, [255, 255, 255], 0.4), mix(light.key, [190, 230, 140], 0.4)],
      }),
      ...stems.map((stem) => stemLayer(scene, stem, tone)),
      ...visitors(scene, tone, place),
      moteLayer(scene, { ...pollen, size: 1.3 * Math.max(1, unit), from: 0, to: 1, blink: 0.6 }),
      ...weatherLayers(scene),
    ],
  }
}
