import type { Rgb } from '../../../rgb.ts'
import { css, mix, shift } from '../../../canvas/colour.ts'
import { coverBox, type Layer } from '../../layers.ts'
import { drawSprite, paintSprite } from '../../../canvas/sprite.ts'
import type { SceneContext } from '../../context.ts'
import { lookAt } from '../../../canvas/camera-view.ts'

export type Sea = { top: Rgb; mid: Rgb; low: Rgb; light: Rgb }

/** Rocks and corals that stand on the sea floor at the sides. */
export const reefLayer = (scene: SceneContext, sea: Sea, near: boolean): Layer => {
  const { width, height, unit } = scene
  const random = scene.random(`reef ${near}`)
  const depth = near ? 1.1 : 0.55
  const far = near ? 0.12 : 0.55
  const box = coverBox(scene, depth)
  const corals: readonly Rgb[] = [
    [232, 96, 92],
    [240, 160, 84],
    [206, 98, 168],
    [240, 206, 120],
    [120, 92, 190],
    [96, 190, 160],
  ]
  const sprite = paintSprite(box, depth, (ctx) => {
    const base = near ? height * 1.02 : height * 0.84
    const rock = mix(mix([42, 58, 74], sea.low, 0.5), sea.mid, far * 0.7)
    for (let index = 0; index < 11; index++) {
      const side = index % 2 === 0 ? -1 : 1
      const x = width * (0.5 + side * (0.26 + random() * 0.3))
      const size = (near ? 60 + random() * 120 : 26 + random() * 60) * unit
      ctx.fillStyle = css(shift(rock, (random() - 0.5) * 0.05))
      ctx.beginPath()
      ctx.moveTo(x - size * 1.2, base + 20 * unit)
      for (let step = 0; step <= 18; step++) {
        const u = step / 18
        ctx.lineTo(x + (u - 0.5) * size * 2.4, base - Math.sin(u * Math.PI) ** 0.6 * size * (0.7 + random() * 0.16))
      }
      ctx.lineTo(x + size * 1.2, base + 20 * unit)
      ctx.fill()
      for (let plant = 0; plant < 5; plant++) {
        const cx = x + (random() - 0.5) * size * 1.8
        const cy = base - size * (0.35 + random() * 0.35)
        const tone = mix(mix(corals[Math.floor(random() * corals.length)]!, sea.mid, 0.3), sea.mid, far)
        const tall = size * (0.32 + random() * 0.4)
        if (random() < 0.55) branchCoral(ctx, random, cx, cy, -Math.PI / 2, tall * 0.5, css(tone), tall * 0.075)
        else {
          ctx.fillStyle = css(tone)
          for (let blob = 0; blob < 9; blob++) {
            ctx.beginPath()
            ctx.ellipse(
              cx + (random() - 0.5) * tall,
              cy + random() * tall * 0.2,
              tall * (0.12 + random() * 0.14),
              tall * (0.2 + random() * 0.2),
              0,
              0,
              Math.PI * 2,
            )
            ctx.fill()
            ctx.fillStyle = css(shift(tone, (random() - 0.4) * 0.08))
          }
        }
      }
    }
  })
  return (ctx, view) => drawSprite(ctx, view, sprite)
}

const branchCoral = (
  ctx: Parameters<Layer>[0],
  random: () => number,
  x: number,
  y: number,
  angle: number,
  long: number,
  tone: string,
  thick: number,
): void => {
  const ex = x + Math.cos(angle) * long
  const ey = y + Math.sin(angle) * long
  ctx.strokeStyle = tone
  ctx.lineCap = 'round'
  ctx.lineWidth = thick
  ctx.beginPath()
  ctx.moveTo(x, y)
  ctx.lineTo(ex, ey)
  ctx.stroke()
  if (thick < 1) return
  const count = 2 + Math.floor(random() * 2)
  for (let index = 0; index < count; index++)
    branchCoral(ctx, random, ex, ey, angle + (random() - 0.5) * 1.5, long * (0.6 + random() * 0.2), tone, thick * 0.7)
}

/** Ribbons of kelp that wave from the floor. */
export const kelpLayer = (scene: SceneContext, sea: Sea): Layer => {
  const { width, height, unit } = scene
  const random = scene.random('kelp')
  const stems = Array.from({ length: 22 }, (_, index) => {
    const side = index % 2 === 0 ? -1 : 1
    const near = random()
    return {
      x: width * (0.5 + side * (0.24 + random() * 0.3)),
      y: height * (0.92 + near * 0.12),
      tall: (120 + random() * 260) * unit * (0.6 + near * 0.6),
      wide: (4 + near * 7) * unit,
      phase: random() * 6,
      tone: css(mix(mix([40, 110, 70], sea.low, 0.4), sea.mid, 0.5 * (1 - near))),
    }
  })
  return (ctx, view) => {
    lookAt(ctx, view, 0.95)
    for (const stem of stems) {
      ctx.fillStyle = stem.tone
      ctx.beginPath()
      const point = (u: number): number =>
        Math.sin(view.seconds * 0.9 + stem.phase + u * 3.4) * 26 * unit * u +
        Math.sin(view.seconds * 0.5 + stem.phase) * 18 * unit * u
      for (let step = 0; step <= 16; step++) {
        const u = step / 16
        const leaf = stem.wide * (1 + 0.8 * Math.sin(u * 22 + stem.phase)) * (1 - u * 0.85)
        ctx.lineTo(stem.x + point(u) - leaf, stem.y - u * stem.tall)
      }
      for (let step = 16; step >= 0; step--) {
        const u = step / 16
        const leaf = stem.wide * (1 + 0.8 * Math.sin(u * 22 + stem.phase + 2)) * (1 - u * 0.85)
        ctx.lineTo(stem.x + point(u) + leaf, stem.y - u * stem.tall)
      }
      ctx.fill()
    }
    ctx.setTransform(1, 0, 0, 1, 0, 0)
  }
}
