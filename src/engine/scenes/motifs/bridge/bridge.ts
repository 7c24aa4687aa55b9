import type { Rgb } from '../../../rgb.ts'
import { toneOf } from '../../tone.ts'
import type { DrawingContext } from '../../../canvas/drawing-context.ts'
import { drawGlow, glowImage } from '../../../canvas/drawing.ts'
import { css, mix } from '../../../canvas/colour.ts'
import { fillRectangle, strokeLine } from '../../../canvas/paths.ts'
import { airLayer } from '../../sky/mist.ts'
import { neonOf } from '../../built/neon.ts'
import { outdoorScene } from '../../sky/outdoors.ts'
import { coverBox, type Layer, layerAt, type SceneContext, type ScenePainter, still } from '../../layers.ts'
import { type Box, paintSprite, type Sprite } from '../../../canvas/sprite.ts'
import { mountainRanges } from '../../land/ranges.ts'
import { skyline } from '../../built/skyline.ts'
import { glintLayer, mirrorLayer } from '../../water/water.ts'

type Tower = { x: number; scale: number }

/** A bridge in pixels: the height of its deck along the frame, and its towers, each as tall as `tall` times its scale. */
type Span = { deck: (x: number) => number; towers: readonly [Tower, Tower]; tall: number; lean: number }

const headOf = (span: Span, tower: Tower): number => span.deck(tower.x) - span.tall * tower.scale

/** The height of the cable: between the towers a parabola, beyond them a straight stay. */
const cableAt = (span: Span, x: number): number => {
  const [a, b] = span.towers
  if (x >= a.x && x <= b.x) {
    const t = (x - a.x) / (b.x - a.x)
    const straight = headOf(span, a) + (headOf(span, b) - headOf(span, a)) * t
    const sag = span.tall * (a.scale + (b.scale - a.scale) * t) * 0.86
    return straight + sag * 4 * t * (1 - t)
  }
  const end = x < a.x ? a : b
  const run = Math.abs(x - end.x) / (span.tall * end.scale * 2.6)
  return headOf(span, end) + Math.min(1, run) * span.tall * end.scale
}

/** How large what stands on the deck is there. */
const scaleAt = ({ towers: [a, b] }: Span, x: number): number =>
  Math.max(0.12, a.scale + (b.scale - a.scale) * ((x - a.x) / (b.x - a.x)))

/** The colour of the bridge, of the deck's underside or of a pier at a shine, paler the smaller it is there. */
type Paint = (shine: number, scale: number, part?: 'under' | 'pier') => Rgb

const paintDeck = (ctx: DrawingContext, span: Span, box: Box, unit: number, paint: Paint): void => {
  for (let x = box.x; x < box.x + box.width; x += 3) {
    const scale = scaleAt(span, x)
    const deck = span.deck(x)
    fillRectangle(ctx, css(paint(0.5, scale)), [x, deck, 3.6, 15 * unit * scale])
    fillRectangle(ctx, css(paint(0.3, scale, 'under')), [x, deck + 15 * unit * scale, 3.6, 10 * unit * scale])
  }
}

const paintCables = (ctx: DrawingContext, span: Span, box: Box, unit: number, paint: Paint): void => {
  let hanger = box.x
  while (hanger < box.x + box.width) {
    const scale = scaleAt(span, hanger)
    const top = cableAt(span, hanger)
    const wide = Math.max(0.7, 1.5 * unit * scale)
    fillRectangle(ctx, css(paint(0.6, scale), 0.7), [hanger, top, wide, Math.max(0, span.deck(hanger) - top)])
    hanger += 17 * unit * scale
  }
  ctx.lineCap = 'round'
  for (let x = box.x; x < box.x + box.width; x += 5) {
    const scale = scaleAt(span, x)
    ctx.strokeStyle = css(paint(0.8, scale))
    strokeLine(ctx, [x, cableAt(span, x), x + 6, cableAt(span, x + 6)], Math.max(1, 5 * unit * scale))
  }
}

/** One tower: two legs, braces between them, its pier, and after dark a red light on top. */
const paintTower = (
  ctx: DrawingContext,
  span: Span,
  { x, scale }: Tower,
  { light, unit }: SceneContext,
  paint: Paint,
): void => {
  const wide = span.tall * scale * 0.17
  const top = span.deck(x) - span.tall * scale * 1.03
  const foot = span.deck(x) + span.tall * scale * 0.52
  const sunny = light.sun.x > 0.5
  fillRectangle(ctx, css(paint(sunny ? 0.3 : 0.9, scale)), [x + wide * -0.5, top, wide * 0.24, foot - top])
  fillRectangle(ctx, css(paint(sunny ? 0.9 : 0.3, scale)), [x + wide * 0.28, top, wide * 0.24, foot - top])
  const brace = css(paint(0.62, scale))
  for (const level of [0, 0.17, 0.34, 0.51])
    fillRectangle(ctx, brace, [x - wide * 0.5, top + (foot - top) * level, wide * 1.02, wide * 0.2])
  fillRectangle(ctx, css(paint(0.5, scale, 'pier')), [x - wide * 0.8, foot - wide * 0.3, wide * 1.6, wide * 0.5])
  if (light.dark > 0.3) drawGlow(ctx, glowImage([255, 80, 60], 48), [x, top, 16 * unit * scale], 0.9)
}

/** A suspension bridge that comes from one side and grows smaller towards the other. */
const suspension = (scene: SceneContext, span: Span, colour: Rgb): Sprite => {
  const { light, unit } = scene
  const tone = toneOf(scene)
  const random = scene.random('suspension')
  const glow = glowImage([255, 206, 130], 48)
  const thick = Math.min(1.6, 0.6 + light.air * 0.4)
  const others: { under: Rgb; pier: Rgb } = { under: mix(colour, [20, 20, 30], 0.45), pier: [150, 144, 138] }
  const paint: Paint = (shine, scale, part) =>
    tone(part ? others[part] : colour, shine, Math.max(0, 0.5 - scale * 0.45) * thick)
  return paintSprite(coverBox(scene, 0.45), 0.45, (ctx, box) => {
    paintDeck(ctx, span, box, unit, paint)
    paintCables(ctx, span, box, unit, paint)
    for (const tower of [...span.towers].sort((a, b) => a.scale - b.scale)) paintTower(ctx, span, tower, scene, paint)
    if (light.dark <= 0.3) return
    for (let lamp = box.x; lamp < box.x + box.width; lamp += 40 * unit * scaleAt(span, lamp)) {
      const scale = scaleAt(span, lamp)
      drawGlow(ctx, glow, [lamp + random() * 2, span.deck(lamp) - 8 * unit * scale, 22 * unit * scale], 0.9)
    }
  })
}

/** Lights that run along the deck after dark. */
const deckTraffic = (scene: SceneContext, span: Span): Layer => {
  const { width, unit } = scene
  const random = scene.random('deck')
  const white = glowImage([255, 240, 210], 32)
  const red = glowImage([255, 70, 50], 32)
  const cars = Array.from({ length: 34 }, (_, index) => ({
    at: random(),
    pace: 0.02 + random() * 0.012,
    way: index % 2 ? 1 : -1,
  }))
  return layerAt(0.45, (ctx, view) => {
    for (const car of cars) {
      const run = (((car.at + car.way * car.pace * view.seconds) % 1) + 1) % 1
      const x = width * (run * 1.2 - 0.1)
      drawGlow(ctx, car.way * span.lean > 0 ? red : white, [x, span.deck(x) - 2 * unit, 8 * unit], 0.95)
    }
  })
}

/** A great bridge over the water, a city or mountains behind it, fog about its feet. */
export const paintBridge: ScenePainter = (scene) => {
  const { light, brief, width, height, unit } = scene
  const random = scene.random('bridge')
  const line = height * (0.62 + random() * 0.08)
  const night = light.dark > 0.35
  const lean = random() < 0.5 ? 1 : -1
  const tall = Math.min(height * 0.34, width * 0.42) * (0.9 + random() * 0.2)
  const paint: Rgb = brief.colours[0] ?? (random() < 0.6 ? [196, 74, 50] : [112, 128, 142])
  const [near, far] = [1.05, 0.42]
  const towers: Span['towers'] = [
    { x: width * (lean > 0 ? 0.22 : 0.28), scale: lean > 0 ? near : far },
    { x: width * (lean > 0 ? 0.72 : 0.78), scale: lean > 0 ? far : near },
  ]
  const span: Span = {
    tall,
    lean,
    towers,
    deck: (x) => line - tall * (0.4 - (x / width - 0.5) * lean * 0.22) + 6 * unit,
  }
  const wild = brief.details.bridge.isInNature || random() < 0.4
  const city = brief.motif !== 'bridge' || !wild
  const range = { horizon: line, count: 3, pines: true, bottom: line + 4 * unit }
  const water = { y: line + 6 * unit, depth: 0.45 }
  const fog = { name: 'under the bridge', y: line - 8 * unit, thick: 74, depth: 0.3, speed: 0.016 }
  const nearFog = { name: 'before the bridge', y: line + 8 * unit, thick: 50, depth: 0.6, speed: 0.022 }
  return outdoorScene(scene, line, [
    ...(city
      ? skyline(scene, line, night, false, neonOf(scene)).slice(0, 4)
      : mountainRanges(scene, { ...range, tall: 0.55 + random() * 0.4 })),
    airLayer(scene, { ...fog, strength: 0.4, most: 0.9, sky: 0.6 }),
    still(suspension(scene, span, paint)),
    ...(night ? [deckTraffic(scene, span)] : []),
    mirrorLayer(scene, { ...water, calm: 1, tall: 1.25 }),
    glintLayer(scene, { ...water, amount: 0.8 }),
    airLayer(scene, { ...nearFog, strength: 0.3, most: 0.9 }),
  ])
}
