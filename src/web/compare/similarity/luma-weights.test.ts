import { describe, expect, it } from 'vitest'
import { BT709 } from '../colour-matrix.ts'
import { lumaWeights } from './luma-weights.ts'

const untagged = { matrix: null, primaries: null, transfer: null, fullRange: null }

/** What an encoder makes of a colour (ITU-R BT.601, limited range). */
const encoded601 = (r: number, g: number, b: number) => {
  const y = 0.299 * r + 0.587 * g + 0.114 * b
  return {
    y: 16 + (y * 219) / 255,
    u: 128 + (((b - y) / 1.772) * 224) / 255,
    v: 128 + (((r - y) / 1.402) * 224) / 255,
  }
}

describe('luma of decoded planes', () => {
  it('of BT.709 needs the first plane alone: 16 is black and 235 is white', () => {
    const weights = lumaWeights({ ...untagged, matrix: 'bt709', fullRange: false })
    expect(weights).toMatchObject({ u: 0, v: 0 })
    expect(16 * (weights?.y ?? 0) + (weights?.constant ?? 0)).toBeCloseTo(0, 9)
    expect(235 * (weights?.y ?? 0) + (weights?.constant ?? 0)).toBeCloseTo(255, 9)
    expect(lumaWeights({ ...untagged, matrix: 'bt709', fullRange: true })).toEqual({ y: 1, u: 0, v: 0, constant: -0 })
  })

  it.each(['smpte170m', 'bt470bg', null])('of %s is that of the colour that is seen', (matrix) => {
    const weights = lumaWeights({ ...untagged, matrix, fullRange: false })
    if (!weights) throw new Error('no weights')
    for (const [r, g, b] of [
      [255, 0, 0],
      [0, 255, 0],
      [0, 0, 255],
      [120, 120, 120],
      [30, 200, 40],
    ] as const) {
      const { y, u, v } = encoded601(r, g, b)
      const luma = weights.y * y + weights.u * u + weights.v * v + weights.constant
      expect(luma).toBeCloseTo(BT709.red * r + BT709.green * g + BT709.blue * b, 6)
    }
  })

  it.each([
    { ...untagged, matrix: 'bt2020-ncl', primaries: 'bt2020', transfer: 'pq' },
    { ...untagged, matrix: 'bt709', transfer: 'hlg' },
    { ...untagged, matrix: 'rgb' },
  ])('is left to the browser where colours are converted: %o', (colours) => {
    expect(lumaWeights(colours)).toBeNull()
  })
})
