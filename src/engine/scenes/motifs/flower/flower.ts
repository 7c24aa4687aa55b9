import { createCanvas, type Canvas } from '@napi-rs/canvas'
import type { Rgb } from '../../../rgb.ts'
import { mentions } from '../../../prompt/words.ts'
import { toneOf, type Tone } from '../../tone.ts'
import { css, mix, shift } from '../../../canvas/colour.ts'
import { moteLayer } from '../../sky/falling.ts'
import { BLOOM_COLOURS, BLOOMS, paintBloom, type Bloom } from '../../land/blooms.ts'
import { paintRoseLeaf } from '../../land/rose.ts'
import { bokehLayers } from './bokeh.ts'
import { drawButterfly, drawHummingbird } from './flutterers.ts'
import { weatherLayers } from '../../sky/outdoors.ts'
import type { ScenePainter, Layer } from '../../layers.ts'
import type { SceneContext } from '../../context.ts'
import { lookAt } from '../../../canvas/camera-view.ts'

const NAMES: Readonly<Record<Bloom, readonly string[]>> = {
  rose: ['rose'],
  tulip: ['tulip'],
  sunflower: ['sunflower'],
  poppy: ['poppy', 'poppies'],
  daisy: ['daisy', 'daisies', 'chamomile'],
  orchid: ['orchid'],
}

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

const headSprite = (scene: SceneContext, bloom: Bloom, colour: Rgb, tone: Tone, size: number, name: string): Canvas => {
  const edge = Math.ceil(size * 2.9)
  const canvas = createCanvas(edge, edge)
  const ctx = canvas.getContext('2d')
  ctx.translate(edge / 2, edge / 2)
  ctx.scale(size, size)
  paintBloom(ctx, scene.random(name), bloom, colour, tone)
  ctx.getImageData(0, 0, 1, 1)
  return canvas
}

const leaf = (
  ctx: Parameters<Layer>[0],
  x: number,
  y: number,
  long: number,
  angle: number,
  fill: string,
  rib: string,
): void => {
  const tipX = x + Math.cos(angle) * long
  const tipY = y + Math.sin(angle) * long
  const nx = -Math.sin(angle) * long * 0.2
  const ny = Math.cos(angle) * long * 0.2
  ctx.fillStyle = fill
  ctx.beginPath()
  ctx.moveTo(x, y)
  ctx.quadraticCurveTo((x + tipX) / 2 + nx, (y + tipY) / 2 + ny - long * 0.08, tipX, tipY)
  ctx.quadraticCurveTo((x + tipX) / 2 - nx, (y + tipY) / 2 - ny - long * 0.08, x, y)
  ctx.fill()
  ctx.strokeStyle = rib
  ctx.lineWidth = Math.max(1, long * 0.014)
  ctx.beginPath()
  ctx.moveTo(x, y)
  ctx.quadraticCurveTo((x + tipX) / 2, (y + tipY) / 2 - long * 0.06, tipX, tipY)
  ctx.stroke()
}

/** Where thorns stand on a stem, from its foot, and to which side. */
const THORNS = [
  [0.35, 1],
  [0.46, -1],
  [0.58, 1],
  [0.7, -1],
] as const

/** Stems that bend in the wind under their heads. */
const stemLayer = (scene: SceneContext, stem: Stem, tone: Tone): Layer => {
  const { height } = scene
  const green = css(tone(stem.green, 0.55))
  const pale = css(tone(shift(stem.green, 0.1), 0.85))
  const dark = css(tone(shift(stem.green, -0.1), 0.3))
  const foot = height * 1.12
  // Toothed and veined leaves are drawn once: they take longer than all else.
  const across = stem.size * 1.6
  const leafPicture = (fill: string, rib: string): Canvas => {
    const canvas = createCanvas(Math.ceil(across), Math.ceil(across))
    const own = canvas.getContext('2d')
    own.translate(0, across / 2)
    own.scale(across * 0.92, across * 0.92)
    if (stem.bloom === 'rose') paintRoseLeaf(own, fill, rib)
    own.getImageData(0, 0, 1, 1)
    return canvas
  }
  const [sunny, shady] = [leafPicture(green, pale), leafPicture(dark, green)]
  return (ctx, view) => {
    lookAt(ctx, view, stem.depth)
    const wind = Math.sin(view.seconds * 1.1 + stem.phase) * 0.6 + Math.sin(view.seconds * 2.3 + stem.phase * 2) * 0.2
    const x = stem.x + wind * stem.sway
    const y = stem.y + Math.abs(wind) * stem.sway * 0.12
    const rootX = stem.x - stem.lean * (foot - stem.y)
    ctx.lineCap = 'round'
    for (const [fill, wide, off] of [
      [dark, 0.13, 0.012],
      [green, 0.11, 0],
      [pale, 0.03, -0.02],
    ] as const) {
      ctx.strokeStyle = fill
      ctx.lineWidth = stem.size * wide
      ctx.beginPath()
      ctx.moveTo(rootX + off * stem.size, foot)
      ctx.quadraticCurveTo(rootX + (stem.x - rootX) * 0.3 + off * stem.size, (foot + y) / 2, x + off * stem.size, y)
      ctx.stroke()
    }
    const bend = 0.1 * wind
    const midX = rootX + (x - rootX) * 0.52
    const midY = foot + (y - foot) * 0.42
    const leaves = [
      [midX, midY, 1.9, stem.side * (0.85 + bend), green, pale],
      [midX, midY + stem.size * 0.7, 1.7, -stem.side * (0.95 - bend), dark, green],
    ] as const
    for (const [leafX, leafY, long, turn, fill, rib] of leaves)
      if (stem.bloom !== 'rose') leaf(ctx, leafX, leafY, stem.size * long, -0.5 * Math.PI + turn, fill, rib)
      else {
        ctx.save()
        ctx.translate(leafX, leafY)
        ctx.rotate(-0.5 * Math.PI + turn * 1.2)
        const image = fill === green ? sunny : shady
        ctx.drawImage(image, 0, -across / 2, across, across)
        ctx.restore()
      }
    if (stem.bloom === 'rose')
      for (const [at, hand] of THORNS) {
        const px = rootX * (1 - at) ** 2 + 2 * at * (1 - at) * (rootX + (stem.x - rootX) * 0.3) + x * at * at
        const py = foot * (1 - at) ** 2 + at * (1 - at) * (foot + y) + y * at * at
        ctx.fillStyle = dark
        ctx.beginPath()
        ctx.moveTo(px, py - stem.size * 0.09)
        ctx.lineTo(px + hand * stem.size * 0.17, py + stem.size * 0.03)
        ctx.lineTo(px, py + stem.size * 0.07)
        ctx.fill()
      }
    ctx.translate(x, y)
    ctx.rotate(bend * 0.6 + stem.lean * 0.5)
    ctx.drawImage(stem.head, -stem.head.width / 2, -stem.head.height / 2)
    ctx.setTransform(1, 0, 0, 1, 0, 0)
  }
}

const readBloom = (scene: SceneContext): Bloom =>
  BLOOMS.find((bloom) => mentions(scene.brief.words, NAMES[bloom])) ??
  BLOOMS[Math.floor(scene.random('bloom')() * BLOOMS.length)]!

const visitors = (scene: SceneContext, tone: Tone, near: { x: number; y: number; size: number }): Layer[] => {
  const { words, colours } = scene.brief
  const { unit, width, height } = scene
  const random = scene.random('visitors')
  const layers: Layer[] = []
  if (mentions(words, ['hummingbird'])) {
    const side = near.x > width / 2 ? 1 : -1
    layers.push((ctx, view) => {
      lookAt(ctx, view, 0.8)
      const hover = Math.sin(view.seconds * 1.3)
      ctx.translate(
        near.x - side * (near.size * 1.9 + hover * 14 * unit),
        near.y - near.size * 0.5 + Math.sin(view.seconds * 2.1) * 9 * unit,
      )
      ctx.scale(side * near.size * 1.9, near.size * 1.9)
      ctx.rotate(Math.sin(view.seconds * 1.3 + 1) * 0.05)
      drawHummingbird(ctx, colours[1] ?? [46, 140, 110], tone, Math.sin(view.seconds * 61))
      ctx.setTransform(1, 0, 0, 1, 0, 0)
    })
  }
  if (mentions(words, ['butterfly', 'butterflies']) || (layers.length === 0 && random() < 0.5)) {
    const tones: readonly Rgb[] = [
      [244, 146, 44],
      [92, 142, 226],
      [246, 214, 92],
      [226, 92, 126],
    ]
    const count = mentions(words, ['butterflies']) ? 5 : mentions(words, ['butterfly']) ? 2 : 1
    const list = Array.from({ length: count }, (_, index) => ({
      x: index === 0 ? near.x + near.size * 1.5 : width * random(),
      y: index === 0 ? near.y - near.size * 1.1 : height * (0.15 + random() * 0.5),
      size: (index === 0 ? 120 : 54 + random() * 50) * unit,
      colour: colours[1] ?? tones[Math.floor(random() * tones.length)]!,
      phase: random() * 7,
    }))
    layers.push((ctx, view) => {
      for (const one of list) {
        lookAt(ctx, view, 0.8)
        const t = view.seconds
        ctx.translate(
          one.x + Math.sin(t * 0.9 + one.phase) * one.size * 0.7,
          one.y + Math.sin(t * 1.7 + one.phase * 2) * one.size * 0.3,
        )
        ctx.rotate(0.3 * Math.sin(t * 0.8 + one.phase) + 0.3)
        ctx.scale(one.size, one.size)
        drawButterfly(ctx, one.colour, tone, 0.5 + 0.48 * Math.sin(t * 9 + one.phase))
      }
      ctx.setTransform(1, 0, 0, 1, 0, 0)
    })
  }
  return layers
}

/** Flowers close by, sharp before a meadow that is out of focus. */
export const paintFlower: ScenePainter = (scene) => {
  const { brief, light, width, height, unit } = scene
  const random = scene.random('flower')
  const tone = toneOf(scene)
  const bloom = readBloom(scene)
  const colour = brief.colours[0] ?? BLOOM_COLOURS[bloom]
  const many = mentions(brief.words, ['flowers', 'roses', 'tulips', 'sunflowers', 'poppies', 'daisies', 'bouquet'])
  const green: Rgb = light.season === 'autumn' ? [112, 118, 58] : [66, 116, 62]
  const short = Math.min(width, height)
  const hero = short * (0.2 + random() * 0.06)
  const side = random() < 0.5 ? -1 : 1
  const place = { x: width * (0.5 + side * (0.06 + random() * 0.12)), y: height * (0.38 + random() * 0.1), size: hero }
  const stems: Stem[] = []
  const add = (x: number, y: number, size: number, depth: number, dim: number, name: string): void => {
    const own = shift(colour, (random() - 0.5) * 0.08 * dim, 1, (random() - 0.5) * 0.2 * dim)
    stems.push({
      x,
      y,
      size,
      sway: size * 0.12,
      phase: random() * 7,
      lean: (random() - 0.5) * 0.2,
      depth,
      head: headSprite(scene, bloom, own, (surface, shine) => tone(surface, shine, 0.22 * dim), size, name),
      green: mix(green, light.haze, 0.2 * dim),
      side: random() < 0.5 ? -1 : 1,
      bloom,
    })
  }
  const others = many ? 5 : random() < 0.6 ? 2 : 0
  for (let index = 0; index < others; index++)
    add(
      width * (0.08 + ((index * 0.381966 + random() * 0.2) % 1) * 0.84),
      height * (0.44 + random() * 0.3),
      hero * (0.42 + random() * 0.2),
      0.5,
      1,
      `head ${index}`,
    )
  add(place.x, place.y, hero, 0.75, 0, 'hero')
  const low = tone(shift(green, -0.18), 0.25)
  return {
    horizon: height / 2,
    layers: [
      ...bokehLayers(scene, {
        low,
        mid: mix(tone(green, 0.7), mix(colour, light.haze, 0.3), 0.16),
        high: mix(light.skyLow, tone(shift(green, 0.12), 0.9), 0.35),
        lights: [light.sun.colour, mix(colour, [255, 255, 255], 0.4), mix(light.key, [190, 230, 140], 0.4)],
      }),
      ...stems.map((stem) => stemLayer(scene, stem, tone)),
      ...visitors(scene, tone, place),
      moteLayer(scene, {
        name: 'pollen',
        colour: mix(light.key, [255, 240, 190], 0.5),
        count: 34,
        rise: 6,
        size: 1.3 * Math.max(1, unit),
        from: 0,
        to: 1,
        blink: 0.6,
      }),
      ...weatherLayers(scene),
    ],
  }
}
