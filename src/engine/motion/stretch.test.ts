import { describe, expect, it } from 'vitest'
import { alongSide } from './stretch.ts'

const free = { low: false, high: false }

describe('a side of a cut-out that moves', () => {
  it.each([7.25, -13.5])('looks so much further back where it is free: %f', (way) => {
    const { first, sources } = alongSide(200, { start: 50, length: 40, anchor: 20 }, free, way)
    expect(first).toBeLessThanOrEqual(50 + way)
    expect(first + sources.length).toBeGreaterThanOrEqual(90 + way)
    sources.forEach((source, at) => expect(source).toBeCloseTo(first + at - 50 - way, 4))
  })

  it('is nowhere when it has left the frame', () => {
    expect(alongSide(200, { start: 50, length: 40, anchor: 20 }, free, 400).sources).toHaveLength(0)
    expect(alongSide(200, { start: 50, length: 40, anchor: 20 }, free, -400).sources).toHaveLength(0)
  })

  it.each([
    ['the lower end, and moves up', { low: true, high: false }, { start: 0, length: 60, anchor: 45 }, 35],
    ['the upper end, and moves down', { low: false, high: true }, { start: 140, length: 60, anchor: 15 }, -35],
    [
      'the lower end, and moves further than it is long',
      { low: true, high: false },
      { start: 0, length: 60, anchor: 45 },
      130,
    ],
  ])('stays where it is cut off by the edge, and goes all the way at its anchor: %s', (_what, pinned, cutOut, way) => {
    const { first, sources } = alongSide(200, cutOut, pinned, way)
    const cut = way > 0 ? 0 : cutOut.length - 1
    const placeOf = (source: number): number => first + sources.findIndex((each) => each >= source - 0.02)
    expect(Math.abs(placeOf(cut) - (way > 0 ? 0 : 199))).toBeLessThanOrEqual(1)
    expect(Math.abs(placeOf(cutOut.anchor) - (cutOut.start + cutOut.anchor + way))).toBeLessThanOrEqual(1)
    // Never folded over.
    for (let at = 1; at < sources.length; at++) expect(sources[at]!).toBeGreaterThan(sources[at - 1]!)
  })

  it('leaves the frame freely at the edge that cuts it off', () => {
    const { first, sources } = alongSide(200, { start: 0, length: 60, anchor: 45 }, { low: true, high: false }, -20)
    expect(first).toBe(0)
    expect(sources[0]).toBe(20)
  })
})
