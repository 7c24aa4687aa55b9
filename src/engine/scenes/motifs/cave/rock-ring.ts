import type { Rgb } from '../../../rgb.ts'
import type { Random } from '../../../random.ts'
import type { DrawingContext } from '../../../canvas/drawing-context.ts'
import { css, mix } from '../../../canvas/colour.ts'
import { linearGradient } from '../../../canvas/gradients.ts'
import type { Noise } from '../../../canvas/noise.ts'
import { strokeLine } from '../../../canvas/paths.ts'
import { coverBox, type SceneContext } from '../../layers.ts'
import { paintSprite, type Sprite } from '../../../canvas/sprite.ts'
import { setPen } from '../../../canvas/curves.ts'

/** A wall of rock with an opening in it, as one looks out of a cave. Pixels; `spikes` is how many stones hang and stand in it. */
type Ring = {
  name: string
  depth: number
  x: number
  y: number
  across: number
  up: number
  down: number
  rough: number
  spikes: number
  /** The rock where light from the opening falls on it, and where none does. */
  lit: Rgb
  dark: Rgb
  /** Where the light comes from: the side of the rim that faces away from it is lit most. */
  from: { x: number; y: number }
}

/** The opening's edge at an angle. */
type Rim = (angle: number) => readonly [x: number, y: number]

const STEPS = 220

const rimOf =
  ({ x, y, across, up, down, rough }: Ring, noise: Noise): Rim =>
  (angle) => {
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
    const out =
      1 +
      rough *
        (noise(cos * 1.4 + 5, sin * 1.4) * 0.5 + noise(cos * 4, sin * 4 + 9) * 0.2 + noise(cos * 13, sin * 13) * 0.07)
    return [x + cos * across * out, y + sin * (sin < 0 ? up : down) * out]
  }

/** Ledges and cracks that follow the opening, each lit on its upper side. */
const paintLedges = (ctx: DrawingContext, random: Random, ring: Ring, rim: Rim, unit: number): void => {
  const { x, y, lit, dark, from } = ring
  const reach = Math.max(ring.across, ring.up)
  ctx.lineCap = 'butt'
  for (let ledge = 0; ledge < 900; ledge++) {
    const angle = random() * Math.PI * 2
    const out = 1 + random() ** 2 * 1.1
    const long = 0.03 + random() * 0.12
    const wide = (1 + random() * random() * 16) * unit * (0.5 + ring.depth * 0.6)
    const bend = (random() - 0.5) * 0.12
    const pale = random() < 0.48
    const [mx, my] = rim(angle)
    const near = Math.max(0, 1.35 - Math.hypot(mx - from.x, my - from.y) / (reach * 2)) * Math.max(0, 1.7 - out)
    ctx.strokeStyle = css(pale ? mix(dark, lit, Math.min(1, near)) : dark, pale ? 0.1 + 0.22 * near : 0.3)
    const points = [0, 1, 2, 3].flatMap((piece) => {
      const [px, py] = rim(angle + (piece / 3) * long)
      const far = out + bend * (piece / 3)
      return [x + (px - x) * far, y + (py - y) * far]
    })
    strokeLine(ctx, points, wide)
  }
}

type Spike = { x: number; y: number; wide: number; long: number; way: number; lit: Rgb; dark: Rgb; side: number }

/** A stone that hangs (`way` 1) or stands (-1), as water has left it: ringed, and lit from one side. */
const paintSpike = (ctx: DrawingContext, random: Random, spike: Spike): void => {
  const { x, y, wide, long, way, lit, dark, side } = spike
  const lean = (random() - 0.5) * wide * 0.5
  ctx.fillStyle = linearGradient(
    ctx,
    [x - (side * wide) / 2, 0, x + (side * wide) / 2, 0],
    [0, dark],
    [0.5, mix(dark, lit, 0.28)],
    [0.86, mix(dark, lit, 0.9)],
    [1, mix(dark, lit, 0.45)],
  )
  const [base, bend, middle] = [y - way * wide * 0.7, y + way * long * 0.12, y + way * long * 0.5]
  ctx.beginPath()
  ctx.moveTo(x - wide * 0.8, base)
  ctx.bezierCurveTo(x - wide * 0.3, bend, x - wide * 0.16 + lean, middle, x + lean, y + way * long)
  ctx.bezierCurveTo(x + wide * 0.16 + lean, middle, x + wide * 0.3, bend, x + wide * 0.8, base)
  ctx.closePath()
  ctx.fill()
  setPen(ctx, css(dark, 0.35), Math.max(0.8, wide * 0.03))
  for (let fold = 0; fold < 5; fold++) {
    const t = 0.06 + fold * 0.15 + random() * 0.06
    const half = wide * 0.36 * (1 - t) ** 1.4
    ctx.beginPath()
    ctx.ellipse(x + lean * t, y + way * long * t, half, half * 0.22, 0, 0, Math.PI)
    ctx.stroke()
  }
}

const paintSpikes = (ctx: DrawingContext, random: Random, ring: Ring, rim: Rim): void => {
  const stones = Array.from({ length: ring.spikes }, () => {
    const hangs = random() < 0.68
    const angle = hangs ? Math.PI * (1.08 + random() * 0.84) : Math.PI * (0.14 + random() * 0.72)
    return { hangs, angle, size: 0.3 + random() ** 1.8 }
  }).sort((a, b) => a.size - b.size)
  const look = {
    lit: mix(ring.lit, ring.dark, 0.08),
    dark: mix(ring.dark, ring.lit, 0.26),
    side: ring.from.x > ring.x ? -1 : 1,
  }
  for (const { hangs, angle, size } of stones) {
    const [x, y] = rim(angle)
    const long = size * ring.up * (hangs ? 0.36 : 0.22)
    paintSpike(ctx, random, { x, y, wide: long * (0.2 + random() * 0.16), long, way: hangs ? 1 : -1, ...look })
  }
}

/** The rim where light grazes it. */
const paintRimLight = (ctx: DrawingContext, noise: Noise, { lit, from }: Ring, rim: Rim, unit: number): void => {
  ctx.lineCap = 'round'
  for (let step = 0; step < STEPS; step++) {
    const angle = (step / STEPS) * Math.PI * 2
    const [a, b] = [rim(angle), rim(((step + 1) / STEPS) * Math.PI * 2)]
    const facing = 0.5 - 0.5 * Math.cos(Math.atan2(from.y - a[1], from.x - a[0]) - angle)
    const graze = Math.max(0, facing * 1.2 - 0.2) * (0.5 + 0.5 * noise(step * 0.13, 31))
    if (graze < 0.04) continue
    ctx.strokeStyle = css(mix(lit, [255, 255, 250], 0.25), graze * 0.5)
    strokeLine(ctx, [...a, ...b], (1 + 2.4 * noise(step * 0.2, 3) ** 2) * unit)
  }
}

export const rockRing = (scene: SceneContext, ring: Ring): Sprite => {
  const random = scene.random(ring.name)
  const noise = scene.noise(ring.name)
  const { x, y, lit, dark, from } = ring
  const rim = rimOf(ring, noise)
  return paintSprite(coverBox(scene, ring.depth), ring.depth, (ctx, box) => {
    ctx.save()
    ctx.beginPath()
    ctx.rect(box.x, box.y, box.width, box.height)
    for (let step = 0; step <= STEPS; step++) {
      const point = rim((step / STEPS) * Math.PI * 2)
      if (step === 0) ctx.moveTo(...point)
      else ctx.lineTo(...point)
    }
    ctx.closePath()
    const body = ctx.createRadialGradient(from.x, from.y, 0, x, y, Math.max(ring.across, ring.up) * 2.3)
    body.addColorStop(0, css(lit))
    body.addColorStop(0.42, css(mix(lit, dark, 0.34)))
    body.addColorStop(0.7, css(mix(lit, dark, 0.8)))
    body.addColorStop(1, css(dark))
    ctx.fillStyle = body
    ctx.fill('evenodd')
    ctx.clip('evenodd')
    paintLedges(ctx, random, ring, rim, scene.unit)
    ctx.restore()
    paintSpikes(ctx, random, ring, rim)
    paintRimLight(ctx, noise, ring, rim, scene.unit)
  })
}
