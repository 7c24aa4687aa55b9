import { describe, expect, it } from 'vitest'
import {
  atKeyframes,
  beginningOf,
  edgeNear,
  formatMoment,
  momentOf,
  movedBy,
  parseMoment,
  secondsOf,
  withEdge,
} from './part.ts'

const frames = { starts: Float64Array.from({ length: 100 }, (_, frame) => frame / 25), end: 4 }
/** Frames that do not come at one rate. */
const uneven = { starts: Float64Array.of(0, 0.04, 0.5, 0.54), end: 1 }

describe('times', () => {
  it.each([
    [0, '0:00.00'],
    [2.48, '0:02.48'],
    [1 / 3, '0:00.33'],
    [65.999, '1:05.99'],
    [3 / 25, '0:00.12'],
  ])('%d is %s', (seconds, words) => expect(formatMoment(seconds)).toBe(words))

  it.each([
    ['2.48', 2.48],
    [' 0:02,48 ', 2.48],
    ['1:05', 65],
    ['75', 75],
    ['3.', 3],
  ])('%j is read as %d', (text, seconds) => expect(parseMoment(text)).toEqual({ seconds }))

  it.each(['', 'soon', '-1', '1:60', '1:2:3', '1e3', ':5'])('%j is none', (text) =>
    expect(parseMoment(text)).toHaveProperty('problem'),
  )
})

describe('parts', () => {
  it('lie between frames, at the edge that is nearest', () => {
    expect(edgeNear(frames, 1)).toBe(25)
    expect(edgeNear(frames, 1.019)).toBe(25)
    expect(edgeNear(frames, 1.021)).toBe(26)
    expect(edgeNear(frames, 99)).toBe(100)
    expect(edgeNear(frames, -1)).toBe(0)
    expect(edgeNear(uneven, 0.3)).toBe(2)
    expect(edgeNear(uneven, 0.9)).toBe(4)
  })

  it('read back the times that they are written with', () => {
    for (let frame = 0; frame <= 100; frame++) {
      const typed = parseMoment(formatMoment(momentOf(frames, frame)))
      expect('seconds' in typed && edgeNear(frames, typed.seconds)).toBe(frame)
    }
  })

  it('keep one frame at least, and stay within the clip', () => {
    expect(withEdge(frames, { first: 10, after: 20 }, 'first', 30)).toEqual({ first: 19, after: 20 })
    expect(withEdge(frames, { first: 10, after: 20 }, 'after', 0)).toEqual({ first: 10, after: 11 })
    expect(withEdge(frames, { first: 10, after: 20 }, 'after', Infinity)).toEqual({ first: 10, after: 100 })
    expect(movedBy(frames, { first: 10, after: 20 }, -50)).toEqual({ first: 0, after: 10 })
    expect(movedBy(frames, { first: 10, after: 20 }, 500)).toEqual({ first: 90, after: 100 })
  })

  it('go from keyframe to keyframe where they are copied', () => {
    const move = (first: number, after: number) =>
      atKeyframes(frames, [0, 40, 80], { first: 40, after: 80 }, { first, after })
    expect(move(41, 80)).toEqual({ first: 40, after: 80 })
    expect(move(39, 80)).toEqual({ first: 0, after: 80 })
    expect(move(40, 81)).toEqual({ first: 40, after: 100 })
    expect(move(40, 60)).toEqual({ first: 40, after: 80 })
  })

  it('begin with as much as is used, and no frame more', () => {
    expect(secondsOf(frames, beginningOf(frames, 2))).toBe(2)
    expect(beginningOf(frames, 81 / 16 / 2)).toEqual({ first: 0, after: 63 })
    expect(beginningOf(frames, null)).toEqual({ first: 0, after: 100 })
    expect(beginningOf(frames, 0.01)).toEqual({ first: 0, after: 1 })
  })
})
