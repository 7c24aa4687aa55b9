import type { Words32 } from './field.ts'
import type { Raster, Steps } from './raster.ts'

/** The longer side of a picture made small to be looked at, in cells. */
const LONG = 160

/** A picture as small as is enough to tell what is where; channels are 0 to 1. */
export type Look = {
  across: number
  down: number
  red: Raster
  green: Raster
  blue: Raster
  luma: Raster
  /** Colour's distance from grey, 0 to 1. */
  chroma: Raster
  /** How much luma varies within a cell (standard deviation). */
  texture: Raster
}

/** Looks at each cell by at most 5 by 5 of its pixels. */
export const lookAt = ({ width, height, words }: Words32): Look => {
  const scale = Math.min(1, LONG / Math.max(width, height))
  const across = Math.max(2, Math.round(width * scale))
  const down = Math.max(2, Math.round(height * scale))
  const size = across * down
  const [red, green, blue] = [new Float32Array(size), new Float32Array(size), new Float32Array(size)]
  const [luma, chroma, texture] = [new Float32Array(size), new Float32Array(size), new Float32Array(size)]
  for (let row = 0, cell = 0; row < down; row++) {
    const top = Math.floor((row * height) / down)
    const bottom = Math.max(top + 1, Math.floor(((row + 1) * height) / down))
    const stepY = Math.max(1, (bottom - top) / 5)
    for (let column = 0; column < across; column++, cell++) {
      const left = Math.floor((column * width) / across)
      const right = Math.max(left + 1, Math.floor(((column + 1) * width) / across))
      const stepX = Math.max(1, (right - left) / 5)
      let r = 0
      let g = 0
      let b = 0
      let squares = 0
      let count = 0
      for (let y = top; y < bottom; y += stepY) {
        const line = Math.floor(y) * width
        for (let x = left; x < right; x += stepX) {
          const word = words[line + Math.floor(x)]!
          const wr = word & 255
          const wg = (word >>> 8) & 255
          const wb = (word >>> 16) & 255
          const level = 0.2126 * wr + 0.7152 * wg + 0.0722 * wb
          r += wr
          g += wg
          b += wb
          squares += level * level
          count++
        }
      }
      const share = 1 / (count * 255)
      red[cell] = r * share
      green[cell] = g * share
      blue[cell] = b * share
      const mean = 0.2126 * r * share + 0.7152 * g * share + 0.0722 * b * share
      luma[cell] = mean
      chroma[cell] = (Math.max(r, g, b) - Math.min(r, g, b)) * share
      texture[cell] = Math.sqrt(Math.max(0, squares / (count * 65025) - mean * mean))
    }
  }
  return { across, down, red, green, blue, luma, chroma, texture }
}

/**
 * How far each cell is in colour from its right neighbour and from the one below: 0 to about 1, difference of colour
 * counting more than of light. 0 at the last column and row.
 */
export const colourSteps = ({ across, down, red, green, blue }: Look): { right: Raster; below: Raster } => {
  const [right, below] = [new Float32Array(red.length), new Float32Array(red.length)]
  const apart = (one: number, other: number): number => {
    const dr = red[one]! - red[other]!
    const dg = green[one]! - green[other]!
    const db = blue[one]! - blue[other]!
    const light = 0.3 * dr + 0.59 * dg + 0.11 * db
    return Math.sqrt(light * light * 0.6 + (dr - light) ** 2 + (dg - light) ** 2 + (db - light) ** 2)
  }
  for (let y = 0, cell = 0; y < down; y++)
    for (let x = 0; x < across; x++, cell++) {
      if (x < across - 1) right[cell] = apart(cell, cell + 1)
      if (y < down - 1) below[cell] = apart(cell, cell + across)
    }
  return { right, below }
}

/**
 * Costs of steps over a picture: `of` answers what a step costs that changes colour by so much and ends in a cell;
 * `up` is -1 for a step upwards, 1 for one downwards, 0 for one to the side.
 */
export const stepsOver = (
  { across, down }: Look,
  { right, below }: { right: Raster; below: Raster },
  of: (change: number, into: number, up: -1 | 0 | 1) => number,
): Steps => {
  const size = across * down
  const [left, fromRight, above, fromBelow] = [0, 1, 2, 3].map(() => new Float32Array(size)) as [
    Raster,
    Raster,
    Raster,
    Raster,
  ]
  for (let cell = 0; cell < size; cell++) {
    if (cell > 0) left[cell] = of(right[cell - 1]!, cell, 0)
    fromRight[cell] = of(right[cell]!, cell, 0)
    if (cell >= across) above[cell] = of(below[cell - across]!, cell, 1)
    fromBelow[cell] = of(below[cell]!, cell, -1)
  }
  return [left, fromRight, above, fromBelow]
}
