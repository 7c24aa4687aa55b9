import type { Rgb } from '../../../rgb.ts'
import { pick, type Random } from '../../../random.ts'
import type { DrawingContext } from '../../../canvas/drawing-context.ts'
import { BOOKS } from './books.ts'
import { fillShape } from '../../../canvas/drawing.ts'
import { shift } from '../../../canvas/colour.ts'
import { faceAcross, faceAlong, type Projection } from '../../built/perspective.ts'
import type { SceneContext } from '../../layers.ts'

/** A hall in one-point perspective: `x` -1 to 1 between its walls, `y` 0 floor to 1 the springing of its vault, `z` 1 far to 0 at the eye. */
type Hall = {
  to: Projection
  dim: (z: number) => number
  end: number
}

/** What is painted in a hall, and how a colour looks at a distance in it. */
export type Room = { hall: Hall; wood: Rgb; paint: (colour: Rgb, z: number) => string }

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

const BAYS = 7

/** Paints upright faces that run along one side of the hall. */
const facesOf =
  (ctx: DrawingContext, { to }: Hall, side: number) =>
  (x: number, [y1, y2]: readonly [number, number], zs: readonly [number, number], fill: string): void =>
    fillShape(ctx, faceAlong(to, [side * x, y1], [side * x, y2], zs), fill)

/** One shelf of a bay, from its board up to the next: books of all heights, some with a gilt band. */
const paintShelf = (
  ctx: DrawingContext,
  random: Random,
  { hall, wood, paint }: Room,
  side: number,
  { low, high, from, to }: { low: number; high: number; from: number; to: number },
): void => {
  const face = facesOf(ctx, hall, side)
  let z = from + 0.045
  while (z < to - 0.05) {
    if (random() < 0.05) z += 0.03 + random() * 0.05
    const thick = 0.016 + random() * 0.03
    const colour = pick(random, BOOKS)
    const top = low + (high - low) * (0.62 + random() * 0.24)
    const own = shift(colour, (random() - 0.5) * 0.1)
    const ends = [z, Math.min(to - 0.03, z + thick)] as const
    face(0.985, [low, top], ends, paint(own, z))
    if (random() < 0.4) {
      const band = low + (top - low) * (0.7 + random() * 0.15)
      face(0.984, [band, band + (high - low) * 0.05], ends, paint([214, 176, 98], z))
    }
    z += thick + 0.002
  }
  face(0.972, [low - 0.022, low], [from, to], paint(shift(wood, 0.05), from))
  face(0.99, [high - 0.05, high - 0.022], [from, to], paint(shift(wood, -0.26), from))
}

/** The wall of shelves at one side, full of spines, from one height up to another. */
export const paintShelves = (
  ctx: DrawingContext,
  random: Random,
  room: Room,
  side: number,
  [floor, ceiling]: readonly [number, number],
): void => {
  const { hall, wood, paint } = room
  const face = facesOf(ctx, hall, side)
  const rows = Math.round((ceiling - floor) * 5.4)
  const tall = ceiling - floor - 0.12
  const foot = floor + 0.1
  for (let bay = BAYS - 1; bay >= 0; bay--) {
    const z1 = -0.5 + ((hall.end + 0.5) * bay) / BAYS
    const z2 = -0.5 + ((hall.end + 0.5) * (bay + 1)) / BAYS
    face(1, [floor, ceiling], [z1, z2], paint(shift(wood, -0.16), (z1 + z2) / 2))
    for (let row = 0; row < rows; row++) {
      const [low, high] = [foot + (row / rows) * tall, foot + ((row + 1) / rows) * tall]
      paintShelf(ctx, random, room, side, { low, high, from: z1, to: z2 })
    }
    face(0.955, [floor, ceiling + 0.02], [z1 - 0.03, z1 + 0.03], paint(shift(wood, 0.03), z1))
    const front = z1 + 0.03
    fillShape(
      ctx,
      faceAcross(hall.to, [side * 0.955, side], [floor, front], [ceiling + 0.02, front]),
      paint(shift(wood, -0.12), z1),
    )
  }
  face(0.95, [ceiling - 0.04, ceiling + 0.06], [-0.5, hall.end], paint(shift(wood, -0.02), 1.6))
}

/** The far wall with its tall arched window; the window itself is left clear. */
export const paintFarWall = (ctx: DrawingContext, { hall, paint }: Room, arch: (ctx: DrawingContext) => void): void => {
  const to = (x: number, y: number): [number, number] => hall.to(x, y, hall.end)
  ctx.beginPath()
  for (const corner of [to(-1, 0), to(-1, 3.4), to(1, 3.4), to(1, 0)]) ctx.lineTo(...corner)
  ctx.closePath()
  arch(ctx)
  ctx.fillStyle = paint([128, 98, 70], hall.end)
  ctx.fill('evenodd')
}

/** The shapes of a far window: one with a round head, two of them, a rose, or a plain one. */
export const WINDOWS = ['arch', 'pair', 'rose', 'plain'] as const

/** The outline of a window in the far wall, between two heights; `wide` is half its breadth. */
export const outlineOf =
  (hall: Hall, kind: (typeof WINDOWS)[number], wide: number, low: number, high: number) =>
  (ctx: DrawingContext): void => {
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
