import { describe, expect, it } from 'vitest'
import { rateOfTimes, timesFromZero } from './timeline.ts'

const every = (count: number, fps: number, start = 0) =>
  Array.from({ length: count }, (_, index) => start + index / fps)
const rounded = (times: readonly number[]) => times.map((time) => Math.round(time * 1000) / 1000)
const fpsOf = (times: readonly number[]) => {
  const rate = rateOfTimes(times)
  return rate && rate.num / rate.den
}

describe('the rate of frames', () => {
  it.each([10, 22, 24000 / 1001, 24, 25, 30000 / 1001, 30, 32, 50, 60000 / 1001, 60, 120, 8.33])(
    '%d is found, on any clock, rounded to milliseconds or not',
    (fps) => {
      for (const start of [0, 0.08, 1.4, 0.1667]) {
        expect(fpsOf(every(100, fps, start))).toBeCloseTo(fps, 6)
        expect(fpsOf(rounded(every(100, fps, start)))).toBeCloseTo(fps, 6)
      }
    },
  )

  it('is the lowest whose ticks fit, where frames stand for several', () => {
    expect(fpsOf([0, 0.04, 0.08, 0.32, 0.36, 1.2])).toBe(25)
    expect(fpsOf([0, 0.1, 0.3])).toBe(10)
  })

  it('is none where frames come as they like, or there is one alone', () => {
    expect(rateOfTimes([0, 0.031, 0.07, 0.1, 0.142, 0.163, 0.21])).toBeNull()
    expect(rateOfTimes([0.5])).toBeNull()
    expect(rateOfTimes([])).toBeNull()
  })
})

it('lays the first frame at 0, and what a container rounded on its tick', () => {
  expect([...timesFromZero(rounded(every(7, 30, 0.1667)))]).toEqual(
    every(7, 30).map((time) => expect.closeTo(time, 12)),
  )
  expect([...timesFromZero([0.5, 0.531, 0.57, 0.6, 0.642, 0.663, 0.71])]).toEqual(
    [0, 0.031, 0.07, 0.1, 0.142, 0.163, 0.21].map((time) => expect.closeTo(time, 12)),
  )
})
