import { kernels, room } from '../kernels/wasm/kernels.ts'
import type { Words32 } from '../sight/field.ts'
import type { Raster } from '../sight/raster.ts'
import { type Features, featuresOf, halveTiny, shrinkTo, type Tiny } from './features.ts'

/** The longer side of the finest level, in cells; the coarsest has a quarter of it. */
const LONG = 320

/**
 * Where each place of a picture is in the other, on a grid: motion in steps of the grid, how different the two places
 * are (in levels), and the picture as small as the grid.
 */
export type Motion = { across: number; down: number; dx: Raster; dy: Raster; apart: Raster; picture: Tiny }

const fourfold = (side: number): number => Math.max(8, 4 * Math.round(side / 4))

type Levels = { features: readonly Features[]; picture: Tiny }

/** The grid that a picture's motion is told on. */
export const gridOf = ({ width, height }: Words32): { across: number; down: number } => {
  const scale = Math.min(1, LONG / Math.max(width, height))
  return { across: fourfold(width * scale) >> 1, down: fourfold(height * scale) >> 1 }
}

const levelsOf = (source: Words32): Levels => {
  const { across, down } = gridOf(source)
  const picture = shrinkTo(source, 2 * across, 2 * down)
  const middle = halveTiny(picture)
  return { features: [halveTiny(middle), middle, picture].map(featuresOf), picture: middle }
}

/**
 * How each level looks for motion, the coarsest first: how many cells are from one place to the next, how far it looks,
 * how often, how many times anywhere, and what it costs to differ from a neighbour.
 */
const SEARCH = [
  { apart: 1, reach: 16, rounds: 6, tries: 10, stiff: 36 },
  { apart: 1, reach: 8, rounds: 3, tries: 0, stiff: 40 },
  { apart: 2, reach: 2, rounds: 2, tries: 0, stiff: 22 },
] as const

/** A level's motion, in whole cells, from a first guess for each place. */
const search = (from: Features, to: Features, guess: Int16Array, level: number): Int16Array => {
  const { bytes } = from
  const { apart, reach, rounds, tries, stiff } = SEARCH[level]!
  const [one, other, at] = room(bytes.length, bytes.length, guess.byteLength)
  one.set(bytes)
  other.set(to.bytes)
  at.set(new Uint8Array(guess.buffer))
  const [across, down] = [from.across / apart, from.down / apart]
  kernels().match(one.byteOffset, other.byteOffset, across, down, apart, at.byteOffset, reach, rounds, tries, stiff)
  return new Int16Array(at.slice().buffer)
}

/** A coarse motion as a guess for a level of twice its sides, whose places are `apart` cells from each other. */
const doubled = (coarse: Int16Array, across: number, down: number, apart: number): Int16Array => {
  const guess = new Int16Array(across * down * 2)
  for (let place = 0; place < across * down; place++) {
    const row = Math.floor(place / across)
    const from = apart === 1 ? (row >> 1) * (across >> 1) + ((place % across) >> 1) : place
    guess[place * 2] = 2 * coarse[from * 2]!
    guess[place * 2 + 1] = 2 * coarse[from * 2 + 1]!
  }
  return guess
}

/** The motion in parts of a cell, and how different the places are that it leads to. */
const settled = (from: Features, to: Features, flow: Int16Array, apart: number, picture: Tiny): Motion => {
  const { bytes } = from
  const [across, down] = [from.across / apart, from.down / apart]
  const size = across * down
  const [one, other, at, fine, differences] = room(bytes.length, bytes.length, size * 4, size * 8, size * 4)
  one.set(bytes)
  other.set(to.bytes)
  at.set(new Uint8Array(flow.buffer))
  const places = [at.byteOffset, fine.byteOffset, differences.byteOffset] as const
  kernels().settle(one.byteOffset, other.byteOffset, across, down, apart, ...places)
  const pairs = new Float32Array(fine.slice().buffer)
  const [dx, dy] = [new Float32Array(size), new Float32Array(size)]
  for (let place = 0; place < size; place++) {
    dx[place] = pairs[place * 2]! / apart
    dy[place] = pairs[place * 2 + 1]! / apart
  }
  return { across, down, dx, dy, apart: new Float32Array(differences.slice().buffer), picture }
}

/** The motion of the coarsest level. */
const roughly = (from: Levels, to: Levels): Int16Array => {
  const [level, other] = [from.features[0]!, to.features[0]!]
  return search(level, other, new Int16Array(level.across * level.down * 2), 0)
}

/** The same from a rough one on, over the finer levels. */
const finely = (from: Levels, to: Levels, rough: Int16Array): Motion => {
  let flow = rough
  from.features.slice(1).forEach((level, index) => {
    const { apart } = SEARCH[index + 1]!
    flow = search(
      level,
      to.features[index + 1]!,
      doubled(flow, level.across / apart, level.down / apart, apart),
      index + 1,
    )
  })
  return settled(from.features.at(-1)!, to.features.at(-1)!, flow, SEARCH.at(-1)!.apart, from.picture)
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
    const off = 2 * Math.hypot(x + back.dx[other]!, dy[cell]! + back.dy[other]!)
    const alike = Math.min(1, Math.max(0, (26 - apart[cell]!) / 14))
    return Math.exp(-((off / 1.6) ** 2)) * alike
  })
}

/** Mean trust of the coarsest level below which finer ones would find nothing either. */
const HOPELESS = 0.05

/**
 * The motion from one picture to another of the same size, and back, from coarse to fine; undefined where they have
 * nothing in common. What a cell is not found for has some motion all the same: see {@link trust}.
 */
export const matchPictures = (start: Words32, end: Words32): { there: Motion; back: Motion } | undefined => {
  const [first, last] = [levelsOf(start), levelsOf(end)]
  const [there, back] = [roughly(first, last), roughly(last, first)]
  const [one, other] = [first.features[0]!, last.features[0]!]
  const rough = [settled(one, other, there, 1, first.picture), settled(other, one, back, 1, last.picture)] as const
  const sure = trust(rough[0], rough[1])
  if (sure.reduce((sum, value) => sum + value, 0) < HOPELESS * sure.length) return undefined
  return { there: finely(first, last, there), back: finely(last, first, back) }
}
