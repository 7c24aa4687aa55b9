import { expect, test } from 'vitest'
import { blinksAt, sweptEdge } from './motion.ts'

test('the edge goes from the left to the right and back, slowly at the turns', () => {
  expect(sweptEdge(0, 5)).toBeCloseTo(0)
  expect(sweptEdge(0.25, 5)).toBeCloseTo(0.5)
  expect(sweptEdge(0.5, 5)).toBeCloseTo(1)
  expect(sweptEdge(0.75, 5)).toBeCloseTo(0.5)
  expect(sweptEdge(1, 5)).toBeCloseTo(0)
  expect(sweptEdge(0.05, 5)).toBeLessThan(0.03)
})

test('a long clip is swept several times, and ends where it began', () => {
  expect(sweptEdge(0.125, 32)).toBeCloseTo(1)
  expect(sweptEdge(0.25, 32)).toBeCloseTo(0)
  expect(sweptEdge(1, 27)).toBeCloseTo(0)
})

test('it blinks every second, the reference first', () => {
  expect([0, 0.96, 1, 1.99, 2].map(blinksAt)).toEqual([true, true, false, false, true])
  // The twenty-second frame of 22 in a second begins at one second, whatever its rounding.
  expect(blinksAt(22 / 22 - 1e-9)).toBe(false)
})
