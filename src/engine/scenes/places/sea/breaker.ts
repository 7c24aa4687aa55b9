import type { SKRSContext2D } from '@napi-rs/canvas'
import { css, mix, shift } from '../../../canvas/colour.ts'
import { linearGradient } from '../../../canvas/gradients.ts'
import { fillRectangle } from '../../../canvas/paths.ts'
import { drawSprite, paintSprite } from '../../../canvas/sprite.ts'
import { type Layer, layerAt, type SceneContext } from '../../layers.ts'
import type { Random } from '../../../random.ts'
import type { SeaColours } from './swell.ts'
import { fillCircle } from '../../../canvas/curves.ts'

type Spot = readonly [x: number, y: number]

/** Points along joined cubic curves, given as x and y in turn: a start, then three points for each piece. */
const along = (points: readonly number[], steps: number): Spot[] => {
  const pieces = (points.length / 2 - 1) / 3
  return Array.from({ length: steps + 1 }, (_, step): Spot => {
    const at = (step / steps) * pieces
    const piece = Math.min(pieces - 1, Math.floor(at))
    const t = at - piece
    const blend = (axis: 0 | 1): number => {
      const [a = 0, , b = 0, , c = 0, , d = 0] = points.slice(piece * 6 + axis)
      return (1 - t) ** 3 * a + 3 * t * (1 - t) ** 2 * b + 3 * t * t * (1 - t) * c + t ** 3 * d
    }
    return [blend(0), blend(1)]
  })
}

const STEPS = 72

/** Its back, from the water behind up over the crest to the tip of the lip. */
const BACK = along(
  [
    -2.3, 0.06, -1.5, -0.02, -0.95, -0.5, -0.5, -0.83, -0.25, -1.0, 0.1, -1.06, 0.36, -0.95, 0.56, -0.86, 0.68, -0.68,
    0.66, -0.5,
  ],
  STEPS,
)
/** Its hollow face, from the water before it to that tip. */
const FACE = along(
  [
    1.5, 0.1, 0.8, 0.08, 0.24, 0.02, 0.05, -0.24, -0.08, -0.46, 0.02, -0.72, 0.26, -0.76, 0.44, -0.78, 0.58, -0.68,
    0.66, -0.5,
  ],
  STEPS,
)

/** A point of the water between its face (0) and its back (1). */
const within = (share: number, index: number): Spot => {
  const [bx, by] = BACK[index]!
  const [fx, fy] = FACE[index]!
  return [fx + (bx - fx) * share, fy + (by - fy) * share]
}

const paintWater = (ctx: SKRSContext2D, random: Random, sea: SeaColours): void => {
  ctx.beginPath()
  for (const [x, y] of BACK) ctx.lineTo(x, y)
  for (const [x, y] of FACE.toReversed()) ctx.lineTo(x, y)
  ctx.quadraticCurveTo(0.9, 0.3, 0, 0.42)
  ctx.lineTo(-2.3, 0.5)
  ctx.closePath()
  ctx.fillStyle = linearGradient(
    ctx,
    [0, -1.05, 0, 0.3],
    [0, mix(sea.crest, sea.mid, 0.2)],
    [0.4, sea.mid],
    [1, sea.deep],
  )
  ctx.fill()
  ctx.save()
  ctx.clip()
  // The lines of the water run from the foot up its face and over into the lip.
  const bands = 26
  for (let band = 0; band < bands; band++) {
    const share = (band + 0.5) / bands
    const wide = 0.006 + random() * 0.022
    const dark = random() < 0.55
    ctx.fillStyle = dark ? css(shift(sea.deep, 0.02), 0.34) : css(mix(sea.crest, sea.foam, 0.3), 0.3)
    ctx.beginPath()
    const first = Math.floor(random() * 12)
    for (let index = first; index <= STEPS; index++) ctx.lineTo(...within(share - wide, index))
    for (let index = STEPS; index >= first; index--) ctx.lineTo(...within(share + wide, index))
    ctx.fill()
  }
  const hollow = ctx.createRadialGradient(0.5, -0.3, 0.05, 0.4, -0.3, 0.75)
  hollow.addColorStop(0, css(sea.deep, 0.66))
  hollow.addColorStop(1, css(sea.deep, 0))
  fillRectangle(ctx, hollow, [-0.4, -1, 2, 1.6])
  ctx.restore()
}

const paintFoam = (ctx: SKRSContext2D, random: Random, sea: SeaColours): void => {
  const clot = (x: number, y: number, radius: number, shade: number): void => {
    fillCircle(ctx, css(mix(sea.foam, sea.mid, shade)), [x, y, radius])
  }
  // Along the crest, growing towards the lip.
  for (const [pass, shade] of [0.5, 0.22, 0].entries())
    for (let index = Math.round(STEPS * 0.36); index <= STEPS; index++) {
      const [x, y] = BACK[index]!
      const grown = (index / STEPS - 0.36) / 0.64
      for (let count = 0; count < 7; count++) {
        const near = random() ** 2
        clot(
          x - near * 0.16 * grown * (random() - 0.2) + (2 - pass) * 0.008,
          y + (near - 0.12) * 0.15 * grown + (2 - pass) * 0.014,
          (0.004 + grown * 0.016) * (0.3 + random()) * (1.2 - near * 0.6),
          shade,
        )
      }
    }
  // Claws: threads that hang from the lip and curl back into the hollow, each ending in drops.
  for (let claw = 0; claw < 44; claw++) {
    const at = 0.56 + (claw / 44) * 0.44
    const [x, y] = BACK[Math.min(STEPS, Math.round(STEPS * at))]!
    const long = (0.06 + random() * 0.17) * (0.5 + at * 0.5)
    const curl = 0.5 + random()
    for (let part = 0; part < 12; part++) {
      const down = part / 11
      clot(
        x + 0.01 - Math.sin(down * curl * 1.6) * long * 0.55 + (random() - 0.5) * 0.006,
        y + down * long,
        0.0125 * (1 - down * 0.72) * (0.7 + random() * 0.5),
        random() * 0.2,
      )
    }
  }
  // Along its foot.
  for (let count = 0; count < 420; count++) {
    const x = 0.3 + (random() + random() + random() - 1.5) * 1.5
    const lift = Math.max(0, 0.5 - Math.abs(x - 0.55)) * 0.3
    clot(x, 0.15 + random() * 0.16 - lift * random(), 0.003 + random() ** 3 * 0.012, random() * 0.6)
  }
}

/** Its foot melts into the water before it. */
const meltFoot = (ctx: SKRSContext2D): void => {
  ctx.globalCompositeOperation = 'destination-out'
  fillRectangle(ctx, linearGradient(ctx, [0, 0.12, 0, 0.4], [0, [0, 0, 0], 0], [1, [0, 0, 0]]), [-3, 0.12, 6, 1])
  ctx.globalCompositeOperation = 'source-over'
}

/** One great wave that stands up at a side and leans over to break, with spray torn off its lip. `tall` in pixels. */
export const breakerLayer = (
  scene: SceneContext,
  sea: SeaColours,
  at: { x: number; y: number; tall: number; side: number; depth: number },
): Layer => {
  const random = scene.random('breaker')
  const { unit } = scene
  const { x, y, tall, side } = at
  const box = { x: x - 2.4 * tall, y: y - 1.25 * tall, width: 4.8 * tall, height: 1.8 * tall }
  const sprite = paintSprite(box, at.depth, (ctx) => {
    ctx.translate(x, y)
    ctx.scale(side * tall, tall)
    paintWater(ctx, random, sea)
    paintFoam(ctx, random, sea)
    meltFoot(ctx)
  })
  const drops = Array.from({ length: 120 }, () => ({
    from: random(),
    at: random(),
    pace: 0.3 + random() * 0.4,
    up: 0.1 + random() * 0.34,
    ahead: 0.2 + random() * 0.6,
    size: (0.7 + random() ** 3 * 3) * unit,
  }))
  const spray = css(sea.foam, 0.9)
  return layerAt(at.depth, (ctx, view) => {
    const heave = Math.sin(view.progress * Math.PI * 0.9 - 0.5)
    const run = side * (view.seconds - scene.seconds / 2) * 22 * unit
    drawSprite(ctx, view, sprite, run + side * heave * tall * 0.04, -heave * tall * 0.05)
    ctx.translate(x + run, y - heave * tall * 0.05)
    ctx.scale(side, 1)
    ctx.fillStyle = spray
    for (const drop of drops) {
      const age = (drop.at + view.seconds * drop.pace) % 1
      const rootX = (-0.3 + drop.from * 0.94) * tall
      const rootY = (-1.02 + Math.max(0, drop.from - 0.55) * 1.1) * tall
      ctx.globalAlpha = (1 - age) * Math.min(1, age * 8)
      ctx.beginPath()
      ctx.arc(
        rootX + (drop.ahead * age - 0.1) * tall * 0.5,
        rootY - (drop.up * age - age * age * 0.36) * tall,
        drop.size * (1 - age * 0.5),
        0,
        Math.PI * 2,
      )
      ctx.fill()
    }
    ctx.globalAlpha = 1
  })
}
