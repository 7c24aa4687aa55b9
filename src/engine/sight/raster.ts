import { kernels, room } from '../kernels/wasm/kernels.ts'

/** One number for each cell of a picture made small, rows first. */
export type Raster = Float32Array

const bytesOf = ({ buffer, byteOffset, byteLength }: Raster): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength)

/** The mean over a square of side 2·radius + 1, edges repeated. */
export const boxBlur = (source: Raster, across: number, down: number, radius: number): Raster => {
  const [from, rows, to] = room(source.byteLength, source.byteLength, source.byteLength)
  from.set(bytesOf(source))
  kernels().mean(from.byteOffset, rows.byteOffset, to.byteOffset, across, down, radius)
  return new Float32Array(to.slice().buffer)
}

/** Three passes of a mean: near to a bell curve. */
export const softBlur = (source: Raster, across: number, down: number, radius: number): Raster =>
  boxBlur(boxBlur(boxBlur(source, across, down, radius), across, down, radius), across, down, radius)

/**
 * Smooths values along a picture so that their edges lie on its edges: the guided filter (He, Sun and Tang, 2010) with a
 * grey guide of 0 to 1. Where the guide varies by less than the square root of `epsilon`, it is a blur.
 */
export const guided = (
  values: Raster,
  guide: Raster,
  across: number,
  down: number,
  { radius, epsilon }: { radius: number; epsilon: number },
): Raster => {
  const blur = (raster: Raster): Raster => boxBlur(raster, across, down, radius)
  const meanGuide = blur(guide)
  const meanValue = blur(values)
  const both = blur(values.map((value, at) => value * guide[at]!))
  const squares = blur(guide.map((value) => value * value))
  const slope = both.map(
    (value, at) => (value - meanGuide[at]! * meanValue[at]!) / (squares[at]! - meanGuide[at]! ** 2 + epsilon),
  )
  const base = blur(slope.map((value, at) => meanValue[at]! - value * meanGuide[at]!))
  return blur(slope).map((value, at) => value * guide[at]! + base[at]!)
}

/** What it costs to step into each cell from its left, from its right, from above and from below. */
export type Steps = readonly [left: Raster, right: Raster, above: Raster, below: Raster]

/** Three rounds of sweeps settle all but labyrinths. */
const ROUNDS = 3

/** The least sum of costs on a way from where `start` is low, over the four neighbours: a distance along the picture. */
export const geodesic = (start: Raster, across: number, down: number, steps: Steps): Raster => {
  const size = start.byteLength
  const [far, left, right, above, below] = room(size, size, size, size, size)
  far.set(bytesOf(start))
  left.set(bytesOf(steps[0]))
  right.set(bytesOf(steps[1]))
  above.set(bytesOf(steps[2]))
  below.set(bytesOf(steps[3]))
  const at = [left, right, above, below].map(({ byteOffset }) => byteOffset) as [number, number, number, number]
  kernels().ways(far.byteOffset, ...at, across, down, ROUNDS)
  return new Float32Array(far.slice().buffer)
}

/** Bilinear between cells, whose centres lie at half numbers; `x` and `y` are 0 to 1 over the whole picture. */
export const sample = (raster: Raster, across: number, down: number, x: number, y: number): number => {
  const u = Math.min(across - 1, Math.max(0, x * across - 0.5))
  const v = Math.min(down - 1, Math.max(0, y * down - 0.5))
  const left = Math.min(across - 2, Math.floor(u))
  const top = Math.min(down - 2, Math.floor(v))
  const at = Math.max(0, top) * across + Math.max(0, left)
  const right = across > 1 ? at + 1 : at
  const below = down > 1 ? across : 0
  const upper = raster[at]! + (raster[right]! - raster[at]!) * (u - Math.max(0, left))
  const lower = raster[at + below]! + (raster[right + below]! - raster[at + below]!) * (u - Math.max(0, left))
  return upper + (lower - upper) * (v - Math.max(0, top))
}

/** Looks rasters up at fixed places: `columns` by `rows` of them, `apart` by `apartDown` parts of the picture's sides. */
export const createLookUp = (
  across: number,
  down: number,
  places: { columns: number; rows: number; apart: number; apartDown: number },
): ((raster: Raster, into: Raster) => void) => {
  const { columns, rows } = places
  const cellOf = (part: number, cells: number): readonly [number, number] => {
    const at = Math.min(cells - 1.001, Math.max(0, part * cells - 0.5))
    return [Math.floor(at), at - Math.floor(at)]
  }
  const lefts = Array.from({ length: columns }, (_, column) => cellOf(column * places.apart, across))
  const left = Uint16Array.from(lefts, ([cell]) => cell)
  const aside = Float32Array.from(lefts, ([, part]) => part)
  return (raster, into) => {
    for (let row = 0, at = 0; row < rows; row++) {
      const [top, part] = cellOf(row * places.apartDown, down)
      const upper = top * across
      for (let column = 0; column < columns; column++, at++) {
        const cell = upper + left[column]!
        const much = aside[column]!
        const high = raster[cell]! + (raster[cell + 1]! - raster[cell]!) * much
        const low = raster[cell + across]! + (raster[cell + across + 1]! - raster[cell + across]!) * much
        into[at] = high + (low - high) * part
      }
    }
  }
}
