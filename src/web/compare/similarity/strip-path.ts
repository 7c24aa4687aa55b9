import type { Frames } from '../frames.ts'
import { xOf } from '../time-axis.ts'

/** Rounding of times must not fall into the column before. Columns. */
const EPSILON = 1e-6

/** What a strip's foot and its full height stand for, as change. */
export type StripScale = { from: number; to: number }

/** How high a strip that begins at nothing can reach. */
const TOPS = [0.05, 0.1, 0.2, 0.5, 1] as const
/** Where a strip that begins higher begins and ends is a multiple of this. */
const STEP = 0.05
const HAIR_OF_CHANGE = 1e-6

/**
 * The scale of a strip: from nothing to the least of a few round numbers that holds all of it. Where all has changed
 * much, as under a style, only what differs between frames, or it would be one block: between multiples of 5 %.
 */
export const stripScale = (change: Float32Array): StripScale => {
  let [least, most] = [Infinity, 0]
  for (const value of change) {
    // NaN, for what is not known, is neither.
    if (value < least) least = value
    if (value > most) most = value
  }
  if (least < Infinity && least > most / 2 && most > STEP)
    return {
      from: Math.floor(least / STEP + HAIR_OF_CHANGE) * STEP,
      to: Math.ceil(most / STEP - HAIR_OF_CHANGE) * STEP,
    }
  return { from: 0, to: TOPS.find((top) => most <= top) ?? 1 }
}

/** The change at each column of the time axis: the most of the frames there; NaN where none is known. */
export const columnsOf = (
  change: Float32Array,
  { starts, end }: Frames,
  axis: { offset: number; duration: number; columns: number },
): Float32Array => {
  const { offset, duration, columns } = axis
  const values = new Float32Array(columns).fill(NaN)
  for (const [frame, value] of change.entries()) {
    const [begins, ends] = [(starts[frame] ?? 0) - offset, (starts[frame + 1] ?? end) - offset]
    if (Number.isNaN(value) || ends <= 0) continue
    const from = Math.floor(xOf(begins, duration, columns) + EPSILON)
    const to = Math.max(from + 1, Math.floor(xOf(ends, duration, columns) + EPSILON))
    for (let column = from; column < Math.min(to, columns); column++) {
      const known = values[column] ?? NaN
      values[column] = Number.isNaN(known) ? value : Math.max(known, value)
    }
  }
  return values
}

/** What is not known holds what was known before it, up to what is known next. After the last it stays unknown. */
const bridged = (values: Float32Array): Float32Array => {
  let last = values.length - 1
  while (last >= 0 && Number.isNaN(values[last])) last--
  let held = NaN
  return values.map((value, column) => {
    if (!Number.isNaN(value)) held = value
    return column <= last ? held : NaN
  })
}

/**
 * The outline of columns one unit wide in a box of 100 units' height, as SVG path data. What is known is never lower
 * than `least`, so that it can be told from what is not.
 */
const outline = (values: Float32Array, { from, to }: StripScale, least: number): string => {
  const parts: string[] = []
  let height = NaN
  for (let column = 0; column <= values.length; column++) {
    const value = values[column] ?? NaN
    const next = Number.isNaN(value) ? NaN : Math.max(least, Math.min(1, (value - from) / (to - from)) * 100)
    if (Object.is(next, height)) continue
    if (Number.isNaN(height)) parts.push(`M${column} 100V${(100 - next).toFixed(1)}`)
    else if (Number.isNaN(next)) parts.push(`H${column}V100Z`)
    else parts.push(`H${column}V${(100 - next).toFixed(1)}`)
    height = next
  }
  return parts.join('')
}

/** The strip: what is known, and under it, where only some frames of a long clip are known yet, what lies between. */
export const stripPaths = (
  columns: Float32Array,
  scale: StripScale,
  least: number,
): { known: string; between: string } => ({
  known: outline(columns, scale, least),
  between: outline(bridged(columns), scale, least),
})
