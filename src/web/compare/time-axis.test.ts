import { expect, it } from 'vitest'
import { timeAtX, xOf } from './time-axis.ts'

it('puts times on the axis in proportion, and its ends at its ends', () => {
  expect([0, 1.25, 5].map((time) => xOf(time, 5, 400))).toEqual([0, 100, 400])
})

it('keeps what lies outside on the axis', () => {
  expect([xOf(-1, 5, 400), xOf(9, 5, 400)]).toEqual([0, 400])
  expect([timeAtX(-30, 5, 400), timeAtX(500, 5, 400)]).toEqual([0, 5])
})

it('leads back to the time that it came from', () => {
  for (let time = 0; time <= 7; time += 0.13) expect(timeAtX(xOf(time, 7, 333), 7, 333)).toBeCloseTo(time, 9)
})

it('has nothing but a beginning where there is no duration or no width', () => {
  expect([xOf(3, 0, 400), timeAtX(30, 5, 0), timeAtX(30, 0, 400)]).toEqual([0, 0, 0])
})
