import type { SKRSContext2D } from '@napi-rs/canvas'
import type { Rgb } from '../../../rgb.ts'
import type { Random } from '../../../random.ts'
import { css, mix } from '../../../canvas/colour.ts'
import type { Noise } from '../../../canvas/noise.ts'
import { coverBox } from '../../layers.ts'
import { paintSprite, type Sprite } from '../../../canvas/sprite.ts'
import type { SceneContext } from '../../context.ts'

/** A wall of rock with an opening in it, as one looks out of a cave. Pixels; `spikes` is how many stones hang and stand in it. */
export type Ring = {
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

/** A stone that hangs (`way` 1) or stands (-1), as water has left it: ringed, and lit from one side. */
const spike = (
  ctx: SKRSContext2D,
  random: Random,
  at: { x: number; y: number; wide: number; long: number; way: number },
  lit: Rgb,
  dark: Rgb,
  side: number,
): void => {
  const { x, y, wide, long, way } = at
  const lean = (random() - 0.5) * wide * 0.5
  const body = ctx.createLinearGradient(x - (side * wide) / 2, 0, x + (side * wide) / 2, 0)
  body.addColorStop(0, css(dark))
  body.addColorStop(0.5, css(mix(dark, lit, 0.28)))
  body.addColorStop(0.86, css(mix(dark, lit, 0.9)))
  body.addColorStop(1, css(mix(dark, lit, 0.45)))
  ctx.fillStyle = body
  ctx.beginPath()
  ctx.moveTo(x - wide * 0.8, y - way * wide * 0.7)
  ctx.bezierCurveTo(
    x - wide * 0.3,
    y + way * long * 0.12,
    x - wide * 0.16 + lean,
    y + way * long * 0.5,
    x + lean,
    y + way * long,
  )
  ctx.bezierCurveTo(
    x + wide * 0.16 + lean,
    y + way * long * 0.5,
    x + wide * 0.3,
    y + way * long * 0.12,
    x + wide * 0.8,
    y - way * wide * 0.7,
  )
  ctx.closePath()
  ctx.fill()
  ctx.strokeStyle = css(dark, 0.35)
  ctx.lineWidth = Math.max(0.8, wide * 0.03)
  for (let fold = 0; fold < 5; fold++) {
    const t = 0.06 + fold * 0.15 + random() * 0.06
    const half = wide * 0.36 * (1 - t) ** 1.4
    ctx.beginPath()
    ctx.ellipse(x + lean * t, y + way * long * t, half, half * 0.22, 0, 0, Math.PI)
    ctx.stroke()
  }
}

export const rockRing = (scene: SceneContext, ring: Ring): Sprite => {
  const { unit } = scene
  const random = scene.random(ring.name)
  const noise: Noise = scene.noise(ring.name)
  const { x, y, across, up, down, rough, lit, dark } = ring
  const side = ring.from.x > x ? -1 : 1
  const rim = (angle: number): readonly [number, number] => {
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
    const out =
      1 +
      rough *
        (noise(cos * 1.4 + 5, sin * 1.4) * 0.5 + noise(cos * 4, sin * 4 + 9) * 0.2 + noise(cos * 13, sin * 13) * 0.07)
    return [x + cos * across * out, y + sin * (sin < 0 ? up : down) * out]
  }
  return paintSprite(coverBox(scene, ring.depth), ring.depth, (ctx, box) => {
    const reach = Math.max(across, up)
    const steps = 220
    ctx.save()
    ctx.beginPath()
    ctx.rect(box.x, box.y, box.width, box.height)
    for (let step = 0; step <= steps; step++) {
      const [px, py] = rim((step / steps) * Math.PI * 2)
      if (step === 0) ctx.moveTo(px, py)
      else ctx.lineTo(px, py)
    }
    ctx.closePath()
    const body = ctx.createRadialGradient(ring.from.x, ring.from.y, 0, x, y, reach * 2.3)
    body.addColorStop(0, css(lit))
    body.addColorStop(0.42, css(mix(lit, dark, 0.34)))
    body.addColorStop(0.7, css(mix(lit, dark, 0.8)))
    body.addColorStop(1, css(dark))
    ctx.fillStyle = body
    ctx.fill('evenodd')
    ctx.clip('evenodd')
    // Ledges and cracks that follow the opening, each lit on its upper side.
    for (let ledge = 0; ledge < 900; ledge++) {
      const angle = random() * Math.PI * 2
      const out = 1 + random() ** 2 * 1.1
      const long = 0.03 + random() * 0.12
      const wide = (1 + random() * random() * 16) * unit * (0.5 + ring.depth * 0.6)
      const bend = (random() - 0.5) * 0.12
      const pale = random() < 0.48
      const [mx, my] = rim(angle)
      const near =
        Math.max(0, 1.35 - Math.hypot(mx - ring.from.x, my - ring.from.y) / (reach * 2)) * Math.max(0, 1.7 - out)
      ctx.strokeStyle = css(pale ? mix(dark, lit, Math.min(1, near)) : dark, pale ? 0.1 + 0.22 * near : 0.3)
      ctx.lineWidth = wide
      ctx.lineCap = 'butt'
      ctx.beginPath()
      for (let piece = 0; piece <= 3; piece++) {
        const [px, py] = rim(angle + (piece / 3) * long)
        const far = out + bend * (piece / 3)
        ctx.lineTo(x + (px - x) * far, y + (py - y) * far)
      }
      ctx.stroke()
    }
    ctx.restore()
    const stones = Array.from({ length: ring.spikes }, () => {
      const hangs = random() < 0.68
      const angle = hangs ? Math.PI * (1.08 + random() * 0.84) : Math.PI * (0.14 + random() * 0.72)
      const size = 0.3 + random() ** 1.8
      return { hangs, angle, size }
    }).sort((a, b) => a.size - b.size)
    for (const { hangs, angle, size } of stones) {
      const [px, py] = rim(angle)
      const long = size * up * (hangs ? 0.36 : 0.22)
      spike(
        ctx,
        random,
        { x: px, y: py, wide: long * (0.2 + random() * 0.16), long, way: hangs ? 1 : -1 },
        mix(lit, dark, 0.08),
        mix(dark, lit, 0.26),
        side,
      )
    }
    // The rim where light grazes it.
    ctx.lineCap = 'round'
    for (let step = 0; step < steps; step++) {
      const [angle, next] = [(step / steps) * Math.PI * 2, ((step + 1) / steps) * Math.PI * 2]
      const [a, b] = [rim(angle), rim(next)]
      const facing = 0.5 - 0.5 * Math.cos(Math.atan2(ring.from.y - a[1], ring.from.x - a[0]) - angle)
      const graze = Math.max(0, facing * 1.2 - 0.2) * (0.5 + 0.5 * noise(step * 0.13, 31))
      if (graze < 0.04) continue
      ctx.strokeStyle = css(mix(lit, [255, 255, 250], 0.25), graze * 0.5)
      ctx.lineWidth = (1 + 2.4 * noise(step * 0.2, 3) ** 2) * unit
      ctx.beginPath()
      ctx.moveTo(a[0], a[1])
      ctx.lineTo(b[0], b[1])
      ctx.stroke()
    }
  })
}
