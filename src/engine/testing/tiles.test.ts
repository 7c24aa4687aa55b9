import { expect, test } from 'vitest'
import { CELLS, cellsOf, differenceOf, HIGHEST, numberOf, paintTiles, TILES, tileBoxes } from './tiles.ts'

test('every number is read back from its cells, and the difference of two from theirs', () => {
  for (let number = 0; number <= HIGHEST; number++) {
    expect(numberOf(cellsOf(number))).toBe(number)
    const other = (number * 2654435761) % (HIGHEST + 1)
    const difference = cellsOf(number).map((cell, index) => Math.abs(cell - (cellsOf(other)[index] ?? 0)))
    expect(differenceOf(difference)).toBe(number ^ other)
  }
})

test('one wrong cell, no picture and all bright are no number', () => {
  for (let wrong = 0; wrong < 16; wrong++) {
    const cells = cellsOf(1234).map((cell, index) => (index === wrong ? 1 - cell : cell))
    expect(numberOf(cells)).toBeNull()
  }
  expect(numberOf(Array.from({ length: 16 }, () => 0))).toBeNull()
  expect(numberOf(Array.from({ length: 16 }, () => 1))).toBeNull()
})

test('each tile of a painted plane holds the whole mark', () => {
  const [width, height] = [160, 90]
  const plane = new Uint8Array(width * height).fill(128)
  paintTiles(plane, width, height, 2741, { dark: 20, bright: 230 })
  const boxes = tileBoxes({ x: 0, y: 0, width, height })
  expect(boxes).toHaveLength(TILES * TILES)
  for (const box of boxes) {
    const cells = Array.from({ length: CELLS * CELLS }, (_, index) => {
      const x = Math.floor(box.x + ((index % CELLS) + 0.5) * (box.width / CELLS))
      const y = Math.floor(box.y + (Math.floor(index / CELLS) + 0.5) * (box.height / CELLS))
      return (plane[y * width + x] ?? 0) > 128 ? 1 : 0
    })
    expect(numberOf(cells)).toBe(2741)
  }
})
