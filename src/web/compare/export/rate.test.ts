import { expect, test } from 'vitest'
import { exactRate, gifRate, highestRate } from './rate.ts'

const clip = (starts: readonly number[]) => {
  const times = Float64Array.from(starts)
  return { kind: 'video' as const, starts: times, end: (times.at(-1) ?? 0) + 0.04 }
}
const steady = (fps: number, count: number, round = (seconds: number) => seconds) =>
  clip(Array.from({ length: count }, (_, frame) => round(frame / fps)))
const toMillisecond = (seconds: number) => Math.round(seconds * 1000) / 1000

test('whole rates are whole, also where the container rounds to a millisecond', () => {
  for (const fps of [12, 20, 22, 24, 25, 30, 32, 60]) {
    expect(exactRate(steady(fps, fps * 2)), `${fps}`).toEqual({ num: fps, den: 1 })
    expect(exactRate(steady(fps, fps * 2, toMillisecond)), `${fps} rounded`).toEqual({ num: fps, den: 1 })
  }
})

test('television rates are fractions', () => {
  expect(exactRate(steady(30000 / 1001, 150))).toEqual({ num: 30000, den: 1001 })
  expect(exactRate(steady(24000 / 1001, 48))).toEqual({ num: 24000, den: 1001 })
})

test('what is neither is told to a thousandth', () => {
  expect(exactRate(steady(12.5, 50))).toEqual({ num: 12500, den: 1000 })
})

test('one long frame does not change the rate', () => {
  expect(exactRate(clip([0, 0.04, 0.08, 0.12, 0.5, 0.54, 0.58]))).toEqual({ num: 25, den: 1 })
})

test('the quickest side decides; pictures have no say', () => {
  const picture = { kind: 'image' as const, starts: Float64Array.of(0), end: Infinity }
  expect(highestRate([steady(20, 40), picture, steady(32, 64)])).toEqual({ num: 32, den: 1 })
  expect(highestRate([picture])).toEqual({ num: 25, den: 1 })
})

test('a GIF has a rate that hundredths of a second can tell, and none above its clip', () => {
  expect(gifRate({ num: 25, den: 1 })).toEqual({ num: 100, den: 5 })
  expect(gifRate({ num: 20, den: 1 })).toEqual({ num: 100, den: 5 })
  expect(gifRate({ num: 12, den: 1 })).toEqual({ num: 100, den: 9 })
  expect(gifRate({ num: 24000, den: 1001 }, 10)).toEqual({ num: 100, den: 10 })
})
