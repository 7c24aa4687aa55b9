import type { SKRSContext2D } from '@napi-rs/canvas'
import type { Rgb } from '../../../rgb.ts'
import type { Random } from '../../../random.ts'
import { BOOKS } from './books.ts'
import { fillShape } from '../../../canvas/drawing.ts'
import { shift } from '../../../canvas/colour.ts'
import type { SceneContext } from '../../context.ts'

/** A hall in one-point perspective: `x` -1 to 1 between its walls, `y` 0 floor to 1 the springing of its vault, `z` 1 far to 0 at the eye. */
type Hall = {
  to: (x: number, y: number, z: number) => [number, number]
  dim: (z: number) => number
  end: number
}

export const hallOf = (scene: SceneContext, vanish: { x: number; y: number }, eye: number, end: number): Hall => {
  const { width, height } = scene
  const half = Math.max(width * 0.5, height * 0.34)
  const tall = Math.max(height * 0.86, width * 0.5)
  return {
    end,
    dim: (z) => Math.min(1, z / end),
    to: (x, y, z) => {
      const scale = 1 / (0.82 + z)
      return [vanish.x + x * half * scale * 1.12, vanish.y - (y - eye) * tall * scale * 1.12]
    },
  }
}

/** The wall of shelves at one side, full of spines, from one height up to another. */
export const shelves = (
  ctx: SKRSContext2D,
  random: Random,
  hall: Hall,
  side: number,
  paint: (c: Rgb, z: number) => string,
  { wood, low: floor, high: ceiling }: { wood: Rgb; low: number; high: number },
): void => {
  const quad = (y1: number, y2: number, z1: number, z2: number, x: number, fill: string): void =>
    fillShape(
      ctx,
      [hall.to(side * x, y1, z1), hall.to(side * x, y1, z2), hall.to(side * x, y2, z2), hall.to(side * x, y2, z1)],
      fill,
    )
  const rows = Math.round((ceiling - floor) * 5.4)
  const tall = ceiling - floor - 0.12
  const foot = floor + 0.1
  const bays = 7
  for (let bay = bays - 1; bay >= 0; bay--) {
    const z1 = -0.5 + ((hall.end + 0.5) * bay) / bays
    const z2 = -0.5 + ((hall.end + 0.5) * (bay + 1)) / bays
    quad(floor, ceiling, z1, z2, 1, paint(shift(wood, -0.16), (z1 + z2) / 2))
    for (let row = 0; row < rows; row++) {
      const low = foot + (row / rows) * tall
      const high = foot + ((row + 1) / rows) * tall
      let z = z1 + 0.045
      while (z < z2 - 0.05) {
        if (random() < 0.05) z += 0.03 + random() * 0.05
        const thick = 0.016 + random() * 0.03
        const colour = BOOKS[Math.floor(random() * BOOKS.length)]!
        const top = low + (high - low) * (0.62 + random() * 0.24)
        const own = shift(colour, (random() - 0.5) * 0.1)
        quad(low, top, z, Math.min(z2 - 0.03, z + thick), 0.985, paint(own, z))
        if (random() < 0.4) {
          const band = low + (top - low) * (0.7 + random() * 0.15)
          quad(band, band + (high - low) * 0.05, z, Math.min(z2 - 0.03, z + thick), 0.984, paint([214, 176, 98], z))
        }
        z += thick + 0.002
      }
      quad(low - 0.022, low, z1, z2, 0.972, paint(shift(wood, 0.05), z1))
      quad(high - 0.05, high - 0.022, z1, z2, 0.99, paint(shift(wood, -0.26), z1))
    }
    quad(floor, ceiling + 0.02, z1 - 0.03, z1 + 0.03, 0.955, paint(shift(wood, 0.03), z1))
    fillShape(
      ctx,
      [
        hall.to(side * 0.955, floor, z1 + 0.03),
        hall.to(side, floor, z1 + 0.03),
        hall.to(side, ceiling + 0.02, z1 + 0.03),
        hall.to(side * 0.955, ceiling + 0.02, z1 + 0.03),
      ],
      paint(shift(wood, -0.12), z1),
    )
  }
  quad(ceiling - 0.04, ceiling + 0.06, -0.5, hall.end, 0.95, paint(shift(wood, -0.02), 1.6))
}

/** The far wall with its tall arched window; the window itself is left clear. */
export const farWall = (
  ctx: SKRSContext2D,
  hall: Hall,
  paint: (c: Rgb, z: number) => string,
  arch: (ctx: SKRSContext2D) => void,
): void => {
  const wall = (): void => {
    for (const [x, y] of [
      [-1, 0],
      [-1, 3.4],
      [1, 3.4],
      [1, 0],
    ] as const)
      ctx.lineTo(...hall.to(x, y, hall.end))
    ctx.closePath()
  }
  ctx.beginPath()
  wall()
  arch(ctx)
  ctx.fillStyle = paint([128, 98, 70], hall.end)
  ctx.fill('evenodd')
}

/** The shapes of a far window: one with a round head, two of them, a rose, or a plain one. */
export const WINDOWS = ['arch', 'pair', 'rose', 'plain'] as const

/** The outline of a window in the far wall, between two heights; `wide` is half its breadth. */
export const outlineOf =
  (hall: Hall, kind: (typeof WINDOWS)[number], wide: number, low: number, high: number) =>
  (ctx: SKRSContext2D): void => {
    const head = (from: number, to: number): void => {
      const [left, bottom] = hall.to(from, low, hall.end)
      const [right, spring] = hall.to(to, high, hall.end)
      ctx.moveTo(left, bottom)
      ctx.lineTo(left, spring)
      if (kind !== 'plain') ctx.arc((left + right) / 2, spring, (right - left) / 2, Math.PI, 0)
      ctx.lineTo(right, spring)
      ctx.lineTo(right, bottom)
      ctx.closePath()
    }
    if (kind === 'pair') {
      head(-wide * 1.15, -wide * 0.12)
      head(wide * 0.12, wide * 1.15)
    } else if (kind === 'rose') {
      const [x, y] = hall.to(0, (low + high) / 2 + 0.2, hall.end)
      const [edge] = hall.to(wide, 0, hall.end)
      ctx.moveTo(edge, y)
      ctx.arc(x, y, edge - x, 0, Math.PI * 2)
      ctx.closePath()
    } else head(-wide, wide)
  }
