import { inPlace, kernels, room } from './wasm/kernels.ts'
import type { Planes } from './planes.ts'

/** A number for each chroma sample from its luma, u and v: how green it is, how blue, how like skin. */
type Measure = (u: number, v: number) => number

/** Precomputed over all pairs of chroma, at half precision: 128 x 128 entries of 0 to 255. */
export const measureTable = (of: Measure): Uint8Array => {
  const table = new Uint8Array(128 * 128)
  for (let u = 0; u < 128; u++)
    for (let v = 0; v < 128; v++) table[u * 128 + v] = Math.min(255, Math.max(0, of(2 * u - 127, 2 * v - 127)))
  return table
}

/** How much of a leaf's green there is: neither blue nor red. */
export const greenness = measureTable((u, v) => (-u - v - Math.abs(v - u) * 0.35) * 3.2)

/** How much of a sky's blue there is. */
export const blueness = measureTable((u, v) => (u - Math.abs(v) * 0.6 - (v > 0 ? v : 0)) * 4)

export const within = (value: number, from: number, to: number): number =>
  Math.min(1, Math.max(0, (value - from) / (to - from)))

/** How much like skin of any shade a chroma is: towards red and yellow, not strongly, and more red than yellow. */
export const skin = measureTable(
  (u, v) =>
    255 *
    within(v, 6, 13) *
    within(v, 52, 40) *
    within(u, -1, -6) *
    within(u, -58, -44) *
    within(u, -1.9 * v, -1.3 * v),
)

/** Measures each sample of chroma. */
export const measured = ({ u, v }: Planes, table: Uint8Array, to: Uint8Array): void => {
  for (let at = 0; at < to.length; at++) to[at] = table[((u[at] ?? 0) >> 1) * 128 + ((v[at] ?? 0) >> 1)] ?? 0
}

/** Moves luma by a measure of its chroma: `lift` levels where the measure is full. */
export const liftBy = (planes: Planes, table: Uint8Array, lift: number): void => {
  const { y, u, v, width, height, chromaWidth, shift } = planes
  const part = Math.round(lift * 257)
  inPlace(y, [u, v, table, 2 * chromaWidth], (luma, first, second, measures, row) =>
    kernels().liftBy(luma, first, second, width, height, chromaWidth, shift, measures, part, row),
  )
}

/** Moves chroma towards a colour by a measure of itself, `amount` 0 to 1. */
export const turnBy = (planes: Planes, table: Uint8Array, toU: number, toV: number, amount: number): void => {
  const { u, v } = planes
  const [first, second, measures] = room(u.length, v.length, table.length)
  first.set(u)
  second.set(v)
  measures.set(table)
  const [a, b, part] = [Math.round(toU), Math.round(toV), Math.round(amount * 257)]
  kernels().turnBy(first.byteOffset, second.byteOffset, u.length, measures.byteOffset, a, b, part)
  u.set(first)
  v.set(second)
}
