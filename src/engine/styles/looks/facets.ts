import type { Planes } from '../../media/planes.ts'
import type { Studio } from '../studio.ts'

/** A picture cut into pieces that stand still: for each pixel the number of its piece. */
export type Cut = { pieces: number; of: Uint32Array }

/** How much of a new frame comes into a piece's colour: noise stays out, and what really changes is there at once. */
const CALM = 0.3
const SUDDEN = 24

/**
 * Mean colours of a cut's pieces, calmed over time. Answers the means of luma and chroma by piece, and the spread of
 * luma inside each (mean square).
 */
export const createMeans = (studio: Studio, cut: Cut) => {
  const { width, height, chromaWidth, chromaHeight, shift } = studio
  const { pieces, of } = cut
  const chromaOf = new Uint32Array(chromaWidth * chromaHeight)
  for (let row = 0; row < chromaHeight; row++)
    for (let x = 0; x < chromaWidth; x++)
      chromaOf[row * chromaWidth + x] =
        of[Math.min(height - 1, row << shift) * width + Math.min(width - 1, x << shift)] ?? 0
  const count = new Float32Array(pieces)
  const chromaCount = new Float32Array(pieces)
  for (const piece of of) count[piece] = (count[piece] ?? 0) + 1
  for (const piece of chromaOf) chromaCount[piece] = (chromaCount[piece] ?? 0) + 1
  const sums = { y: new Int32Array(pieces), u: new Int32Array(pieces), v: new Int32Array(pieces) }
  const squares = new Float32Array(pieces)
  const means = { y: new Float32Array(pieces), u: new Float32Array(pieces), v: new Float32Array(pieces) }
  const spread = new Float32Array(pieces)
  let fresh = true
  const follow = (mean: Float32Array, sum: Int32Array, by: Float32Array): void => {
    for (let piece = 0; piece < pieces; piece++) {
      const now = (sum[piece] ?? 0) / Math.max(1, by[piece] ?? 1)
      const change = now - (mean[piece] ?? 0)
      const part = fresh ? 1 : Math.min(1, CALM + Math.abs(change) / SUDDEN)
      mean[piece] = (mean[piece] ?? 0) + change * part
    }
  }
  const measure = ({ y, u, v }: Planes): void => {
    sums.y.fill(0)
    sums.u.fill(0)
    sums.v.fill(0)
    squares.fill(0)
    for (let at = 0; at < y.length; at++) {
      const piece = of[at] ?? 0
      const value = y[at] ?? 0
      sums.y[piece] = (sums.y[piece] ?? 0) + value
      squares[piece] = (squares[piece] ?? 0) + value * value
    }
    for (let at = 0; at < u.length; at++) {
      const piece = chromaOf[at] ?? 0
      sums.u[piece] = (sums.u[piece] ?? 0) + (u[at] ?? 0)
      sums.v[piece] = (sums.v[piece] ?? 0) + (v[at] ?? 0)
    }
    for (let piece = 0; piece < pieces; piece++) {
      const size = Math.max(1, count[piece] ?? 1)
      const mean = (sums.y[piece] ?? 0) / size
      spread[piece] = Math.max(0, (squares[piece] ?? 0) / size - mean * mean)
    }
    follow(means.y, sums.y, count)
    // A sliver may have no sample of chroma: it keeps the colour that it had.
    follow(means.u, sums.u, chromaCount)
    follow(means.v, sums.v, chromaCount)
    fresh = false
  }
  return { measure, means, spread, count, chromaCount, chromaOf }
}
