import { createRandom, type Random } from '../random.ts'
import { CAPSULE, type Capsules, type Triple } from './compose.ts'

/** What small things are drawn into, and how they find their light. Lengths are pixels of the frame. */
export type Air = {
  seed: number
  width: number
  height: number
  /** One at 720 pixels of the shorter side. */
  unit: number
  /** How many there are to be: 1 is what the plain word means. */
  amount: number
  /** Mean light of the picture, 0 to 1: snow at night is not as white as by day. */
  light: number
  /** Seconds that the shutter is open. */
  shutter: number
}

/** Writes what is in the air at a time; `on` (0 to 1) fades it in. */
export type Fall = (seconds: number, on: number) => Capsules

/** What a stroke is of: matter that covers, light that is added, or matter pointed at both ends. */
type Paint = 'matter' | 'light' | 'leaf'

const PAINTS = { matter: 0, light: 1, leaf: 2 } as const

/** What draws strokes: half its width, how much of that is soft, and its paint, matter if that is not given. */
type Brush = { radius: number; soft: number; colour: Triple; paint?: Paint }

/** A soft stroke along a line, or a dot at a place; its strength is 0 to 1, at both ends if they differ. */
type Stroke = (
  line: readonly [x: number, y: number, toX?: number, toY?: number],
  strength: number | readonly [from: number, to: number],
  brush: Brush,
) => void

export const wrap = (value: number, span: number): number => ((value % span) + span) % span

/**
 * Something of which there are many: each drawn by `draw` as up to `strokes` strokes. Only what is `made` is kept from
 * one frame to the next.
 */
export const createFall = <Grain>(
  air: Air,
  kind: { name: string; count: number; strokes: number },
  make: (random: Random) => Grain,
  draw: (grain: Grain, seconds: number, on: number, stroke: Stroke) => void,
): Fall => {
  const random = createRandom(air.seed, kind.name)
  const grains = Array.from({ length: Math.round(kind.count * air.amount) }, () => make(random))
  const list = new Float32Array(grains.length * kind.strokes * CAPSULE)
  let at = 0
  const stroke: Stroke = ([x, y, toX = x, toY = y], strength, { radius, soft, colour, paint = 'matter' }) => {
    const [first, last] = typeof strength === 'number' ? [strength, strength] : strength
    // Too fine to be drawn whole, it is drawn fainter.
    const drawn = Math.max(radius, 0.8)
    const faint = Math.min(1, radius / 0.8)
    list[at] = x
    list[at + 1] = y
    list[at + 2] = toX
    list[at + 3] = toY
    list[at + 4] = drawn
    list[at + 5] = Math.max(0.7, Math.min(drawn, soft))
    list[at + 6] = first * faint
    list[at + 7] = last * faint
    list.set(colour, at + 8)
    list[at + 11] = PAINTS[paint]
    at += CAPSULE
  }
  return (seconds, on) => {
    at = 0
    for (const grain of grains) draw(grain, seconds, on, stroke)
    return { list, count: at / CAPSULE }
  }
}
