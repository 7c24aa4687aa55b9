import { type Rgb, rgb } from '../../../rgb.ts'
import type { DrawingContext } from '../../../canvas/drawing-context.ts'
import { css, mix, shift } from '../../../canvas/colour.ts'
import { linearGradient, radialGradient } from '../../../canvas/gradients.ts'
import { fillPath, fillRectangle, readPath, strokeLine } from '../../../canvas/paths.ts'
import { type Layer, layerAt, type SceneContext } from '../../layers.ts'
import { lookAt } from '../../../canvas/camera-view.ts'
import type { Sea } from './reef.ts'
import { fillCircle, fillCurve, setPen, strokeCurve } from '../../../canvas/curves.ts'

const FIN = readPath('M 0.25 -0.3 Q -0.1 -0.62 -0.4 -0.22')

type Fish = { x: number; y: number; size: number; side: number; beat: number }

/** The body of a fish whose tail beats, -0.2 to 0.2. */
const traceFish = (ctx: DrawingContext, { x, y, size: s, side, beat }: Fish): void => {
  const d = side * s
  ctx.beginPath()
  ctx.moveTo(x + d, y)
  ctx.quadraticCurveTo(x + d * 0.3, y - s * 0.52, x - d * 0.7, y - s * 0.04)
  ctx.lineTo(x - d * 1.2, y - s * (0.36 + beat))
  ctx.lineTo(x - d * 1.04, y + s * beat * 0.4)
  ctx.lineTo(x - d * 1.2, y + s * (0.36 - beat))
  ctx.lineTo(x - d * 0.7, y + s * 0.06)
  ctx.quadraticCurveTo(x + d * 0.3, y + s * 0.46, x + d, y)
}

/** A fish is of the first colour, or on its way to the bright one. */
type SchoolColours = { colour: Rgb; bright: Rgb }
type School = { name: string; count: number; size: number; y: number; depth: number; spread: number } & SchoolColours

/** A school that swims across in one direction, turning a little together. */
export const fishLayer = (scene: SceneContext, school: School): Layer => {
  const { width, height, unit } = scene
  const random = scene.random(school.name)
  const side = random() < 0.5 ? -1 : 1
  const fish = Array.from({ length: school.count }, () => {
    const angle = random() * Math.PI * 2
    const out = Math.sqrt(random())
    return {
      x: Math.cos(angle) * out * width * school.spread * 1.5,
      y: Math.sin(angle) * out * height * school.spread,
      size: school.size * (0.7 + random() * 0.6) * unit,
      phase: random() * 6,
      tone: random(),
    }
  })
  const middle = width * (side > 0 ? 0.28 + random() * 0.12 : 0.6 + random() * 0.12)
  return layerAt(school.depth, (ctx, view) => {
    for (const one of fish) {
      const swim = view.seconds * 30 * unit * school.depth
      const x = middle + one.x + side * swim + Math.sin(view.seconds * 0.8 + one.phase) * 9 * unit
      const y = height * school.y + one.y + Math.sin(view.seconds * 0.7 + one.x / (180 * unit)) * 14 * unit
      const s = one.size
      const d = side * s
      ctx.fillStyle = css(mix(school.colour, school.bright, one.tone * 0.6))
      traceFish(ctx, { x, y, size: s, side, beat: Math.sin(view.seconds * 7 + one.phase) * 0.2 })
      ctx.fill()
      if (s < 9 * unit) continue
      fillPath(ctx, css(shift(school.colour, -0.12), 0.75), FIN, { x, y, size: s, side })
      const stripe = css(mix(school.bright, [255, 255, 255], 0.5), 0.8)
      fillRectangle(ctx, stripe, [x + d * 0.28 - s * 0.05, y - s * 0.27, s * 0.1, s * 0.52])
      fillCircle(ctx, '#101820', [x + d * 0.66, y - s * 0.07, s * 0.06])
    }
  })
}

type Jelly = { x: number; y: number; size: number; phase: number; tone: Rgb; arms: readonly number[] }

/** Arms that trail below the edge of the dome, which is `wide` to each side. */
const drawArms = (ctx: DrawingContext, { x, y, size, phase, tone, arms }: Jelly, wide: number, seconds: number): void =>
  arms.forEach((long, index) => {
    const root = x + (index / 8 - 0.5) * wide * 1.5
    const points = [root, y]
    for (let step = 1; step <= 12; step++) {
      const u = step / 12
      points.push(root + Math.sin(seconds * 1.7 + phase + u * 5 + index) * size * 0.14 * u, y + u * size * 1.9 * long)
    }
    ctx.strokeStyle = css(tone, index % 3 === 1 ? 0.5 : 0.26)
    strokeLine(ctx, points, (index % 3 === 1 ? 0.055 : 0.02) * size)
  })

const drawDome = (ctx: DrawingContext, { x, y, tone }: Jelly, wide: number, tall: number): void => {
  const dome = ctx.createRadialGradient(x, y - tall * 0.3, tall * 0.1, x, y - tall * 0.2, wide * 1.1)
  dome.addColorStop(0, css(mix(tone, [255, 255, 255], 0.5), 0.75))
  dome.addColorStop(0.7, css(tone, 0.42))
  dome.addColorStop(1, css(mix(tone, [255, 255, 255], 0.4), 0.75))
  ctx.fillStyle = dome
  ctx.beginPath()
  ctx.moveTo(x - wide, y)
  ctx.bezierCurveTo(x - wide, y - tall * 1.5, x + wide, y - tall * 1.5, x + wide, y)
  for (let scallop = 0; scallop < 6; scallop++) {
    const from = x + wide - (scallop / 6) * wide * 2
    ctx.quadraticCurveTo(from - wide / 6, y + tall * 0.16, from - wide / 3, y)
  }
  ctx.fill()
}

/** Jellyfish that pulse upward, lit from within. */
export const jellyLayer = (scene: SceneContext): Layer => {
  const { width, height, unit, brief } = scene
  const random = scene.random('jellyfish')
  const tones = brief.colours.length > 0 ? brief.colours : [0xff8cd2, 0x82beff, 0xbe8cff].map(rgb)
  const list = [92, 60, 46, 36, 28, 22, 18]
    .map((size, index): Jelly => ({
      x: width * (0.14 + ((index * 0.37) % 0.76)),
      y: height * (0.24 + random() * 0.42),
      size: size * unit,
      phase: random() * 6,
      tone: tones[index % tones.length]!,
      arms: Array.from({ length: 9 }, () => 0.7 + random() * 0.8),
    }))
    .reverse()
  return (ctx, view) => {
    ctx.lineCap = 'round'
    for (const jelly of list) {
      const { size, tone, phase } = jelly
      lookAt(ctx, view, 0.3 + (size / (92 * unit)) * 0.5)
      const pulse = Math.sin(view.seconds * 1.9 + phase)
      const wide = size * (0.62 + pulse * 0.07)
      const x = jelly.x + Math.sin(view.seconds * 0.4 + phase) * 14 * unit
      const y = jelly.y - view.seconds * 7 * unit - pulse * 4 * unit
      const moved = { ...jelly, x, y }
      ctx.globalCompositeOperation = 'screen'
      const glow = radialGradient(ctx, [x, y, size * 2], [0, tone, 0.34], [1, tone, 0])
      fillRectangle(ctx, glow, [x - size * 2, y - size * 2, size * 4, size * 4])
      drawArms(ctx, moved, wide, view.seconds)
      drawDome(ctx, moved, wide, size * (0.6 - pulse * 0.06))
      ctx.globalCompositeOperation = 'source-over'
      ctx.setTransform(1, 0, 0, 1, 0, 0)
    }
  }
}

/** A whale in units of its own, its tail so far down. */
const traceWhale = (ctx: DrawingContext, tail: number): void => {
  ctx.beginPath()
  ctx.moveTo(1, 0.02)
  ctx.bezierCurveTo(0.8, -0.26, 0.1, -0.3, -0.4, -0.1)
  ctx.quadraticCurveTo(-0.8, 0.0, -1.05, tail * 0.8)
  ctx.quadraticCurveTo(-1.2, tail - 0.12, -1.42, tail - 0.16)
  ctx.quadraticCurveTo(-1.32, tail, -1.4, tail + 0.14)
  ctx.quadraticCurveTo(-1.2, tail + 0.08, -1.02, tail + 0.06)
  ctx.quadraticCurveTo(-0.5, 0.22, 0.1, 0.26)
  ctx.quadraticCurveTo(0.75, 0.26, 1, 0.02)
}

/** A whale that glides by in the blue. */
export const whaleLayer = (scene: SceneContext, sea: Sea): Layer => {
  const { width, height, unit } = scene
  const side = scene.random('whale')() < 0.5 ? -1 : 1
  const body = mix(sea.low, sea.mid, 0.35)
  const belly = mix(sea.mid, sea.top, 0.4)
  return layerAt(0.35, (ctx, view) => {
    ctx.translate(
      width * (side > 0 ? 0.36 : 0.64) + side * view.seconds * 20 * unit,
      height * 0.36 + Math.sin(view.seconds * 0.7) * 8 * unit,
    )
    ctx.scale(side * 210 * unit, 210 * unit)
    ctx.rotate(-0.08 + Math.sin(view.seconds * 0.7) * 0.03)
    const tail = Math.sin(view.seconds * 1.3) * 0.1
    ctx.fillStyle = linearGradient(ctx, [0, -0.25, 0, 0.3], [0, mix(body, sea.top, 0.28)], [0.45, body], [1, belly])
    traceWhale(ctx, tail)
    ctx.fill()
    fillCurve(
      ctx,
      css(shift(body, -0.05)),
      [0.42, 0.16],
      [0.2, 0.46 + tail * 0.6, -0.12, 0.5 + tail],
      [0.06, 0.3, 0.18, 0.17],
    )
    setPen(ctx, css(body, 0.4), 0.006)
    for (let line = 0; line < 6; line++) {
      strokeCurve(ctx, [0.92 - line * 0.02, 0.07 + line * 0.026], [0.5, 0.12 + line * 0.026, 0.06, 0.14 + line * 0.02])
    }
    fillCircle(ctx, css(shift(body, -0.12)), [0.7, 0.02, 0.013])
  })
}
