import { inPlace, kernels, room } from './wasm/kernels.ts'
import { fractalTile } from './noise.ts'
import type { Curve } from './tone.ts'

type Page = { width: number; height: number; unit: number }

/** 256 of a turn: a cosine's share of a screen of dots. */
const WAVE = Uint8Array.from({ length: 256 }, (_, at) => 63.9 + 63.7 * Math.cos((at * Math.PI) / 128))
const TURN = 2 ** 32

/**
 * A screen of dots at an angle, `cell` pixels of 720p apart, 0 to 255: how late each pixel is reached by its dot. Phases
 * are whole turns of 32 bits, so that no cosine is worked out for a pixel.
 */
export const dotScreen = ({ width, height, unit }: Page, degrees: number, cell: number): Uint8Array => {
  const angle = (degrees * Math.PI) / 180
  const size = Math.max(3, cell * unit)
  const cos = Math.round((Math.cos(angle) / size) * TURN) | 0
  const sin = Math.round((Math.sin(angle) / size) * TURN) | 0
  const screen = new Uint8Array(width * height)
  for (let y = 0; y < height; y++) {
    let a = Math.imul(y, sin)
    let b = Math.imul(y, cos)
    for (let x = 0; x < width; x++) {
      screen[y * width + x] = (WAVE[a >>> 24] ?? 0) + (WAVE[b >>> 24] ?? 0)
      a = (a + cos) | 0
      b = (b - sin) | 0
    }
  }
  return screen
}

/** Ordered dither of 4 by 4 (Bayer, 1973). */
const BAYER = Uint8Array.of(0, 8, 2, 10, 12, 4, 14, 6, 3, 11, 1, 9, 15, 7, 13, 5)

/** Turns a plane into blocks of `size` pixels, in steps of `levels` counted from `zero`, dithered by parts of one. */
export const quantise = (
  plane: Uint8Array,
  width: number,
  size: number,
  levels: number,
  zero: number,
  dither: number,
): void => {
  inPlace(plane, [BAYER], (own, bayer) =>
    kernels().quantise(own, width, plane.length / width, size, levels, zero, dither, bayer),
  )
}

/**
 * Prints luma in the tones of a curve, under dots that grow as it gets darker, from none at 184 to nearly closed at 58.
 * `screen` is how late each pixel is reached by its dot, 0 to 255.
 */
export const halftone = (luma: Uint8Array, screen: Uint8Array, tones: Curve): void => {
  inPlace(luma, [screen, tones], (plane, late, table) => kernels().halftone(plane, late, luma.length, table))
}

/**
 * Strokes of a pencil held at an angle, over the whole page, `spacing` pixels of 720p apart: how dark each pixel's
 * graphite lies, 0 to 255.
 */
export const hatching = (page: Page & { seed: number }, name: string, degrees: number, spacing: number): Uint8Array => {
  const { width, height, unit } = page
  const { data } = fractalTile(page.seed, name, { cells: 12, octaves: 4, gain: 0.6 })
  const angle = (degrees * Math.PI) / 180
  const across = unit * spacing
  const [strokes, tile] = room(width * height, data.length)
  tile.set(data)
  const [to, from] = [strokes.byteOffset, tile.byteOffset]
  kernels().hatching(to, width, height, from, Math.cos(angle) / across, Math.sin(angle) / across, 1 / unit)
  return strokes.slice()
}

/** Strokes that lie all over a page, 0 to 255, and how much of their graphite each luma takes. */
type Layer = { strokes: Uint8Array; ink: Curve }

/** Turns luma into white paper, shaded by three layers of strokes. */
export const hatch = (luma: Uint8Array, layers: readonly [Layer, Layer, Layer]): void => {
  const size = (luma.length + 31) & ~15
  const [plane, strokes, tables] = room(luma.length, 3 * size, 3 * 256)
  plane.set(luma)
  for (const [index, layer] of layers.entries()) {
    strokes.set(layer.strokes, index * size)
    tables.set(layer.ink, index * 256)
  }
  kernels().hatch(plane.byteOffset, strokes.byteOffset, size, luma.length, tables.byteOffset)
  luma.set(plane)
}
