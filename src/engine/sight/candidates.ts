import type { Words32 } from './field.ts'
import { type Bonds, cutGrid } from './cut.ts'
import { grown, type Mask, partAt } from './mask.ts'
import { apart, bondsOf, type Box, classesOf, histogramOf, openWindow, overlapOf, type Window } from './window.ts'

/** What may stand at a place: a window around it, and which of its cells it covers. */
export type Candidate = { window: Window; classes: Uint16Array; mask: Mask }

/** How far a window reaches, in radii. Beyond is background. */
const REACH = 3.2
/** So near to the place, in radii, all is taken for part of it; and from so far on there is some background. */
const CORE = 0.25
const FIRST = 1.6
const ROUNDS = 3
/** Cells along a window's longer side. */
const CELLS = 92
/** Parts of a unit of likelihood, for whole numbers. */
export const UNIT = 1000
export const SURE = 50 * UNIT

export type View = { window: Window; classes: Uint16Array; bonds: Bonds }

export const viewOf = (source: Words32, box: Box, cells: number): View => {
  const window = openWindow(source, box, cells)
  return { window, classes: classesOf(window), bonds: bondsOf(window) }
}

/** What is inside a picture of what reaches so far from a place. */
const boxAround = ({ width, height }: Words32, x: number, y: number, reach: number): Box => {
  const left = Math.max(0, Math.floor(x - reach))
  const top = Math.max(0, Math.floor(y - reach))
  const right = Math.min(width, Math.ceil(x + reach))
  return { left, top, width: right - left, height: Math.min(height, Math.ceil(y + reach)) - top }
}

/** The cell of a window that a pixel lies in; of one beyond it, the nearest. */
export const cellAt = ({ box, across, down }: Window, x: number, y: number): number => {
  const column = Math.min(across - 1, Math.max(0, Math.floor(((x - box.left) * across) / box.width)))
  const row = Math.min(down - 1, Math.max(0, Math.floor(((y - box.top) * down) / box.height)))
  return row * across + column
}

/** Whether a pixel is covered. */
export const covers = ({ window, mask }: Pick<Candidate, 'window' | 'mask'>, x: number, y: number): boolean => {
  const { left, top, width, height } = window.box
  return x >= left && y >= top && x < left + width && y < top + height && mask[cellAt(window, x, y)] === 1
}

/** The middle of a window's cell, in pixels. */
export const middleOf = ({ box, across, down }: Window, cell: number): readonly [number, number] => [
  box.left + (((cell % across) + 0.5) * box.width) / across,
  box.top + ((Math.floor(cell / across) + 0.5) * box.height) / down,
]

/**
 * What belongs together at a place, looked for within a radius of it (pixels): colours inside and outside are learned from
 * what was taken for either so far, and the two parted anew by the least cut, a few times over (Rother, Kolmogorov and
 * Blake, 2004).
 */
export const candidateAt = (source: Words32, x: number, y: number, radius: number): Candidate => {
  const { window, classes, bonds } = viewOf(source, boxAround(source, x, y, REACH * radius), CELLS)
  const { across, down } = window
  const seed = cellAt(window, x, y)
  const own = (radius * across) / window.box.width
  const [column, row] = [seed % across, Math.floor(seed / across)]
  const far = Float32Array.from(
    { length: across * down },
    (_, cell) => Math.hypot((cell % across) - column, Math.floor(cell / across) - row) / own,
  )
  const core = Math.max(CORE, 1.5 / own)
  let mask: Mask = Uint8Array.from(far, (way) => (way < 1 ? 1 : 0))
  for (let round = 0; round < ROUNDS; round++) {
    const isFirst = round === 0
    const inside = histogramOf(classes, (cell) => (mask[cell] ? (isFirst ? Math.max(0.1, 1 - far[cell]!) : 1) : 0))
    const outside = histogramOf(classes, (cell) => (mask[cell] || (isFirst && far[cell]! <= FIRST) ? 0 : 1))
    const leans = Int32Array.from(far, (way, cell) => {
      if (way < core) return SURE
      if (way > REACH) return -SURE
      const like = Math.log(inside[classes[cell]!]! / outside[classes[cell]!]!)
      // What is near is sooner part of it.
      return Math.round(UNIT * Math.max(-8, Math.min(8, like + 0.63 - 0.39 * way)))
    })
    mask = partAt(cutGrid(across, down, leans, bonds), across, down, seed)
  }
  return { window, classes, mask }
}

const WAYS = [
  [1, 0],
  [-1, 0],
  [0, 1],
  [0, -1],
] as const

/** A change of colour that is noise. */
const NOISE = 0.025
/** An edge below this strength is none; each hundredth of an outline without edge takes three from its worth. */
const WEAK = 0.5
const WEAK_COUNTS = 3

/**
 * How strong a mask's outline is, 0 to 1 on average: the change of colour across it against those on either side of it; what
 * share of it has no edge, and what share of it is the picture's own edge.
 */
const outlineOf = ({ width, height }: Words32, { window, mask }: Candidate) => {
  const { across, down, box } = window
  const step = (one: number, other: number): number => Math.sqrt(apart(window, one, other))
  const atEdge = {
    left: box.left === 0,
    top: box.top === 0,
    right: box.left + box.width === width,
    bottom: box.top + box.height === height,
  }
  let [length, strong, weak, rim] = [0, 0, 0, 0]
  for (let y = 0, cell = 0; y < down; y++)
    for (let x = 0; x < across; x++, cell++) {
      if (!mask[cell]) continue
      for (const [dx, dy] of WAYS) {
        const [ox, oy] = [x + dx, y + dy]
        const isIn = ox >= 0 && oy >= 0 && ox < across && oy < down
        if (isIn && mask[oy * across + ox]) continue
        if (
          (ox < 0 && atEdge.left) ||
          (oy < 0 && atEdge.top) ||
          (ox >= across && atEdge.right) ||
          (oy >= down && atEdge.bottom)
        ) {
          rim++
          continue
        }
        const at = (way: number): number =>
          Math.min(down - 1, Math.max(0, y + dy * way)) * across + Math.min(across - 1, Math.max(0, x + dx * way))
        const over = Math.max(step(at(-1), at(2)), step(at(0), at(1)))
        const beside = (step(at(-1), at(-3)) + step(at(2), at(4))) / 2
        const strength = isIn ? over / (over + beside + NOISE) : 0
        length++
        strong += strength
        if (strength < WEAK) weak++
      }
    }
  return {
    strength: strong / Math.max(1, length),
    weak: weak / Math.max(1, length),
    rim: rim / Math.max(1, rim + length),
  }
}

/** What has this much of its outline along the picture's edges is ground, sky or wall. */
const GROUND = 0.28
/** The share of a picture from which on a thing is too large to be moved in it, and from which on it is not one any more. */
const LARGE = { from: 0.3, to: 0.45 }

/**
 * How much a candidate looks like a thing of its own, 0 to 1: with an edge all around, in other colours than what lies
 * around it, neither cut off by the picture's edge nor most of the picture.
 */
export const worthOf = (source: Words32, candidate: Candidate): number => {
  const { window, classes, mask } = candidate
  const { across, down, box } = window
  const area = mask.reduce((sum, there) => sum + there, 0)
  const { strength, weak, rim } = outlineOf(source, candidate)
  const around = grown(mask, across, down, Math.max(3, Math.round(Math.sqrt(area) * 0.35)))
  const inside = histogramOf(classes, (cell) => mask[cell]!)
  const outside = histogramOf(classes, (cell) => (mask[cell] ? 0 : around[cell]!))
  const share = (area * box.width * box.height) / (across * down * source.width * source.height)
  const small = Math.min(1, Math.max(0, (LARGE.to - share) / (LARGE.to - LARGE.from)))
  const whole = rim > GROUND ? 0 : 1 - 1.6 * rim
  return strength * (1 - overlapOf(inside, outside)) * Math.max(0, 1 - WEAK_COUNTS * weak) * whole * small
}

/** Whether a candidate goes on beyond the picture: ground, sky or a wall rather than a thing. */
export const isGround = (source: Words32, candidate: Candidate): boolean => outlineOf(source, candidate).rim > GROUND

/** What two candidates both cover, as a share of what either does and of the first; looked at in the second's cells. */
export const agreementOf = (one: Candidate, other: Candidate): { share: number; ofFirst: number } => {
  let [both, either, first] = [0, 0, 0]
  other.mask.forEach((there, cell) => {
    const here = covers(one, ...middleOf(other.window, cell))
    if (here) first++
    if (here && there) both++
    if (here || there) either++
  })
  return { share: both / Math.max(1, either), ofFirst: both / Math.max(1, first) }
}
