/** One number for each cell of a picture made small, rows first. */
export type Raster = Float32Array

/** The mean over a square of side 2·radius + 1, edges repeated. */
export const boxBlur = (source: Raster, across: number, down: number, radius: number): Raster => {
  const rows = new Float32Array(source.length)
  const out = new Float32Array(source.length)
  const share = 1 / (2 * radius + 1)
  const pass = (from: Raster, to: Raster, lines: number, jump: number, count: number, step: number): void => {
    const last = (count - 1) * step
    for (let line = 0; line < lines; line++) {
      const start = line * jump
      const at = (index: number): number => from[start + Math.min(last, Math.max(0, index * step))]!
      let sum = 0
      for (let index = -radius; index <= radius; index++) sum += at(index)
      for (let index = 0; index < count; index++) {
        to[start + index * step] = sum * share
        sum += at(index + radius + 1) - at(index - radius)
      }
    }
  }
  pass(source, rows, down, across, across, 1)
  pass(rows, out, across, 1, down, across)
  return out
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
  radius: number,
  epsilon: number,
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

/**
 * The least sum of costs on a way from where `start` is low, over the four neighbours: a distance along the picture.
 * `stepCost` answers what it costs to go from one cell to its neighbour. Sweeps over the picture, there and back
 * (Toivanen, 1996); three rounds settle all but labyrinths.
 */
export const geodesic = (
  start: Raster,
  across: number,
  down: number,
  stepCost: (from: number, to: number) => number,
): Raster => {
  const far = Float32Array.from(start)
  const reach = (from: number, to: number): void => {
    const way = far[from]! + stepCost(from, to)
    if (way < far[to]!) far[to] = way
  }
  for (let round = 0; round < 3; round++) {
    for (let y = 0; y < down; y++) {
      const row = y * across
      for (let x = 0; x < across; x++) {
        if (x > 0) reach(row + x - 1, row + x)
        if (y > 0) reach(row + x - across, row + x)
      }
      for (let x = across - 2; x >= 0; x--) reach(row + x + 1, row + x)
    }
    for (let y = down - 1; y >= 0; y--) {
      const row = y * across
      for (let x = 0; x < across; x++) {
        if (y < down - 1) reach(row + x + across, row + x)
        if (x > 0) reach(row + x - 1, row + x)
      }
      for (let x = across - 2; x >= 0; x--) reach(row + x + 1, row + x)
    }
  }
  return far
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
