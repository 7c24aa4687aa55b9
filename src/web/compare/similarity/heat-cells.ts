import type { Size } from '../protocol.ts'
import type { Region } from './region.ts'
import { CELL, type Similarity } from './ssim.ts'

/** All maps of a comparison together; a longer clip gets larger cells instead of frames without a map. Bytes. */
const MAX_BYTES = 12 * 1024 ** 2

/** How the measured cells become the cells of a heat map, which covers the whole reference. */
export type HeatGrid = {
  columns: number
  rows: number
  /** For every measured cell its cell in the map. */
  into: Uint32Array
}

/** The grid for `count` maps. */
export const heatGrid = (reference: Size, { reference: part, size }: Region, count: number): HeatGrid => {
  const measured = { columns: size.width / CELL, rows: size.height / CELL }
  const cell = { width: part.width / measured.columns, height: part.height / measured.rows }
  // Never finer than what was measured: no cell may be left without a value.
  const gridOf = (larger: number) => ({
    columns: Math.max(1, Math.floor(reference.width / cell.width / larger + 1e-6)),
    rows: Math.max(1, Math.floor(reference.height / cell.height / larger + 1e-6)),
  })
  let larger = 1
  while (gridOf(larger).columns * gridOf(larger).rows * count > MAX_BYTES) larger *= 2
  const grid = gridOf(larger)
  const into = Uint32Array.from({ length: measured.columns * measured.rows }, (_, index) => {
    const x = part.x + ((index % measured.columns) + 0.5) * cell.width
    const y = part.y + (Math.floor(index / measured.columns) + 0.5) * cell.height
    const column = Math.min(grid.columns - 1, Math.floor((x / reference.width) * grid.columns))
    return Math.min(grid.rows - 1, Math.floor((y / reference.height) * grid.rows)) * grid.columns + column
  })
  return { ...grid, into }
}

/**
 * How unlike each cell is: 0 alike to 255 nothing alike, the mean of the blocks that it belongs to. What is not
 * compared, because the other picture does not cover it, is 0.
 */
export const heatCells = ({ blocks, columns, rows }: Similarity, grid: HeatGrid): Uint8Array => {
  const sums = new Float32Array(grid.columns * grid.rows)
  const counts = new Uint32Array(sums.length)
  for (let row = 0, cell = 0; row <= rows; row++)
    for (let column = 0; column <= columns; column++, cell++) {
      let [sum, count] = [0, 0]
      for (let y = Math.max(0, row - 1); y <= Math.min(rows - 1, row); y++)
        for (let x = Math.max(0, column - 1); x <= Math.min(columns - 1, column); x++) {
          sum += blocks[y * columns + x] ?? 0
          count += 1
        }
      const target = grid.into[cell] ?? 0
      sums[target] = (sums[target] ?? 0) + 1 - sum / count
      counts[target] = (counts[target] ?? 0) + 1
    }
  return Uint8Array.from(sums, (sum, at) => {
    const count = counts[at] ?? 0
    return count === 0 ? 0 : Math.round(Math.min(1, Math.max(0, sum / count)) * 255)
  })
}
