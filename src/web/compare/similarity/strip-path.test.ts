import { describe, expect, it } from 'vitest'
import { fakeClip } from '../testing/fake-viewer.ts'
import { columnsOf, stripPaths, stripScale } from './strip-path.ts'

const clip = fakeClip({ fps: 5, seconds: 1 })
const axis = (part: Partial<Parameters<typeof columnsOf>[2]> = {}) => ({ offset: 0, duration: 1, columns: 10, ...part })

describe('a strip', () => {
  it('is as high as a round number that holds all of it', () => {
    expect(stripScale(Float32Array.of(0.01, NaN, 0.13))).toEqual({ from: 0, to: 0.2 })
    expect(stripScale(Float32Array.of(0.001))).toEqual({ from: 0, to: 0.05 })
    expect(stripScale(Float32Array.of(0.1, 0.7))).toEqual({ from: 0, to: 1 })
    expect(stripScale(Float32Array.of())).toEqual({ from: 0, to: 0.05 })
  })

  it('shows what differs between frames where all of them changed much', () => {
    const { from, to } = stripScale(Float32Array.of(0.41, NaN, 0.448, 0.42))
    expect([from, to].map((value) => value.toFixed(4))).toEqual(['0.4000', '0.4500'])
    const whole = stripScale(Float32Array.of(0.4, 0.5))
    expect([whole.from, whole.to].map((value) => value.toFixed(4))).toEqual(['0.4000', '0.5000'])
    expect(stripPaths(Float32Array.of(0.4, 0.425, 0.45), { from, to }, 4).known).toBe('M0 100V96.0H1V50.0H2V0.0H3V100Z')
  })

  it('has each frame where it is in time', () => {
    const columns = columnsOf(Float32Array.of(0, 0.25, 0, NaN, 0.5), clip, axis())
    expect(Array.from(columns)).toEqual([0, 0, 0.25, 0.25, 0, 0, NaN, NaN, 0.5, 0.5])
  })

  it('follows the offset, and ends before a longer clip does', () => {
    const change = Float32Array.of(0.5, 0.25, 0, 0, 0)
    expect(Array.from(columnsOf(change, clip, axis({ offset: 0.2, duration: 2 })))).toEqual([
      0.25,
      0,
      0,
      0,
      ...Array.from({ length: 6 }, () => NaN),
    ])
  })

  it('loses no peak where several frames share a column', () => {
    const long = fakeClip({ fps: 25, seconds: 40 })
    const change = new Float32Array(1000)
    change[523] = 0.5
    const columns = columnsOf(change, long, axis({ duration: 40, columns: 100 }))
    expect(columns.indexOf(0.5)).toBe(52)
    expect(columns.filter((value) => value > 0)).toHaveLength(1)
  })

  it('is drawn as one outline for each stretch that is known', () => {
    const { known, between } = stripPaths(Float32Array.of(0, 0.1, NaN, 0.2, NaN), { from: 0, to: 0.2 }, 4)
    expect(known).toBe('M0 100V96.0H1V50.0H2V100ZM3 100V0.0H4V100Z')
    expect(between).toBe('M0 100V96.0H1V50.0H3V0.0H4V100Z')
  })
})
