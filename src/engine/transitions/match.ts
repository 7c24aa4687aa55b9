import { kernels, room } from '../compiled/kernels.ts'
import type { Words32 } from '../motion/warp.ts'
import type { Raster } from '../sight/raster.ts'
import { type Features, featuresOf, halveTiny, shrinkTo } from './features.ts'

/** The longer side of the finest level, in cells; the coarsest has a quarter of it. */
const LONG = 320

/** Where each cell of a picture is in the other: motion in cells, and how different the two places are, in levels. */
export type Motion = { across: number; down: number; dx: Raster; dy: Raster; apart: Raster }

const fourfold = (side: number): number => Math.max(8, 4 * Math.round(side / 4))

const levelsOf = (picture: Words32): Features[] => {
  const scale = Math.min(1, LONG / Math.max(picture.width, picture.height))
  const fine = shrinkTo(picture, fourfold(picture.width * scale), fourfold(picture.height * scale))
  const middle = halveTiny(fine)
  return [halveTiny(middle), middle, fine].map(featuresOf)
}

/** How each level looks for motion, the coarsest first: how far, how often, and what it costs to differ. */
const SEARCH = [
  { reach: 16, rounds: 6, tries: 10, stiff: 36 },
  { reach: 8, rounds: 3, tries: 0, stiff: 40 },
  { reach: 2, rounds: 2, tries: 0, stiff: 44 },
] as const

const motionOf = (from: readonly Features[], to: readonly Features[]): Motion => {
  let flow = new Int16Array(0)
  let motion: Motion | undefined
  from.forEach((level, index) => {
    const { across, down, bytes } = level
    const size = across * down
    const guess = new Int16Array(size * 2)
    if (index > 0)
      for (let cell = 0; cell < size; cell++) {
        const x = cell % across
        const coarse = (Math.floor(cell / across) >> 1) * (across >> 1) + (x >> 1)
        guess[cell * 2] = 2 * flow[coarse * 2]!
        guess[cell * 2 + 1] = 2 * flow[coarse * 2 + 1]!
      }
    const { reach, rounds, tries, stiff } = SEARCH[index]!
    const [one, other, at, fine, apart] = room(bytes.length, bytes.length, size * 4, size * 8, size * 4)
    one.set(bytes)
    other.set(to[index]!.bytes)
    at.set(new Uint8Array(guess.buffer))
    kernels().match(one.byteOffset, other.byteOffset, across, down, at.byteOffset, reach, rounds, tries, stiff)
    flow = new Int16Array(at.slice().buffer)
    if (index < from.length - 1) return
    kernels().settle(one.byteOffset, other.byteOffset, across, down, at.byteOffset, fine.byteOffset, apart.byteOffset)
    const pairs = new Float32Array(fine.slice().buffer)
    motion = {
      across,
      down,
      dx: Float32Array.from({ length: size }, (_, cell) => pairs[cell * 2]!),
      dy: Float32Array.from({ length: size }, (_, cell) => pairs[cell * 2 + 1]!),
      apart: new Float32Array(apart.slice().buffer),
    }
  })
  if (!motion) throw new Error('no level to match')
  return motion
}

/**
 * The motion from one picture to another of the same size, and back, from coarse to fine. What a cell is not found for
 * has some motion all the same: see {@link trust}.
 */
export const matchPictures = (start: Words32, end: Words32): { there: Motion; back: Motion } => {
  const first = levelsOf(start)
  const last = levelsOf(end)
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
