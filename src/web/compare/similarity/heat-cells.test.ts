import { describe, expect, it } from 'vitest'
import { heatCells, heatGrid } from './heat-cells.ts'
import { regionOf } from './region.ts'
import { type Luma, ssim } from './ssim.ts'

const hd = { width: 1280, height: 720 }

const grey = (width: number, height: number, white: (x: number, y: number) => boolean = () => false): Luma => ({
  width,
  height,
  data: Uint8Array.from({ length: width * height }, (_, at) =>
    white(at % width, Math.floor(at / width)) ? 255 : 60 + ((at * 7) % 40),
  ),
})

/** The cells that are hot, as a drawing. */
const drawn = (cells: Uint8Array, columns: number) =>
  Array.from({ length: cells.length / columns }, (_, row) =>
    Array.from(cells.subarray(row * columns, (row + 1) * columns), (cell) => (cell > 25 ? '#' : '.')).join(''),
  )

describe('the map of what changed', () => {
  it('has one cell for four measured pixels, hot where the change is and at its edge', () => {
    const region = regionOf({ width: 32, height: 32 }, { width: 32, height: 32 }, 'fit')
    const grid = heatGrid({ width: 32, height: 32 }, region, 1)
    const cells = heatCells(
      ssim(
        grey(32, 32),
        grey(32, 32, (x, y) => x < 8 && y < 12),
      ),
      grid,
    )
    expect(drawn(cells, grid.columns)).toEqual([
      '###.....',
      '###.....',
      '###.....',
      '###.....',
      '........',
      '........',
      '........',
      '........',
    ])
    expect(cells[0]).toBeGreaterThan(200)
    expect(cells.at(-1)).toBe(0)
  })

  it('covers the reference: 80x45 cells for 720p', () => {
    const { columns, rows, into } = heatGrid(hd, regionOf(hd, hd, 'fit'), 125)
    expect([columns, rows]).toEqual([80, 45])
    expect(Array.from(into)).toEqual(Array.from({ length: 3600 }, (_, cell) => cell))
  })

  it('is cold where the other picture does not reach', () => {
    const region = regionOf(hd, { width: 720, height: 720 }, 'fit')
    const grid = heatGrid(hd, region, 1)
    const { width, height } = region.size
    const cells = heatCells(
      ssim(
        grey(width, height),
        grey(width, height, () => true),
      ),
      grid,
    )
    const row = drawn(cells, grid.columns)[20] ?? ''
    expect(row).toMatch(/^\.+#+\.+$/)
    expect(row.indexOf('#') / row.length).toBeCloseTo(280 / 1280, 1)
    expect(row.lastIndexOf('#') / row.length).toBeCloseTo(1000 / 1280, 1)
  })

  it('stays within 12 MB, by larger cells for longer clips', () => {
    for (const count of [3000, 15_000, 90_000]) {
      const { columns, rows } = heatGrid(hd, regionOf(hd, hd, 'fit'), count)
      expect(columns * rows * count).toBeLessThanOrEqual(12 * 1024 ** 2)
      expect(columns / rows).toBeCloseTo(16 / 9, 0)
    }
    expect(heatGrid(hd, regionOf(hd, hd, 'fit'), 3000).columns).toBe(80)
  })
})
