import { describe, expect, it } from 'vitest'
import { type Channel, scaleArea } from './area-scale.ts'

const plane = (width: number, values: number[]): Channel => ({
  data: Uint8Array.from(values),
  offset: 0,
  step: 1,
  stride: width,
})
const whole = (width: number, height: number) => ({ x: 0, y: 0, width, height })
const scaled = (...args: Parameters<typeof scaleArea>) =>
  Array.from(scaleArea(...args), (value) => Math.round(value * 1e4) / 1e4)

describe('scaling by area', () => {
  it('is the mean of whole pixels', () => {
    const channel = plane(4, [0, 10, 20, 30, 40, 50, 60, 70, 1, 2, 3, 4, 5, 6, 7, 8])
    expect(scaled(channel, whole(4, 4), { width: 2, height: 2 })).toEqual([25, 45, 3.5, 5.5])
    expect(scaled(channel, whole(4, 4), { width: 4, height: 4 })).toEqual(Array.from(channel.data))
  })

  it('shares out pixels that lie on an edge', () => {
    expect(scaled(plane(3, [0, 30, 90]), whole(3, 1), { width: 2, height: 1 })).toEqual([10, 70])
    expect(scaled(plane(1, [0, 30, 90]), whole(1, 3), { width: 1, height: 2 })).toEqual([10, 70])
  })

  it('keeps the mean of the picture, whatever the sizes', () => {
    const values = Array.from({ length: 61 * 37 }, (_, at) => (at * 7919) % 256)
    const mean = (list: readonly number[]) => list.reduce((sum, value) => sum + value, 0) / list.length
    for (const size of [
      { width: 16, height: 12 },
      { width: 61, height: 8 },
      { width: 80, height: 40 },
    ])
      expect(mean(scaled(plane(61, values), whole(61, 37), size))).toBeCloseTo(mean(values), 2)
  })

  it('takes a part, to parts of pixels', () => {
    const channel = plane(4, [0, 10, 20, 30, 40, 50, 60, 70])
    expect(scaled(channel, { x: 0.5, y: 0, width: 2, height: 1 }, { width: 1, height: 1 })).toEqual([10])
    expect(scaled(channel, { x: 2, y: 1, width: 2, height: 1 }, { width: 2, height: 1 })).toEqual([60, 70])
  })

  it('reads channels that lie between others, and rows with something after them', () => {
    const rgba = { data: Uint8Array.of(1, 2, 3, 255, 5, 6, 7, 255, 0, 9, 10, 11, 255, 13, 14, 15, 255, 0), stride: 9 }
    expect(scaled({ ...rgba, offset: 1, step: 4 }, whole(2, 2), { width: 2, height: 2 })).toEqual([2, 6, 10, 14])
  })
})
