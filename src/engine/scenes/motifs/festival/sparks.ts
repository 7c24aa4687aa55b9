import type { DrawingContext } from '../../../canvas/drawing-context.ts'
import { createCanvas, type Canvas } from '@napi-rs/canvas'
import { rgb, type Rgb } from '../../../rgb.ts'
import { pick, type Random } from '../../../random.ts'
import { drawGlow, glowImage } from '../../../canvas/drawing.ts'
import { css, mix } from '../../../canvas/colour.ts'
import { fillPath, readPath, strokeLine } from '../../../canvas/paths.ts'
import { paintSprite } from '../../../canvas/sprite.ts'
import { type Layer, layerAt, type SceneContext } from '../../layers.ts'
import { lookAt, scaleAt, xAt, yAt } from '../../../canvas/camera-view.ts'
import { setPen, strokeCurve } from '../../../canvas/curves.ts'
import { linearGradient } from '../../../canvas/gradients.ts'

const FIRES = [0xffbe5a, 0xff606e, 0x6ebeff, 0xbe82ff, 0x82f0aa, 0xfff0d2].map(rgb)

/** Pixels of the frame to one of the picture in which glows are gathered: each alone would cover most of the frame. */
const SMALL = 8

/** Seconds from one burst's beginning to its last ember. */
const LIFE = 2.6

/** Seconds in which it rises on a thread of light, before it opens. */
const RISE = 0.7

/** Sparks that fly to all sides from one point: directions of a length up to 1, and the colour of each. */
const createSparks = (random: Random, kind: number, [first, second]: readonly [Rgb, Rgb]) =>
  Array.from({ length: kind > 0.7 ? 56 : 84 }, (_, index) => {
    const turn = random() * Math.PI * 2
    const lift = random() * 2 - 1
    const round = Math.sqrt(1 - lift * lift)
    const pace = kind < 0.3 ? 1 : 0.75 + random() * 0.25
    const own = index % 3 === 0 ? second : first
    return { x: Math.cos(turn) * round * pace, y: lift * pace, twinkle: random() * 9, own }
  })

const createBursts = (scene: SceneContext, horizon: number) => {
  const { width, unit, brief, seconds } = scene
  const random = scene.random('fireworks')
  const tones = brief.colours.length > 0 ? [...brief.colours, FIRES[0]!, FIRES[5]!] : FIRES
  const every = 0.46
  return Array.from({ length: Math.ceil((Math.max(seconds, 0.1) + LIFE) / every) }, (_, index) => {
    const colour = pick(random, tones)
    const second = pick(random, tones)
    const kind = random()
    return {
      // Begun before the first frame, so that it shows some already.
      at: (index + random() * 0.5) * every - LIFE,
      x: width * (0.12 + ((index * 0.381966 + random() * 0.16) % 1) * 0.76),
      y: horizon * (0.16 + random() * 0.4),
      size: (150 + random() * 150) * unit * (0.8 + Math.min(0.5, horizon / (width * 2))),
      colour,
      glow: glowImage(colour, 64),
      willow: kind > 0.7,
      sparks: createSparks(random, kind, [colour, second]),
    }
  })
}

type Burst = ReturnType<typeof createBursts>[number]

/** How much of its light a burst still has at an age. */
const fadingAt = (age: number): number => Math.max(0, 1 - age / (LIFE - RISE))

/** What flies out slows down with the air: the way made by `age` seconds, 1 at last. */
const flownAt = (age: number): number => 1 - Math.exp(-age * 2.6)

/** Draws the glows of bursts into a small picture, and adds that to the frame. */
const createGlows = ({ width, height }: SceneContext, bursts: readonly Burst[]): Layer => {
  const gathered = createCanvas(Math.ceil(width / SMALL), Math.ceil(height / SMALL))
  const small = gathered.getContext('2d')
  return (ctx, view) => {
    small.setTransform(1, 0, 0, 1, 0, 0)
    // On black, not on nothing: the colours of what is almost clear would be coarse.
    small.globalCompositeOperation = 'source-over'
    small.fillStyle = '#000'
    small.fillRect(0, 0, gathered.width, gathered.height)
    const scale = scaleAt(view, 0.2) / SMALL
    small.setTransform(scale, 0, 0, scale, xAt(view, 0, 0.2) / SMALL, yAt(view, 0, 0.2) / SMALL)
    for (const { at, x, y, size, glow } of bursts) {
      const age = view.seconds - at - RISE
      if (age < 0 || age > LIFE - RISE) continue
      drawGlow(small, glow, [x, y, size * 2.2], 0.5 * Math.exp(-age * 3.2) + 0.12 * fadingAt(age))
    }
    ctx.globalCompositeOperation = 'lighter'
    ctx.drawImage(gathered, 0, 0, gathered.width * SMALL, gathered.height * SMALL)
  }
}

/** The thread of light on which it rises; `age` is below 0, the seconds until it opens. */
const drawRise = (ctx: DrawingContext, { x, y, colour }: Burst, age: number, horizon: number, unit: number): void => {
  const climb = 1 + age / RISE
  const head = horizon + (y - horizon) * (1 - (1 - climb) ** 2)
  ctx.strokeStyle = css(mix(colour, [255, 240, 210], 0.6), 0.7)
  strokeLine(ctx, [x, head + 44 * unit * (1 - climb * 0.6), x, head], 2 * unit)
}

/** Its sparks with their tails, all of one colour in one stroke. */
const drawSparks = (ctx: DrawingContext, burst: Burst, age: number, seconds: number, unit: number): void => {
  const { x, y, size, willow, colour, sparks } = burst
  const fading = fadingAt(age)
  const before = Math.max(0, age - (willow ? 0.5 : 0.26))
  const sink = willow ? 0.26 : 0.12
  const drop = age * age * size * sink
  const dropBefore = before ** 2 * size * sink
  const [out, outBefore] = [flownAt(age), flownAt(before)]
  const own = sparks[0]!.own
  for (const part of [0, 1]) {
    ctx.lineWidth = (willow ? 1.9 : 2.6) * unit * (0.5 + 0.5 * fading)
    ctx.strokeStyle = css(part === 0 ? colour : mix(own, [255, 250, 240], 0.12), fading * 0.85)
    ctx.beginPath()
    for (const spark of sparks) {
      if ((spark.own === own) !== (part === 1)) continue
      if (fading < 0.5 && Math.sin(seconds * 19 + spark.twinkle * 7) < -0.1) continue
      ctx.moveTo(x + spark.x * size * outBefore, y + spark.y * size * outBefore + dropBefore)
      ctx.lineTo(x + spark.x * size * out, y + spark.y * size * out + drop)
    }
    ctx.stroke()
  }
}

/** Fireworks: each rises on a thread of light, opens into a ball of sparks that slow in the air, sink and die. */
export const fireworkLayer = (scene: SceneContext, horizon: number): Layer => {
  const bursts = createBursts(scene, horizon)
  const drawGlows = createGlows(scene, bursts)
  const drawBursts = layerAt(0.2, (ctx, view) => {
    ctx.lineCap = 'round'
    for (const burst of bursts) {
      const age = view.seconds - burst.at - RISE
      if (age < -RISE || age > LIFE - RISE) continue
      ctx.globalCompositeOperation = 'lighter'
      if (age < 0) drawRise(ctx, burst, age, horizon, scene.unit)
      else drawSparks(ctx, burst, age, view.seconds, scene.unit)
    }
    ctx.globalCompositeOperation = 'source-over'
  })
  return (ctx, view) => {
    drawGlows(ctx, view)
    drawBursts(ctx, view)
  }
}

const PAPER = readPath('M 14 74 C 2 44 2 12 16 7 Q 30 1 44 7 C 58 12 58 44 46 74 Q 30 79 14 74')

/** A paper lantern lit from within, 60 by 80 pixels. */
const lanternSprite = (colour: Rgb): Canvas =>
  paintSprite({ x: 0, y: 0, width: 60, height: 80 }, 0, (ctx) => {
    const body = linearGradient(
      ctx,
      [0, 6, 0, 76],
      [0, mix(colour, [90, 30, 10], 0.35)],
      [0.55, mix(colour, [255, 190, 100], 0.4)],
      [0.92, [255, 242, 200]],
      [1, [255, 226, 160]],
    )
    fillPath(ctx, body, PAPER)
    setPen(ctx, css(mix(colour, [90, 30, 10], 0.5), 0.35), 1.2)
    for (const off of [-11, 0, 11]) {
      strokeCurve(ctx, [30 + off * 0.7, 6], [30 + off * 1.6, 40, 30 + off, 75])
    }
  }).canvas

/** Paper lanterns that rise into the night, near ones large, far ones only lights. */
export const lanternLayer = (scene: SceneContext, horizon: number): Layer => {
  const { width, unit, brief } = scene
  const random = scene.random('lanterns')
  const colour: Rgb = brief.colours[0] ?? [255, 140, 56]
  const image = lanternSprite(colour)
  const glow = glowImage(mix(colour, [255, 170, 80], 0.5), 64)
  const way = random() < 0.5 ? -1 : 1
  const lanterns = Array.from({ length: 110 }, () => {
    const near = random() ** 3.2
    return {
      x: random() * width * 1.2 - width * 0.1,
      y: random(),
      near,
      size: (4.5 + near * 46) * unit,
      phase: random() * 7,
      pace: 5 + near * 12,
    }
  }).sort((a, b) => a.near - b.near)
  const top = -60 * unit
  return (ctx, view) => {
    const placed = lanterns.map((one) => {
      const span = horizon - top + one.size
      const y = top + ((((one.y * span - view.seconds * one.pace * unit) % span) + span) % span)
      return {
        ...one,
        depth: 0.15 + one.near * 0.7,
        x: one.x + way * view.seconds * one.pace * 0.5 * unit + Math.sin(view.seconds * 0.7 + one.phase) * 5 * unit,
        y,
        edge: Math.max(0, Math.min(1, (y - top) / (40 * unit), (top + span - y) / (30 * unit))),
      }
    })
    for (const { x, y, size, near, phase, depth, edge } of placed) {
      lookAt(ctx, view, depth)
      const flicker = 0.85 + 0.15 * Math.sin(view.seconds * 5 + phase * 4)
      drawGlow(ctx, glow, [x, y, size * (1.7 + (1 - near))], 0.62 * edge * flicker)
    }
    for (const { x, y, size, depth, edge } of placed) {
      lookAt(ctx, view, depth)
      ctx.globalAlpha = edge
      ctx.drawImage(image, x - size * 0.375, y - size * 0.5, size * 0.75, size)
    }
    ctx.globalAlpha = 1
    ctx.setTransform(1, 0, 0, 1, 0, 0)
  }
}
