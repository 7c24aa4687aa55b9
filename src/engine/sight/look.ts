import type { Words32 } from '../motion/warp.ts'
import type { Raster } from './raster.ts'

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

/** Looks at each cell by at most 6 by 6 of its pixels. */
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
    const stepY = Math.max(1, (bottom - top) / 6)
    for (let column = 0; column < across; column++, cell++) {
      const left = Math.floor((column * width) / across)
      const right = Math.max(left + 1, Math.floor(((column + 1) * width) / across))
      const stepX = Math.max(1, (right - left) / 6)
      let [r, g, b, squares, count] = [0, 0, 0, 0, 0]
      for (let y = top; y < bottom; y += stepY)
        for (let x = left; x < right; x += stepX) {
          const word = words[Math.floor(y) * width + Math.floor(x)]!
          const [wr, wg, wb] = [word & 255, (word >>> 8) & 255, (word >>> 16) & 255]
          r += wr
          g += wg
          b += wb
          squares += (0.2126 * wr + 0.7152 * wg + 0.0722 * wb) ** 2
          count++
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

/** How far two cells are from each other in colour: 0 to about 1, difference of colour counting more than of light. */
export const colourStep = ({ red, green, blue }: Look, one: number, other: number): number => {
  const dr = red[one]! - red[other]!
  const dg = green[one]! - green[other]!
  const db = blue[one]! - blue[other]!
  const light = 0.3 * dr + 0.59 * dg + 0.11 * db
  return Math.sqrt(light * light * 0.6 + (dr - light) ** 2 + (dg - light) ** 2 + (db - light) ** 2)
}
