import { createRandom } from '../random.ts'
import { halve } from './resize.ts'

/** Directions that brush strokes are kept in, over half a turn. */
export const DIRECTIONS = 16
/** Side of a cell that has one direction, in pixels. */
const CELL = 8

/** What is no drawing yet, in the measure of `drawn`. */
const CALM = 60

/** A sample and its four neighbours, itself counted twice. */
const aroundOf = (field: Float32Array, at: number, across: number): number =>
  2 * (field[at] ?? 0) +
  (field[at - 1] ?? 0) +
  (field[at + 1] ?? 0) +
  (field[at - across] ?? 0) +
  (field[at + across] ?? 0)

/** By cells: which of the directions strokes take, and how much drawing there is, 0 to 255. */
export type Flow = { across: number; down: number; pick: Uint8Array; drawn: Uint8Array }

/** Cells at the rim have no neighbours to follow: they take their neighbour's. */
const fillRim = (plane: Uint8Array, across: number, down: number): void => {
  for (let y = 0; y < down; y++) {
    plane[y * across] = plane[y * across + 1] ?? 0
    plane[(y + 1) * across - 1] = plane[(y + 1) * across - 2] ?? 0
  }
  plane.copyWithin(0, across, 2 * across)
  plane.copyWithin((down - 1) * across, (down - 2) * across, (down - 1) * across)
}

/** Makes luma an eighth of its size. */
const createShrink = (width: number, height: number) => {
  const sizes = [0, 1, 2, 3].map((level) => ({
    across: (width + (1 << level) - 1) >> level,
    down: (height + (1 << level) - 1) >> level,
  }))
  const planes = sizes.map(({ across, down }) => new Uint8Array(across * down))
  const { across, down } = sizes[3] ?? { across: width / CELL, down: height / CELL }
  return {
    across,
    down,
    shrink: (luma: Uint8Array): Uint8Array => {
      let from = luma
      for (let level = 1; level < sizes.length; level++) {
        const before = sizes[level - 1]
        const target = planes[level]
        if (!before || !target) return from
        halve(from, before.across, before.down, target)
        from = target
      }
      return from
    },
  }
}

/**
 * Follows the forms of a picture from frame to frame: along the edges of what is there (the structure tensor's minor
 * direction, on a grid of an eighth, calmed over space and time), and along one slant where nothing is.
 */
export const createFlow = ({ width, height, seed }: { width: number; height: number; seed: number }) => {
  const slant = createRandom(seed, 'slant')() * Math.PI
  const { across, down, shrink } = createShrink(width, height)
  const cos = new Float32Array(across * down).fill(Math.cos(2 * slant) * 200)
  const sin = new Float32Array(across * down).fill(Math.sin(2 * slant) * 200)
  const flow: Flow = { across, down, pick: new Uint8Array(across * down), drawn: new Uint8Array(across * down) }
  const leanCos = Math.cos(2 * slant) * 120
  const leanSin = Math.sin(2 * slant) * 120

  const follow = (luma: Uint8Array, from: number, every: number): void => {
    for (let y = from; y < down - 1; y += every)
      for (let x = 1; x < across - 1; x++) {
        const at = y * across + x
        const gx = (luma[at + 1] ?? 0) - (luma[at - 1] ?? 0)
        const gy = (luma[at + across] ?? 0) - (luma[at - across] ?? 0)
        // The double angle of the edge's own direction, a quarter turn from the gradient.
        cos[at] = (cos[at] ?? 0) * 0.8 + 0.2 * (gy * gy - gx * gx)
        sin[at] = (sin[at] ?? 0) * 0.8 - 0.2 * 2 * gx * gy
      }
  }

  /** Frame by frame: every other row of cells at a time, but all at the first. */
  return (luma: Uint8Array, index: number): Flow => {
    if (across < 3 || down < 3) return flow
    const small = shrink(luma)
    const every = index === 0 ? 1 : 2
    const from = 1 + (index & 1)
    for (let turn = index === 0 ? 8 : 1; turn > 0; turn--) follow(small, from, every)
    for (let y = from; y < down - 1; y += every)
      for (let x = 1; x < across - 1; x++) {
        const at = y * across + x
        const c = aroundOf(cos, at, across)
        const s = aroundOf(sin, at, across)
        const angle = Math.atan2(s + leanSin, c + leanCos) / 2
        flow.pick[at] = (Math.round((angle * DIRECTIONS) / Math.PI) + DIRECTIONS) % DIRECTIONS
        flow.drawn[at] = Math.min(255, Math.max(0, Math.sqrt(Math.sqrt(c * c + s * s) / 6) * 9 - CALM))
      }
    fillRim(flow.pick, across, down)
    fillRim(flow.drawn, across, down)
    return flow
  }
}
