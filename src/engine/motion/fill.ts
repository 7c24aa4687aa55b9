import { lendColours } from '../sight/colour-lines.ts'
import { boxBlur, type Raster } from '../sight/raster.ts'
import type { Box } from '../sight/window.ts'
import { fillWithPatches } from './patches.ts'
import type { Words32 } from '../sight/field.ts'

/** Cells along the longer side of what a hole is filled from. */
const CELLS = 150
/** Levels by which colours beside each other differ within one thing. */
const EDGE = 45

/** Part of a picture in cells of `size` pixels each way: their mean colours, and where there is any of a hole. */
const cellsOf = ({ width, words }: Words32, box: Box, hole: Hole) => {
  const size = Math.max(1, Math.ceil(Math.max(box.width, box.height) / CELLS))
  const [across, down] = [Math.ceil(box.width / size), Math.ceil(box.height / size)]
  const colours = new Float32Array(across * down * 3)
  const gone = new Uint8Array(across * down)
  for (let y = 0, pixel = 0; y < hole.box.height; y++)
    for (let x = 0; x < hole.box.width; x++, pixel++)
      if (hole.much[pixel]! > 0) {
        const row = Math.floor((hole.box.top + y - box.top) / size)
        gone[row * across + Math.floor((hole.box.left + x - box.left) / size)] = 1
      }
  for (let row = 0, cell = 0; row < down; row++)
    for (let column = 0; column < across; column++, cell++) {
      const [right, bottom] = [Math.min(box.width, (column + 1) * size), Math.min(box.height, (row + 1) * size)]
      let [r, g, b, count] = [0, 0, 0, 0]
      for (let y = row * size; y < bottom; y++)
        for (let x = column * size; x < right; x++, count++) {
          const word = words[(box.top + y) * width + box.left + x]!
          r += word & 255
          g += (word >>> 8) & 255
          b += (word >>> 16) & 255
        }
      colours.set([r / count, g / count, b / count], cell * 3)
    }
  return { size, across, down, colours, hole: gone }
}

/**
 * Takes away the step from what surrounds a hole to what it was filled with: the difference at its rim, less and less
 * of it inwards (a membrane, as in Poisson image editing: Pérez, Gangnet and Blake, 2003).
 */
const levelled = ({ across, down, colours, hole }: ReturnType<typeof cellsOf>): void => {
  const weight = new Float32Array(across * down)
  const steps = [new Float32Array(across * down), new Float32Array(across * down), new Float32Array(across * down)]
  const stepOver = (cell: number, other: number): void => {
    if (hole[other]) return
    const step = [0, 1, 2].map((channel) => colours[other * 3 + channel]! - colours[cell * 3 + channel]!)
    // A large step is the edge of something.
    const counts = Math.exp(-step.reduce((sum, value) => sum + value * value, 0) / (2 * EDGE * EDGE))
    weight[cell]! += counts
    for (const [channel, into] of steps.entries()) into[cell]! += counts * step[channel]!
  }
  for (let cell = 0; cell < hole.length; cell++) {
    if (!hole[cell]) continue
    const x = cell % across
    if (x > 0) stepOver(cell, cell - 1)
    if (x < across - 1) stepOver(cell, cell + 1)
    if (cell >= across) stepOver(cell, cell - across)
    if (cell + across < hole.length) stepOver(cell, cell + across)
    for (const step of steps) step[cell]! /= Math.max(1e-9, weight[cell]!)
  }
  const [red, green, blue] = steps as [Raster, Raster, Raster]
  const lent = lendColours({ across, down, red, green, blue }, weight, (cell) => hole[cell] === 1)
  for (let cell = 0; cell < hole.length; cell++)
    if (hole[cell])
      for (const [channel, step] of [lent.red, lent.green, lent.blue].entries())
        colours[cell * 3 + channel]! += step[cell]!
}

/** A hole over part of a picture: how much of each pixel of a box goes, 0 to 1. */
type Hole = { box: Box; much: Raster }

/** Cells that were filled: their colours before, and which cell each is like. */
type Cells = ReturnType<typeof cellsOf> & { own: Float32Array; match: Int32Array | undefined }

/**
 * What a pixel of a hole (from the upper left of `around`) becomes: the mean of what the four cells around it copy, the nearer
 * ones more. Writes the sums and the weight into `sum`.
 */
const createCopy =
  (source: Words32, around: Box, { size, across, down, colours, own, match }: Cells) =>
  (x: number, y: number, sum: Float64Array): void => {
    const u = Math.min(across - 1, Math.max(0, (x + 0.5) / size - 0.5))
    const v = Math.min(down - 1, Math.max(0, (y + 0.5) / size - 0.5))
    const [left, top] = [Math.floor(u), Math.floor(v)]
    sum.fill(0)
    for (let corner = 0; corner < 4; corner++) {
      const weight = (corner & 1 ? u - left : 1 - u + left) * (corner >> 1 ? v - top : 1 - v + top)
      if (weight < 1e-6) continue
      const [column, row] = [left + (corner & 1), top + (corner >> 1)]
      const cell = row * across + column
      const from = match ? match[cell]! : -1
      const px = x + ((from % across) - column) * size
      const py = y + (Math.floor(from / across) - row) * size
      const isCopy = from >= 0 && px >= 0 && py >= 0 && px < around.width && py < around.height
      const word = isCopy ? source.words[(around.top + py) * source.width + around.left + px]! : 0
      for (let channel = 0; channel < 3; channel++) {
        const colour = colours[cell * 3 + channel]!
        // What is copied keeps its detail, and takes the mean of its cell from what was agreed on.
        const value = isCopy ? ((word >>> (8 * channel)) & 255) + colour - own[from * 3 + channel]! : colour
        sum[channel]! += value * weight
      }
      sum[3]! += weight
    }
  }

/**
 * A picture without what stands in a hole. Detail is copied from where the surroundings in `around` are most alike, in the
 * light and colour that all the copies over a place agree on.
 */
export const withoutHole = (source: Words32, around: Box, { box, much }: Hole, seed: number): Words32 => {
  const rough = cellsOf(source, around, { box, much })
  const own = Float32Array.from(rough.colours)
  const cells: Cells = { ...rough, own, match: fillWithPatches(rough, seed) }
  levelled(cells)
  const words = Uint32Array.from(source.words)
  const copyAt = createCopy(source, around, cells)
  const sum = new Float64Array(4)
  for (let y = 0, pixel = 0; y < box.height; y++)
    for (let x = 0; x < box.width; x++, pixel++) {
      const share = much[pixel]!
      if (share === 0) continue
      copyAt(box.left + x - around.left, box.top + y - around.top, sum)
      const at = (box.top + y) * source.width + box.left + x
      const before = words[at]!
      let word = 0xff000000
      for (let channel = 0; channel < 3; channel++) {
        const seen = (before >>> (8 * channel)) & 255
        const value = Math.round(seen + (sum[channel]! / sum[3]! - seen) * share)
        word |= Math.min(255, Math.max(0, value)) << (8 * channel)
      }
      words[at] = word >>> 0
    }
  return { ...source, words }
}

/** Pixels of a hole's rim, and over how many of them it begins softly: nothing of an edge stays behind. */
const RIM = 2
const SOFT = 2

/** A hole a little larger than what is cut out of a picture of some size. */
export const holeFor = (cutOut: { box: Box; rgba: Uint8Array }, width: number, height: number): Hole => {
  const more = 2 * (RIM + SOFT)
  const left = Math.max(0, cutOut.box.left - more)
  const top = Math.max(0, cutOut.box.top - more)
  const right = Math.min(width, cutOut.box.left + cutOut.box.width + more)
  const bottom = Math.min(height, cutOut.box.top + cutOut.box.height + more)
  const box = { left, top, width: right - left, height: bottom - top }
  const covered = new Float32Array(box.width * box.height)
  for (let y = 0, from = 3; y < cutOut.box.height; y++) {
    const row = (cutOut.box.top - top + y) * box.width + cutOut.box.left - left
    for (let x = 0; x < cutOut.box.width; x++, from += 4) if (cutOut.rgba[from]! > 12) covered[row + x] = 1
  }
  const wide = boxBlur(covered, box.width, box.height, RIM)
  for (let at = 0; at < wide.length; at++) wide[at] = wide[at]! > 0.001 ? 1 : 0
  return { box, much: boxBlur(wide, box.width, box.height, SOFT) }
}
