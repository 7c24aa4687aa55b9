import type { Planes } from '../media/planes.ts'

/** A number for each chroma sample from its luma, u and v: how green it is, how blue, how like skin. */
export type Measure = (u: number, v: number) => number

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

/** Moves luma by a measure of its chroma: `lift` levels where the measure is full. */
export const liftBy = (planes: Planes, table: Uint8Array, lift: number): void => {
  const { y, u, v, width, height, chromaWidth, shift } = planes
  const part = Math.round(lift * 257)
  for (let row = 0; row < height; row++) {
    const chromaRow = (row >> shift) * chromaWidth
    const start = row * width
    for (let x = 0; x < width; x++) {
      const chroma = chromaRow + (x >> shift)
      const measure = table[((u[chroma] ?? 0) >> 1) * 128 + ((v[chroma] ?? 0) >> 1)] ?? 0
      const lifted = (y[start + x] ?? 0) + ((measure * part) >> 16)
      y[start + x] = lifted < 0 ? 0 : lifted > 255 ? 255 : lifted
    }
  }
}

/** Moves chroma towards a colour by a measure of itself, `amount` 0 to 1. */
export const turnBy = (planes: Planes, table: Uint8Array, toU: number, toV: number, amount: number): void => {
  const { u, v } = planes
  const part = Math.round(amount * 257)
  for (let index = 0; index < u.length; index++) {
    const a = u[index] ?? 0
    const b = v[index] ?? 0
    const measure = (table[(a >> 1) * 128 + (b >> 1)] ?? 0) * part
    u[index] = a + (((toU - a) * measure) >> 16)
    v[index] = b + (((toV - b) * measure) >> 16)
  }
}
