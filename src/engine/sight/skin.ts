import type { Look } from './look.ts'
import type { Raster } from './raster.ts'
import { type Region, regionsOf } from './regions.ts'

const clamp = (value: number): number => Math.min(1, Math.max(0, value))
const step = (from: number, to: number, value: number): number => {
  const t = clamp((value - from) / (to - from))
  return t * t * (3 - 2 * t)
}

/** How far apart two cells' colours are, 0 to 3. */
const apart = ({ red, green, blue }: Look, one: number, other: number): number =>
  Math.abs(red[one]! - red[other]!) + Math.abs(green[one]! - green[other]!) + Math.abs(blue[one]! - blue[other]!)

/**
 * How much a region of skin's colour is like a face, an arm or a coat of fur, 0 to 1. All has to agree: it is no wall,
 * floor or evening haze by its size, no strip of land by its shape, it has an outline, and it is rounded by light and
 * shade, as a plank or a page is not; it fills no box as a window does, and does not lie along the picture's edges.
 */
const bodily = (look: Look, region: Region): number => {
  const { across, down, luma } = look
  const { cells, left, right, top, bottom } = region
  const wide = (right - left + 1) / across
  const tall = (bottom - top + 1) / down
  const own = new Set(cells)
  const box = (right - left + 1) * (bottom - top + 1)
  let edge = 0
  let outline = 0
  let count = 0
  let sum = 0
  let squares = 0
  for (const cell of cells) {
    sum += luma[cell]!
    squares += luma[cell]! ** 2
    const x = cell % across
    if (x === 0 || x === across - 1 || cell < across || cell + across >= luma.length) edge++
    for (const [other, there] of [
      [cell - 1, x > 0],
      [cell + 1, x < across - 1],
      [cell - across, cell >= across],
      [cell + across, cell + across < luma.length],
    ] as const) {
      if (!there || own.has(other)) continue
      outline += apart(look, cell, other)
      count++
    }
  }
  const mean = sum / cells.length
  const shading = Math.sqrt(Math.max(0, squares / cells.length - mean * mean))
  return (
    step(3, 7, cells.length) *
    step(0.14, 0.08, cells.length / luma.length) *
    step(0.5, 0.32, wide) *
    step(4.5, 2.8, (wide * across) / (tall * down)) *
    (cells.length < 12 ? 1 : step(0.95, 0.82, cells.length / box)) *
    step(0.9, 0.4, edge / Math.sqrt(cells.length)) *
    step(0.1, 0.2, outline / Math.max(1, count)) *
    step(0.012, 0.03, shading)
  )
}

/** Faces, hands, fur of that colour, 0 to 1 for each cell: regions of the colour of skin that could be part of a body. */
export const findSkin = (look: Look, sky: Raster): Raster => {
  const { across, down, red, green, blue, texture } = look
  const like = red.map((r, cell) => {
    const g = green[cell]!
    const b = blue[cell]!
    return (
      step(0.3, 0.42, r) *
      step(0.03, 0.07, r - g) *
      step(0.42, 0.3, r - g) *
      step(0, 0.04, g - b) *
      step(0.3, 0.16, g - b) *
      step(0.07, 0.03, texture[cell]!) *
      (1 - sky[cell]!)
    )
  })
  const skin = new Float32Array(like.length)
  for (const region of regionsOf((cell) => like[cell]! > 0.25, across, down)) {
    const much = bodily(look, region)
    if (much > 0) for (const cell of region.cells) skin[cell] = like[cell]! * much
  }
  return skin
}
