import type { Rgb } from '../rgb.ts'
import type { FrameCanvas } from './frame-canvas.ts'
import type { Sheet } from './frame-memory.ts'

/** Pixels of the frame to a cell. */
const CELL = 8
/** Steps of how a puff fades, by the square of how far from its middle. */
const STEPS = 256
/** As a glow fades (brush.ts): from its middle on, how far and how much. */
const FALL = [
  [0, 1],
  [0.18, 0.52],
  [0.45, 0.16],
  [1, 0],
] as const

const fallAt = (far: number): number => {
  const next = Math.max(
    1,
    FALL.findIndex(([at]) => at >= far),
  )
  const [from, before] = FALL[next - 1]!
  const [to, after] = FALL[next]!
  return before + ((after - before) * (far - from)) / (to - from)
}
const fall = Float32Array.from({ length: STEPS + 1 }, (_, step) => fallAt(Math.sqrt(step / STEPS)))

/** A shaft of light from a point: its angle, and the angle from its middle to its sides, are from straight down. It fades out. */
type Shaft = { x: number; y: number; angle: number; wide: number; long: number }

/**
 * Soft things of one colour, gathered in coarse cells and laid over the frame together: each alone would cover much of it.
 * Positions are pixels of the frame; how much they cover mixes as if one lay over the other.
 */
export type Haze = {
  puff: (x: number, y: number, across: number, down: number, alpha: number) => void
  shaft: (shaft: Shaft, alpha: number) => void
  /** Lays all of it, and forgets it. */
  lay: (frameCanvas: FrameCanvas) => void
}

/** How strong a shaft of light still is at a share of its way. */
const fading = (way: number): number =>
  way < 0.6 ? 1 - (way / 0.6) * 0.55 : way < 1 ? 0.45 * (1 - (way - 0.6) / 0.4) : 0

export const createHaze = (size: { width: number; height: number }, colour: Rgb, light: boolean): Haze => {
  const columns = Math.ceil(size.width / CELL)
  const rows = Math.ceil(size.height / CELL)
  const covered = new Float32Array(columns * rows)
  const rgba = new Uint8ClampedArray(columns * rows * 4)
  for (let cell = 0; cell < columns * rows; cell++) rgba.set(colour, cell * 4)
  let kept: Sheet | undefined
  const first = (place: number): number => Math.max(0, Math.ceil(place / CELL - 0.5))
  const end = (place: number, most: number): number => Math.min(most, Math.ceil(place / CELL - 0.5))
  const cover = (cell: number, alpha: number): void => {
    covered[cell] = covered[cell]! + alpha * (1 - covered[cell]!)
  }
  return {
    puff: (x, y, across, down, alpha) => {
      for (let row = first(y - down), lastRow = end(y + down, rows); row < lastRow; row++) {
        const v = ((row + 0.5) * CELL - y) / down
        const reach = across * Math.sqrt(Math.max(0, 1 - v * v))
        for (let column = first(x - reach), last = end(x + reach, columns); column < last; column++) {
          const u = ((column + 0.5) * CELL - x) / across
          const far = Math.min(1, u * u + v * v)
          cover(row * columns + column, alpha * fall[(far * STEPS) | 0]!)
        }
      }
    },
    shaft: ({ x, y, angle, wide, long }, alpha) => {
      const [sin, cos] = [Math.sin(angle), Math.cos(angle)]
      const [left, right] = [Math.tan(angle - wide), Math.tan(angle + wide)]
      for (let row = first(y), lastRow = end(y + long * cos, rows); row < lastRow; row++) {
        // Twice to a row: the sides of a slanted shaft would be steps.
        for (const part of [0.25, 0.75]) {
          const down = (row + part) * CELL - y
          const [from, to] = [(x + left * down) / CELL, (x + right * down) / CELL]
          const last = Math.min(columns, Math.ceil(to))
          for (let column = Math.max(0, Math.floor(from)); column < last; column++) {
            const seen = Math.min(column + 1, to) - Math.max(column, from)
            const way = (((column + 0.5) * CELL - x) * sin + down * cos) / long
            cover(row * columns + column, 0.5 * alpha * seen * fading(Math.max(0, way)))
          }
        }
      }
    },
    lay: (frameCanvas) => {
      for (let cell = 0; cell < columns * rows; cell++) rgba[cell * 4 + 3] = covered[cell]! * 255
      covered.fill(0)
      kept ??= frameCanvas.memory.sheet(columns, rows)
      frameCanvas.memory.fill(kept, rgba, columns, rows, light)
      frameCanvas.lay(kept, { x: 0, y: 0, width: columns * CELL, height: rows * CELL })
    },
  }
}
