import { expect, it } from 'vitest'
import { swipeOf } from './use-swipe.ts'

it.each([
  [-60, 0, 'left'],
  [90, 44, 'right'],
  [10, -80, 'up'],
  [-20, 61, 'down'],
  // Too short, and neither this way nor that.
  [59, 0, null],
  [-70, 60, null],
  [0, 0, null],
] as const)('a finger that moves by %i, %i swipes %s', (x, y, swipe) => {
  expect(swipeOf(x, y)).toBe(swipe)
})
