import { describe, expect, it } from 'vitest'
import {
  durationOf,
  firstFrame,
  frameAt,
  frameCount,
  frameRate,
  type Frames,
  frameUnder,
  isVariable,
  sideTime,
  timeOfFrame,
} from './frames.ts'

const clip = (starts: readonly number[], end: number): Frames => ({
  kind: 'video',
  starts: Float64Array.from(starts),
  end,
})
const constant = (fps: number, count: number): Frames =>
  clip(
    Array.from({ length: count }, (_, index) => index / fps),
    count / fps,
  )
const image: Frames = { kind: 'image', starts: Float64Array.of(0), end: Infinity }

describe('the frame at a time', () => {
  it.each([20, 22, 23.976, 25, 29.97, 32, 60])('is the last that has begun, at %d frames a second', (fps) => {
    const side = constant(fps, 300)
    for (let index = 0; index < 300; index++) {
      // As times come back from microseconds, milliseconds and arithmetic.
      expect(frameAt(side, Math.trunc((index / fps) * 1e6) / 1e6)).toBe(index)
      expect(frameAt(side, index * (1 / fps))).toBe(index)
      expect(frameAt(side, (index + 0.9) / fps)).toBe(index)
    }
  })

  it('is none before the first, as under an empty edit', () => {
    const late = clip([0.5, 0.54], 0.58)
    expect([0, 0.4, 0.5, 1].map((time) => frameUnder(late, time, 0))).toEqual([-1, -1, 0, 1])
  })

  it('leaves out what an edit list hides', () => {
    const hidden = clip([-0.08, -0.04, 0, 0.04], 0.08)
    expect([firstFrame(hidden), frameCount(hidden), frameUnder(hidden, 0, 0)]).toEqual([2, 2, 2])
    // Far before the beginning it stands on the first that is seen.
    expect(frameUnder(hidden, 0, -5)).toBe(2)
  })

  it('follows the table where the rate varies', () => {
    const varies = clip([0, 0.1, 0.12, 0.5], 0.6)
    expect([0.05, 0.11, 0.3, 0.55].map((time) => frameAt(varies, time))).toEqual([0, 1, 2, 3])
    expect([isVariable(varies), isVariable(constant(29.97, 50))]).toEqual([true, false])
  })

  it('is the first of an image, always', () => {
    expect([0, 7, -3].map((time) => frameUnder(image, time, 2))).toEqual([0, 0, 0])
  })
})

describe('a side under the playhead', () => {
  it('runs ahead by its offset, and stands on its ends', () => {
    const side = constant(25, 50)
    expect([frameUnder(side, 1, 0.2), frameUnder(side, 1, -0.2)]).toEqual([30, 20])
    expect([frameUnder(side, 9, 0), frameUnder(side, 0, -1)]).toEqual([49, 0])
    expect(sideTime(side, 9, 0)).toBeLessThan(2)
  })

  it('is brought to a frame exactly, and back', () => {
    for (const offset of [0, 0.123, -0.31])
      for (const fps of [20, 22, 25, 32])
        for (let frame = 10; frame < 60; frame++) {
          const side = constant(fps, 100)
          expect(frameUnder(side, timeOfFrame(side, frame, offset), offset)).toBe(frame)
        }
    expect(timeOfFrame(constant(25, 50), 90, 0)).toBeCloseTo(49 / 25)
    expect(timeOfFrame(constant(25, 50), -4, 0)).toBe(0)
  })
})

it('tells the rate by the usual distance', () => {
  expect(frameRate(constant(22, 80))).toBeCloseTo(22, 2)
  expect(frameRate(clip([0, 0.04, 0.08, 1.2, 1.24], 1.28))).toBeCloseTo(25, 2)
  expect(frameRate(image)).toBeNull()
})

it('lasts until the last clip has ended, each moved by its offset', () => {
  expect(durationOf([constant(25, 50), constant(20, 60), image], [0, 0, 0])).toBe(3)
  expect(durationOf([constant(25, 50), constant(20, 60)], [0, 1.5])).toBe(2)
  expect(durationOf([constant(25, 50), constant(20, 60)], [-2, 1.5])).toBe(4)
  expect(durationOf([image, undefined], [0, 0])).toBe(0)
})
