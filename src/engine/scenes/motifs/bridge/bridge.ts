import type { Rgb } from '../../../rgb.ts'
import { toneOf } from '../../tone.ts'
import { drawGlow, glowImage } from '../../../canvas/drawing.ts'
import { css, mix } from '../../../canvas/colour.ts'
import { mistLayer } from '../../sky/mist.ts'
import { neonOf } from '../../built/neon.ts'
import { heavens, skyLife, weatherLayers } from '../../sky/outdoors.ts'
import { type ScenePainter, coverBox, still, type Layer } from '../../layers.ts'
import { paintSprite, type Sprite } from '../../../canvas/sprite.ts'
import { mountainRanges } from '../../land/ranges.ts'
import { skyline } from '../../built/skyline.ts'
import type { SceneContext } from '../../context.ts'
import { lookAt } from '../../../canvas/camera-view.ts'
import { glintLayer, mirrorLayer } from '../../water/water.ts'

type Span = { deck: (x: number) => number; towers: readonly { x: number; scale: number }[]; tall: number; lean: number }

/** A suspension bridge that comes from one side and grows smaller towards the other. */
const suspension = (scene: SceneContext, span: Span, paint: Rgb): Sprite => {
  const { light, unit } = scene
  const tone = toneOf(scene)
  const random = scene.random('suspension')
  const box = coverBox(scene, 0.45)
  const glow = glowImage([255, 206, 130], 48)
  return paintSprite(box, 0.45, (ctx) => {
    const far = (scale: number): number => Math.max(0, 0.5 - scale * 0.45) * Math.min(1.6, 0.6 + light.air * 0.4)
    const topAt = (x: number): number => {
      // Between two towers a parabola; beyond the outer ones a straight stay.
      const [first, last] = [span.towers[0]!, span.towers[span.towers.length - 1]!]
      const headOf = (tower: { x: number; scale: number }): number => span.deck(tower.x) - span.tall * tower.scale
      for (let index = 0; index + 1 < span.towers.length; index++) {
        const [a, b] = [span.towers[index]!, span.towers[index + 1]!]
        if (x < a.x || x > b.x) continue
        const t = (x - a.x) / (b.x - a.x)
        const straight = headOf(a) + (headOf(b) - headOf(a)) * t
        const sag = span.tall * (a.scale + (b.scale - a.scale) * t) * 0.86
        return straight + sag * 4 * t * (1 - t)
      }
      const end = x < first.x ? first : last
      const run = Math.abs(x - end.x) / (span.tall * end.scale * 2.6)
      return headOf(end) + Math.min(1, run) * span.tall * end.scale
    }
    const scaleAt = (x: number): number => {
      const [first, last] = [span.towers[0]!, span.towers[span.towers.length - 1]!]
      const t = (x - first.x) / (last.x - first.x)
      return Math.max(0.12, first.scale + (last.scale - first.scale) * t)
    }
    for (let x = box.x; x < box.x + box.width; x += 3) {
      const scale = scaleAt(x)
      ctx.fillStyle = css(tone(paint, 0.5, far(scale)))
      const deck = span.deck(x)
      ctx.fillRect(x, deck, 3.6, 15 * unit * scale)
      ctx.fillStyle = css(tone(mix(paint, [20, 20, 30], 0.45), 0.3, far(scale)))
      ctx.fillRect(x, deck + 15 * unit * scale, 3.6, 10 * unit * scale)
    }
    let x = box.x
    while (x < box.x + box.width) {
      const scale = scaleAt(x)
      ctx.fillStyle = css(tone(paint, 0.6, far(scale)), 0.7)
      ctx.fillRect(x, topAt(x), Math.max(0.7, 1.5 * unit * scale), Math.max(0, span.deck(x) - topAt(x)))
      x += 17 * unit * scale
    }
    ctx.lineCap = 'round'
    for (let px = box.x; px < box.x + box.width; px += 5) {
      const scale = scaleAt(px)
      ctx.strokeStyle = css(tone(paint, 0.8, far(scale)))
      ctx.lineWidth = Math.max(1, 5 * unit * scale)
      ctx.beginPath()
      ctx.moveTo(px, topAt(px))
      ctx.lineTo(px + 6, topAt(px + 6))
      ctx.stroke()
    }
    for (const tower of [...span.towers].sort((a, b) => a.scale - b.scale)) {
      const wide = span.tall * tower.scale * 0.17
      const top = span.deck(tower.x) - span.tall * tower.scale * 1.03
      const foot = span.deck(tower.x) + span.tall * tower.scale * 0.52
      for (const [off, shine] of [
        [-0.5, light.sun.x > 0.5 ? 0.3 : 0.9],
        [0.28, light.sun.x > 0.5 ? 0.9 : 0.3],
      ] as const) {
        ctx.fillStyle = css(tone(paint, shine, far(tower.scale)))
        ctx.fillRect(tower.x + wide * off, top, wide * 0.24, foot - top)
      }
      ctx.fillStyle = css(tone(paint, 0.62, far(tower.scale)))
      for (const level of [0, 0.17, 0.34, 0.51])
        ctx.fillRect(tower.x - wide * 0.5, top + (foot - top) * level, wide * 1.02, wide * 0.2)
      ctx.fillStyle = css(tone([150, 144, 138], 0.5, far(tower.scale)))
      ctx.fillRect(tower.x - wide * 0.8, foot - wide * 0.3, wide * 1.6, wide * 0.5)
      if (light.dark > 0.3) drawGlow(ctx, glowImage([255, 80, 60], 48), tower.x, top, 16 * unit * tower.scale, 0.9)
    }
    if (light.dark <= 0.3) return
    for (let lamp = box.x; lamp < box.x + box.width; lamp += 40 * unit * scaleAt(lamp))
      drawGlow(
        ctx,
        glow,
        lamp + random() * 2,
        span.deck(lamp) - 8 * unit * scaleAt(lamp),
        22 * unit * scaleAt(lamp),
        0.9,
      )
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
  return (ctx, view) => {
    lookAt(ctx, view, 0.45)
    for (const car of cars) {
      const run = (((car.at + car.way * car.pace * view.seconds) % 1) + 1) % 1
      const x = width * (run * 1.2 - 0.1)
      drawGlow(ctx, car.way * span.lean > 0 ? red : white, x, span.deck(x) - 2 * unit, 8 * unit, 0.95)
    }
    ctx.setTransform(1, 0, 0, 1, 0, 0)
  }
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
  const big = 1.05
  const small = 0.42
  const towers = [
    { x: width * (lean > 0 ? 0.22 : 0.28), scale: lean > 0 ? big : small },
    { x: width * (lean > 0 ? 0.72 : 0.78), scale: lean > 0 ? small : big },
  ]
  const span: Span = {
    tall,
    lean,
    towers,
    deck: (x) => line - tall * (0.4 - (x / width - 0.5) * lean * 0.22) + 6 * unit,
  }
  const wild = brief.details.bridge.isInNature || random() < 0.4
  const city = brief.motif !== 'bridge' || !wild
  return {
    horizon: line,
    layers: [
      ...heavens(scene, line),
      ...(city
        ? skyline(scene, line, night, false, neonOf(scene)).slice(0, 4)
        : mountainRanges(scene, {
            horizon: line,
            tall: 0.55 + random() * 0.4,
            count: 3,
            pines: true,
            bottom: line + 4 * unit,
          })),
      mistLayer(scene, {
        name: 'under the bridge',
        y: line - 8 * unit,
        thick: 74 * unit,
        depth: 0.3,
        strength: Math.min(0.9, 0.4 * light.air),
        colour: mix(light.haze, light.skyLow, 0.6),
        speed: 0.016,
      }),
      still(suspension(scene, span, paint)),
      ...(night ? [deckTraffic(scene, span)] : []),
      mirrorLayer(scene, { y: line + 6 * unit, depth: 0.45, calm: 1, tall: 1.25 }),
      glintLayer(scene, { y: line + 6 * unit, depth: 0.45, amount: 0.8 }),
      mistLayer(scene, {
        name: 'before the bridge',
        y: line + 8 * unit,
        thick: 50 * unit,
        depth: 0.6,
        strength: Math.min(0.9, 0.3 * light.air),
        colour: mix(light.haze, light.skyLow, 0.5),
        speed: 0.022,
      }),
      ...skyLife(scene),
      ...weatherLayers(scene),
    ],
  }
}
