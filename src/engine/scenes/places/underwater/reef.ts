import type { Random } from '../../../random.ts'
import { type Rgb, rgb } from '../../../rgb.ts'
import type { DrawingContext } from '../../../canvas/drawing-context.ts'
import { css, mix, shift } from '../../../canvas/colour.ts'
import { fillEllipse, strokeLine } from '../../../canvas/paths.ts'
import { coverBox, type Layer, layerAt, type SceneContext, still } from '../../layers.ts'
import { paintSprite } from '../../../canvas/sprite.ts'

/** The colours of the water from its surface down, and of the light in it. */
export type Sea = { top: Rgb; mid: Rgb; low: Rgb; light: Rgb }

const CORALS = [0xe8605c, 0xf0a054, 0xce62a8, 0xf0ce78, 0x785cbe, 0x60bea0].map(rgb)

type Branch = { x: number; y: number; angle: number; long: number; thick: number }

/** A coral of branches, in the context's own stroke colour. */
const paintBranch = (ctx: DrawingContext, random: Random, { x, y, angle, long, thick }: Branch): void => {
  const [endX, endY] = [x + Math.cos(angle) * long, y + Math.sin(angle) * long]
  strokeLine(ctx, [x, y, endX, endY], thick)
  if (thick < 1) return
  const count = 2 + Math.floor(random() * 2)
  for (let index = 0; index < count; index++)
    paintBranch(ctx, random, {
      x: endX,
      y: endY,
      angle: angle + (random() - 0.5) * 1.5,
      long: long * (0.6 + random() * 0.2),
      thick: thick * 0.7,
    })
}

/** A coral of round lumps. */
const paintLumps = (
  ctx: DrawingContext,
  random: Random,
  { x, y, tall }: { x: number; y: number; tall: number },
  tone: Rgb,
): void => {
  let paint = css(tone)
  for (let lump = 0; lump < 9; lump++) {
    fillEllipse(ctx, paint, [
      x + (random() - 0.5) * tall,
      y + random() * tall * 0.2,
      tall * (0.12 + random() * 0.14),
      tall * (0.2 + random() * 0.2),
    ])
    paint = css(shift(tone, (random() - 0.4) * 0.08))
  }
}

/** Rocks and corals that stand on the sea floor at the sides. */
export const reefLayer = (scene: SceneContext, sea: Sea, near: boolean): Layer => {
  const { width, height, unit } = scene
  const random = scene.random(`reef ${near}`)
  const depth = near ? 1.1 : 0.55
  const far = near ? 0.12 : 0.55
  const base = near ? height * 1.02 : height * 0.84
  const rock = mix(mix([42, 58, 74], sea.low, 0.5), sea.mid, far * 0.7)
  const paintRock = (ctx: DrawingContext, x: number, size: number): void => {
    ctx.fillStyle = css(shift(rock, (random() - 0.5) * 0.05))
    ctx.beginPath()
    ctx.moveTo(x - size * 1.2, base + 20 * unit)
    for (let step = 0; step <= 18; step++) {
      const u = step / 18
      ctx.lineTo(x + (u - 0.5) * size * 2.4, base - Math.sin(u * Math.PI) ** 0.6 * size * (0.7 + random() * 0.16))
    }
    ctx.lineTo(x + size * 1.2, base + 20 * unit)
    ctx.fill()
  }
  const sprite = paintSprite(coverBox(scene, depth), depth, (ctx) => {
    ctx.lineCap = 'round'
    for (let index = 0; index < 11; index++) {
      const side = index % 2 === 0 ? -1 : 1
      const rockX = width * (0.5 + side * (0.26 + random() * 0.3))
      const size = (near ? 60 + random() * 120 : 26 + random() * 60) * unit
      paintRock(ctx, rockX, size)
      for (let coral = 0; coral < 5; coral++) {
        const x = rockX + (random() - 0.5) * size * 1.8
        const y = base - size * (0.35 + random() * 0.35)
        const tone = mix(mix(CORALS[Math.floor(random() * CORALS.length)]!, sea.mid, 0.3), sea.mid, far)
        const tall = size * (0.32 + random() * 0.4)
        ctx.strokeStyle = css(tone)
        if (random() < 0.55)
          paintBranch(ctx, random, { x, y, angle: -Math.PI / 2, long: tall * 0.5, thick: tall * 0.075 })
        else paintLumps(ctx, random, { x, y, tall }, tone)
      }
    }
  })
  return still(sprite)
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
  return layerAt(0.95, (ctx, view) => {
    for (const stem of stems) {
      ctx.fillStyle = stem.tone
      ctx.beginPath()
      const addEdge = (u: number, side: number, phase: number): void => {
        const sway =
          Math.sin(view.seconds * 0.9 + stem.phase + u * 3.4) * 26 * unit * u +
          Math.sin(view.seconds * 0.5 + stem.phase) * 18 * unit * u
        const leaf = stem.wide * (1 + 0.8 * Math.sin(u * 22 + stem.phase + phase)) * (1 - u * 0.85)
        ctx.lineTo(stem.x + sway + side * leaf, stem.y - u * stem.tall)
      }
      for (let step = 0; step <= 16; step++) addEdge(step / 16, -1, 0)
      for (let step = 16; step >= 0; step--) addEdge(step / 16, 1, 2)
      ctx.fill()
    }
  })
}
