import { expect, test } from 'vitest'
import { createIndexer, onlyChanged } from './gif-colours.ts'

const GREYS = Array.from({ length: 16 }, (_, index) => [index * 16, index * 16, index * 16] as const)
const RED = GREYS.length
const PALETTE = [...GREYS, [220, 30, 30] as const]

const picture = (...pixels: (readonly [number, number, number])[]) =>
  Uint8ClampedArray.from(pixels.flatMap((pixel) => [...pixel, 255]))
const flat = (level: number, count: number) =>
  picture(...Array.from({ length: count }, () => [level, level, level] as const))

test('a colour of the palette is that colour, wherever it stands', () => {
  const indices = createIndexer(PALETTE)(flat(96, 64), 8)
  expect(new Set(indices)).toEqual(new Set([6]))
  expect(createIndexer(PALETTE)(picture([220, 30, 30], [218, 33, 28]), 2)).toEqual(Uint8Array.of(RED, RED))
})

test('a level between two of the palette is a pattern of both, which is the same in every frame', () => {
  const indexOf = createIndexer(PALETTE)
  const indices = indexOf(flat(104, 64), 8)
  expect(new Set(indices)).toEqual(new Set([6, 7]))
  const mean = indices.reduce((sum, index) => sum + index * 16, 0) / indices.length
  expect(Math.abs(mean - 104)).toBeLessThanOrEqual(3)
  expect(indexOf(flat(104, 64), 8)).toEqual(indices)
})

test('only what has changed is told anew, and what is near enough stands', () => {
  const before = Uint8Array.of(6, 6, 6, RED)
  const rgba = picture([96, 96, 96], [101, 98, 96], [112, 112, 112], [96, 96, 96])
  const told = onlyChanged(Uint8Array.of(6, 7, 7, 6), rgba, { palette: PALETTE, before, same: 255 })
  expect(told).toEqual(Uint8Array.of(255, 255, 7, 6))
  expect(before).toEqual(Uint8Array.of(6, 6, 7, 6))
})

test('slow drift is told as soon as it can be seen: nothing stands that is far from what was drawn', () => {
  const indexOf = createIndexer(PALETTE)
  const before = indexOf(flat(96, 16), 4)
  for (let level = 96; level <= 160; level++) {
    const rgba = flat(level, 16)
    onlyChanged(indexOf(rgba, 4), rgba, { palette: PALETTE, before, same: 255 })
    for (const index of before) expect(Math.abs(index * 16 - level)).toBeLessThanOrEqual(8 + 3)
  }
})
