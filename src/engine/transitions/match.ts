import { kernels, room } from '../compiled/kernels.ts'
import type { Words32 } from '../motion/warp.ts'
import type { Raster } from '../sight/raster.ts'
import { type Features, featuresOf, halveTiny, shrinkTo, type Tiny } from './features.ts'

/** The longer side of the finest level, in cells; the coarsest has a quarter of it. */
const LONG = 320

/** Where each cell of a picture is in the other: motion in cells, and how different the two places are, in levels. */
export type Motion = { across: number; down: number; dx: Raster; dy: Raster; apart: Raster; picture: Tiny }

const fourfold = (side: number): number => Math.max(8, 4 * Math.round(side / 4))

type Levels = { features: readonly Features[]; picture: Tiny }

const levelsOf = (source: Words32): Levels => {
  const scale = Math.min(1, LONG / Math.max(source.width, source.height))
  const picture = shrinkTo(source, fourfold(source.width * scale), fourfold(source.height * scale))
  const middle = halveTiny(picture)
  return { features: [halveTiny(middle), middle, picture].map(featuresOf), picture }
}

/** How each level looks for motion, the coarsest first: how far, how often, and what it costs to differ. */
const SEARCH = [
  { reach: 16, rounds: 6, tries: 10, stiff: 36 },
  { reach: 8, rounds: 3, tries: 0, stiff: 40 },
  { reach: 2, rounds: 2, tries: 0, stiff: 44 },
] as const

/** A level's motion, in whole cells, from a first guess. */
const search = (from: Features, to: Features, guess: Int16Array, level: number): Int16Array => {
  const { across, down, bytes } = from
  const { reach, rounds, tries, stiff } = SEARCH[level]!
  const [one, other, at] = room(bytes.length, bytes.length, guess.byteLength)
  one.set(bytes)
  other.set(to.bytes)
  at.set(new Uint8Array(guess.buffer))
  kernels().match(one.byteOffset, other.byteOffset, across, down, at.byteOffset, reach, rounds, tries, stiff)
  return new Int16Array(at.slice().buffer)
}

/** A coarse motion as a guess for a level of twice its sides. */
const doubled = (coarse: Int16Array, across: number, down: number): Int16Array => {
  const guess = new Int16Array(across * down * 2)
  for (let cell = 0; cell < across * down; cell++) {
    const from = (Math.floor(cell / across) >> 1) * (across >> 1) + ((cell % across) >> 1)
    guess[cell * 2] = 2 * coarse[from * 2]!
    guess[cell * 2 + 1] = 2 * coarse[from * 2 + 1]!
  }
  return guess
}

/** The motion in parts of a cell, and how different the places are that it leads to. */
const settled = (from: Features, to: Features, flow: Int16Array, picture: Tiny): Motion => {
  const { across, down, bytes } = from
  const size = across * down
  const [one, other, at, fine, apart] = room(bytes.length, bytes.length, size * 4, size * 8, size * 4)
  one.set(bytes)
  other.set(to.bytes)
  at.set(new Uint8Array(flow.buffer))
  kernels().settle(one.byteOffset, other.byteOffset, across, down, at.byteOffset, fine.byteOffset, apart.byteOffset)
  const pairs = new Float32Array(fine.slice().buffer)
  const [dx, dy] = [new Float32Array(size), new Float32Array(size)]
  for (let cell = 0; cell < size; cell++) {
    dx[cell] = pairs[cell * 2]!
    dy[cell] = pairs[cell * 2 + 1]!
  }
  return { across, down, dx, dy, apart: new Float32Array(apart.slice().buffer), picture }
}

const motionOf = (from: Levels, to: Levels): Motion => {
  let flow = new Int16Array(0)
  from.features.forEach((level, index) => {
    const { across, down } = level
    const guess = index > 0 ? doubled(flow, across, down) : new Int16Array(across * down * 2)
    flow = Int16Array.from(search(level, to.features[index]!, guess, index))
  })
  return settled(from.features.at(-1)!, to.features.at(-1)!, flow, from.picture)
}

/**
 * The motion from one picture to another of the same size, and back, from coarse to fine. What a cell is not found for
 * has some motion all the same: see {@link trust}.
 */
export const matchPictures = (start: Words32, end: Words32): { there: Motion; back: Motion } => {
  const [first, last] = [levelsOf(start), levelsOf(end)]
  return { there: motionOf(first, last), back: motionOf(last, first) }
}

/**
 * How much each cell's motion is to be believed, 0 to 1: what it leads to leads back (within a cell or so), and looks
 * alike.
 */
export const trust = (there: Motion, back: Motion): Raster => {
  const { across, down, dx, dy, apart } = there
  return dx.map((x, cell) => {
    const column = Math.round((cell % across) + x)
    const row = Math.round(Math.floor(cell / across) + dy[cell]!)
    if (column < 0 || row < 0 || column >= across || row >= down) return 0
    const other = row * across + column
    const off = Math.hypot(x + back.dx[other]!, dy[cell]! + back.dy[other]!)
    const alike = Math.min(1, Math.max(0, (26 - apart[cell]!) / 14))
    return Math.exp(-((off / 1.6) ** 2)) * alike
  })
}
