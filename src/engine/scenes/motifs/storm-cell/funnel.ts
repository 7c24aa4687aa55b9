import type { Rgb } from '../../../rgb.ts'
import { css, mix } from '../../../canvas/colour.ts'
import { createDabs } from '../../../canvas/dabs.ts'
import type { Layer } from '../../layers.ts'
import type { SceneContext } from '../../context.ts'
import { lookAt, xAt, yAt } from '../../../canvas/camera-view.ts'
import { puffSprites } from '../../sky/plume.ts'

export type Funnel = {
  x: number
  top: number
  foot: number
  wide: number
  light: Rgb
  dark: Rgb
  dust: Rgb
  side: number
}

const PIECES = 26
const DEPTH = 0.2

/** A tornado from the cloud to the ground: its body sways and turns, and what it has picked up whirls about its foot. */
export const funnelLayer = (scene: SceneContext, funnel: Funnel): Layer => {
  const { unit } = scene
  const random = scene.random('funnel')
  const { x, top, foot, wide, light, dark, dust, side } = funnel
  const [bow, lean, slim] = [(random() - 0.5) * 120 * unit, (random() - 0.5) * 170 * unit, 0.04 + random() * 0.13]
  const drift = (random() < 0.5 ? -1 : 1) * 9 * unit
  const along = (u: number, seconds: number): { x: number; y: number; half: number } => ({
    x:
      x +
      (lean + drift * seconds) * u +
      Math.sin(u * Math.PI) * bow +
      Math.sin(u * 4 + seconds * 1.1) * 13 * unit * u +
      Math.sin(u * 9 - seconds * 2.3) * 4 * unit * u,
    y: top + (foot - top) * u,
    half: wide * ((1 - u) ** 2.1 * 0.9 + slim * (1 - 0.25 * u) + 0.03 * Math.sin(u * 14 + seconds * 3)),
  })
  const streaks = Array.from({ length: 190 }, () => ({
    u: random() ** 0.8,
    at: random() * Math.PI * 2,
    long: 0.5 + random() * 0.9,
    thick: 0.7 + random() * 2.4,
    pale: random(),
  }))
  const rubble = Array.from({ length: 70 }, () => ({
    at: random() * Math.PI * 2,
    out: 0.4 + random() ** 1.5 * 1.6,
    up: random(),
    pace: 2 + random() * 2.4,
    size: (0.8 + random() * 2.2) * unit,
  }))
  const dabs = createDabs(streaks.length * 2 + rubble.length)
  const images = puffSprites(scene.random('dust puffs'), mix(dust, light, 0.25), mix(dust, dark, 0.55), side)
  const puffs = Array.from({ length: 26 }, (_, index) => ({
    at: (index / 26) * Math.PI * 2 + random(),
    out: 0.3 + random() * 0.9,
    up: random() ** 1.6,
    pace: 0.8 + random() * 0.7,
    size: (34 + random() * 46) * unit,
    image: index % images.length,
  }))
  const cloud = (ctx: Parameters<Layer>[0], view: Parameters<Layer>[1], front: boolean): void => {
    const at = along(1, view.seconds)
    const reach = wide * (slim + 0.5)
    lookAt(ctx, view, DEPTH)
    for (const puff of puffs) {
      const angle = puff.at + view.seconds * puff.pace
      if (Math.sin(angle) > 0 !== front) continue
      const px = at.x + Math.cos(angle) * reach * puff.out
      const py = foot - puff.up * 66 * unit + Math.sin(angle) * reach * 0.12 - puff.size * 0.2
      const half = Math.max(16, puff.size * (1 - puff.up * 0.3))
      ctx.globalAlpha = 0.72 * (1 - puff.up * 0.7)
      ctx.drawImage(images[puff.image]!, px - half, py - half, half * 2, half * 2)
    }
    ctx.globalAlpha = 1
  }
  return (ctx, view) => {
    cloud(ctx, view, false)
    lookAt(ctx, view, DEPTH)
    const first = along(0, view.seconds)
    const body = ctx.createLinearGradient(first.x - side * wide * 0.5, 0, first.x + side * wide * 0.5, 0)
    body.addColorStop(0, css(dark, 0.96))
    body.addColorStop(0.45, css(mix(dark, light, 0.22), 0.96))
    body.addColorStop(0.8, css(mix(dark, light, 0.55), 0.94))
    body.addColorStop(1, css(mix(dark, light, 0.3), 0.9))
    ctx.fillStyle = body
    ctx.beginPath()
    for (let piece = 0; piece <= PIECES; piece++) {
      const at = along(piece / PIECES, view.seconds)
      ctx.lineTo(at.x - at.half, at.y)
    }
    for (let piece = PIECES; piece >= 0; piece--) {
      const at = along(piece / PIECES, view.seconds)
      ctx.lineTo(at.x + at.half, at.y)
    }
    ctx.closePath()
    ctx.fill()
    ctx.setTransform(1, 0, 0, 1, 0, 0)
    // Bands of cloud and dust that run round it, seen on the side that is turned to the eye.
    for (const streak of streaks) {
      const u = (streak.u + view.seconds * 0.05) % 1
      const at = along(u, view.seconds)
      const angle = streak.at + view.seconds * (2.2 + u * 2.6)
      const turned = Math.cos(angle)
      if (turned < -0.15) continue
      const px = at.x + Math.sin(angle) * at.half
      const shine = 0.5 + Math.sin(angle) * side * 0.5
      dabs.paint(
        streak.pale < 0.5 ? mix(dark, light, 0.2 + shine * 0.75) : mix(dark, dust, u * 0.5),
        0.3 * Math.min(1, turned + 0.4),
      )
      dabs.ellipse(
        xAt(view, px, DEPTH),
        yAt(view, at.y, DEPTH),
        at.half * 0.42 * streak.long * (0.35 + turned * 0.65),
        (streak.thick + at.half * 0.03) * unit,
        -0.14 * Math.cos(angle * 0.5) * side,
      )
    }
    const at = along(1, view.seconds)
    for (const piece of rubble) {
      const angle = piece.at + view.seconds * piece.pace
      dabs.paint(mix(dust, dark, 0.7), 0.85)
      dabs.ellipse(
        xAt(view, at.x + Math.cos(angle) * wide * 0.5 * piece.out, DEPTH),
        yAt(view, foot - piece.up * 130 * unit - Math.sin(angle) * 8 * unit, DEPTH),
        piece.size * 1.6,
        piece.size * 0.7,
        angle * 2,
      )
    }
    dabs.lay(view.frameCanvas)
    cloud(ctx, view, true)
    ctx.setTransform(1, 0, 0, 1, 0, 0)
  }
}
