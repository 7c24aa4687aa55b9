import { curveThrough, applyChroma } from '../../kernels/tone.ts'
import { exposed } from '../exposure.ts'
import type { Look, Studio } from '../studio.ts'
import { createMeans, type Cut } from './facets.ts'

/** Each large triangle can be cut into four, each of those into four, and once more: 64 pieces. */
const PIECES = 64
/** Side of a large triangle in pixels at 720p. */
const SIDE = 68

/** Which quarter of a triangle a point is in, by its weights of the corners; the weights become those in the quarter. */
const quarterOf = (weights: Float64Array): number => {
  const corner = weights.findIndex((weight) => weight > 0.5)
  for (let index = 0; index < 3; index++)
    weights[index] = corner < 0 ? 1 - 2 * (weights[index] ?? 0) : 2 * (weights[index] ?? 0) - (index === corner ? 1 : 0)
  return corner < 0 ? 3 : corner
}

/** A mesh of triangles over the picture, its corners moved about by the seed. */
const meshOf = (studio: Studio): Cut => {
  const { width, height, unit } = studio
  const random = studio.random('mesh')
  const side = Math.max(10, Math.max(SIDE * unit, Math.sqrt((width * height) / 320)))
  const columns = Math.ceil(width / side) + 2
  const rows = Math.ceil(height / side) + 2
  const corners = Array.from({ length: (columns + 1) * (rows + 1) }, (_, index) => {
    const row = Math.floor(index / (columns + 1))
    const x = (index % (columns + 1)) - 1 + (row % 2) * 0.5
    return [(x + (random() - 0.5) * 0.6) * side, (row - 1 + (random() - 0.5) * 0.6) * side] as const
  })
  const of = new Uint32Array(width * height)
  const weights = new Float64Array(3)
  let triangle = 0
  const fill = (first: number, second: number, third: number): void => {
    const [ax, ay] = corners[first] ?? [0, 0]
    const [bx, by] = corners[second] ?? [0, 0]
    const [cx, cy] = corners[third] ?? [0, 0]
    const area = (bx - ax) * (cy - ay) - (cx - ax) * (by - ay)
    for (let y = Math.max(0, Math.floor(Math.min(ay, by, cy))); y < Math.min(height, Math.max(ay, by, cy) + 1); y++)
      for (let x = Math.max(0, Math.floor(Math.min(ax, bx, cx))); x < Math.min(width, Math.max(ax, bx, cx) + 1); x++) {
        const b = ((x - ax) * (cy - ay) - (cx - ax) * (y - ay)) / area
        const c = ((bx - ax) * (y - ay) - (x - ax) * (by - ay)) / area
        if (b < -0.001 || c < -0.001 || b + c > 1.001) continue
        weights[0] = 1 - b - c
        weights[1] = b
        weights[2] = c
        of[y * width + x] = triangle * PIECES + quarterOf(weights) * 16 + quarterOf(weights) * 4 + quarterOf(weights)
      }
    triangle++
  }
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const at = row * (columns + 1) + column
      const below = at + columns + 1
      if (row % 2 === 0) {
        fill(at, at + 1, below)
        fill(at + 1, below + 1, below)
      } else {
        fill(at, below + 1, below)
        fill(at, at + 1, below + 1)
      }
    }
  return { pieces: triangle * PIECES, of }
}

/** Spread (levels squared) above which a triangle is cut, by its pieces, and the share of it below which it is whole. */
const CUT: Readonly<Record<number, number>> = { 64: 90, 16: 130, 4: 190, 1: Infinity }
const WHOLE = 0.6

/**
 * Facets of one colour each, small where the picture has details and large where it has none, each catching the light
 * at its own slant. The mesh stands still, and a triangle is cut or made whole with some play: nothing crawls.
 */
export const lowPoly: Look = (studio) => {
  const cut = meshOf(studio)
  const { measure, means, spread, count, chromaCount, chromaOf } = createMeans(studio, cut)
  const random = studio.random('slant')
  const slant = Float32Array.from({ length: cut.pieces * 2 }, () => random() - 0.5)
  const parted = new Uint8Array(slant.length)
  const contrast = curveThrough([0, 8], [70, 62], [170, 190], [255, 252])
  const colour = { y: new Uint8Array(cut.pieces), u: new Uint8Array(cut.pieces), v: new Uint8Array(cut.pieces) }
  /** Paints `size` pieces from `first` on: in one colour if they are alike, else by quarters. */
  const paint = (first: number, size: number): void => {
    // Cuts of four lie behind those of one, and so on: a third of all the pieces' number in the end.
    const node =
      size === 1
        ? first
        : cut.pieces +
          Math.floor(first / size) +
          (size === 4 ? 0 : size === 16 ? cut.pieces / 4 : cut.pieces / 4 + cut.pieces / 16)
    let pixels = 0
    let samples = 0
    let y = 0
    let squares = 0
    let u = 0
    let v = 0
    for (let piece = first; piece < first + size; piece++) {
      const own = count[piece] ?? 0
      const mean = means.y[piece] ?? 0
      pixels += own
      y += mean * own
      squares += ((spread[piece] ?? 0) + mean * mean) * own
      const sampled = chromaCount[piece] ?? 0
      samples += sampled
      u += (means.u[piece] ?? 128) * sampled
      v += (means.v[piece] ?? 128) * sampled
    }
    if (pixels === 0) return
    const mean = y / pixels
    const unlike = squares / pixels - mean * mean
    parted[node] = unlike > (CUT[size] ?? Infinity) * (parted[node] ? WHOLE : 1) ? 1 : 0
    if (parted[node]) {
      for (let quarter = 0; quarter < 4; quarter++) paint(first + (quarter * size) / 4, size / 4)
      return
    }
    const lit = mean + (slant[node] ?? 0) * (10 + mean * 0.07)
    const toY = contrast[Math.min(255, Math.max(0, Math.round(lit)))] ?? 0
    for (let piece = first; piece < first + size; piece++) {
      colour.y[piece] = toY
      colour.u[piece] = samples > 0 ? u / samples : 128
      colour.v[piece] = samples > 0 ? v / samples : 128
    }
  }
  return [
    exposed(120, 1.4),
    (planes) => {
      measure(planes)
      for (let first = 0; first < cut.pieces; first += PIECES) paint(first, PIECES)
      const { y, u, v } = planes
      for (let at = 0; at < y.length; at++) y[at] = colour.y[cut.of[at] ?? 0] ?? 0
      for (let at = 0; at < u.length; at++) {
        const piece = chromaOf[at] ?? 0
        u[at] = colour.u[piece] ?? 128
        v[at] = colour.v[piece] ?? 128
      }
      applyChroma(planes, { saturation: 1.35 })
    },
  ]
}
