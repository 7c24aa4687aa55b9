import { expect, it } from 'vitest'
import { clearCells } from './compose.ts'

it('marks cells as clear where they and those around them are', () => {
  const [width, height] = [61, 40]
  const words = new Uint32Array(width * height).fill(0xffffff)
  // One pixel in the fourth cell of the second row.
  words[12 * width + 29] = 0x1000000
  const clear = clearCells({ width, height, words })
  expect([...clear].map((value, cell) => [value, cell] as const).filter(([value]) => value === 0)).toEqual(
    [2, 3, 4, 10, 11, 12, 18, 19, 20].map((cell) => [0, cell]),
  )
})
