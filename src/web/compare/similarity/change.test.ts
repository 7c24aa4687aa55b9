import { describe, expect, it } from 'vitest'
import { biggestChange, changeOf, peaks } from './change.ts'

/** 100 frames of a little noise, and what is put on top. */
const strip = (put: Record<number, number> = {}) =>
  Float32Array.from({ length: 100 }, (_, frame) => 0.003 + 0.002 * (frame % 3) + (put[frame] ?? 0))

const over = (from: number, to: number, value: number) =>
  Object.fromEntries(Array.from({ length: to - from }, (_, index) => [from + index, value]))

/** A hill of a frame's width of `half` on both sides. */
const hill = (middle: number, half: number, height: number) =>
  Object.fromEntries(
    Array.from({ length: 2 * half + 1 }, (_, index) => [
      middle - half + index,
      height * (1 - Math.abs(index - half) / (half + 1)),
    ]),
  )

describe('change', () => {
  it('is what is missing to 1', () => {
    const change = changeOf(Float32Array.of(1, 0.75, NaN, 0))
    expect(Array.from(change)).toEqual([0, 0.25, NaN, 1])
  })

  it('is biggest at the first of the largest, whatever is not known', () => {
    expect(biggestChange(Float32Array.of(NaN, 0.1, 0.5, NaN, 0.5))).toBe(2)
    expect(biggestChange(Float32Array.of(0, 0))).toBe(0)
    expect(biggestChange(Float32Array.of(NaN))).toBe(-1)
    expect(biggestChange(new Float32Array())).toBe(-1)
  })
})

describe('peaks', () => {
  it('are the tops of hills', () => {
    expect(peaks(strip({ ...hill(20, 8, 0.4), ...hill(60, 12, 0.7) }))).toEqual([20, 60])
  })

  it('are where a change begins at once, once for all of its length', () => {
    expect(peaks(strip(over(30, 40, 0.13)))).toEqual([30])
  })

  it('are at the top that comes later where it stands out from what the jump led to', () => {
    expect(peaks(strip({ ...over(30, 60, 0.3), 50: 0.8 }))).toEqual([30, 50])
  })

  it('keep a few frames apart, the higher ones first', () => {
    expect(peaks(strip({ 40: 0.5, 42: 0.8, 44: 0.6, 50: 0.4 }))).toEqual([42, 50])
  })

  it('leave out what stands out by little beside the most', () => {
    expect(peaks(strip({ 20: 0.8, 60: 0.05 }))).toEqual([20])
  })

  it('are none of noise, of clips that are the same, and of nothing', () => {
    expect(peaks(strip())).toEqual([])
    expect(peaks(new Float32Array(50))).toEqual([])
    expect(peaks(new Float32Array())).toEqual([])
    expect(peaks(new Float32Array(5).fill(NaN))).toEqual([])
  })

  it('may be at either end', () => {
    expect(peaks(strip({ 0: 0.5, 99: 0.5 }))).toEqual([0, 99])
  })

  it('go over frames that are not known yet', () => {
    const change = strip(hill(50, 20, 0.6)).map((value, frame) => (frame % 5 === 0 ? value : NaN))
    expect(peaks(change)).toEqual([50])
  })
})
