import { describe, expect, it } from 'vitest'
import { BT709, colourMatrix } from '../colour-matrix.ts'
import { createPlaneScaler, type Planes } from './scale-planes.ts'

const flat = (
  [y, u, v]: readonly [number, number, number],
  facts: Partial<Pick<Planes, 'matrix' | 'fullRange' | 'width' | 'height'>> = {},
): Planes => {
  const { width = 8, height = 6 } = facts
  const [halfWidth, halfHeight] = [(width + 1) >> 1, (height + 1) >> 1]
  const data = new Uint8Array(width * height + 2 * halfWidth * halfHeight)
  data.fill(y, 0, width * height)
  data.fill(u, width * height, width * height + halfWidth * halfHeight)
  data.fill(v, width * height + halfWidth * halfHeight)
  return {
    data,
    layout: [
      { offset: 0, stride: width },
      { offset: width * height, stride: halfWidth },
      { offset: width * height + halfWidth * halfHeight, stride: halfWidth },
    ],
    matrix: BT709,
    fullRange: false,
    ...facts,
    width,
    height,
  }
}

const scaled = (planes: Planes, width = 4, height = 3) => {
  const out = new Uint32Array(width * height)
  createPlaneScaler()(planes, out, width, height)
  return [...out].map((pixel) => [pixel & 255, (pixel >> 8) & 255, (pixel >> 16) & 255, pixel >>> 24])
}

describe('a picture scaled from its planes', () => {
  it.each([
    ['black', [16, 128, 128], [0, 0, 0]],
    ['white', [235, 128, 128], [255, 255, 255]],
    // As FFmpeg encodes them by BT.709 in television's range.
    ['red', [63, 102, 240], [255, 0, 0]],
    ['green', [173, 42, 26], [0, 255, 0]],
    ['blue', [32, 240, 118], [0, 0, 255]],
    ['grey', [110, 128, 128], [109, 109, 109]],
  ] as const)('has the colour %s within rounding', (_, yuv, rgb) => {
    for (const [red = 0, green = 0, blue = 0, alpha] of scaled(flat(yuv))) {
      expect(Math.max(Math.abs(red - rgb[0]), Math.abs(green - rgb[1]), Math.abs(blue - rgb[2]))).toBeLessThanOrEqual(2)
      expect(alpha).toBe(255)
    }
  })

  it('reads BT.601 and the full range by their own numbers', () => {
    const [[red = 0, green = 0, blue = 0] = []] = scaled(
      flat([81, 90, 240], { matrix: colourMatrix('smpte170m') ?? BT709 }),
    )
    expect([red > 252, green < 3, blue < 3]).toEqual([true, true, true])
    expect(scaled(flat([110, 128, 128], { fullRange: true }))[0]).toEqual([110, 110, 110, 255])
  })

  it('is the mean of what it stands for', () => {
    const planes = flat([16, 128, 128])
    // A column of white in every pair: half of the light.
    for (let at = 0; at < 48; at += 2) planes.data[at] = 235
    for (const [red = 0] of scaled(planes)) expect(Math.abs(red - 128)).toBeLessThanOrEqual(1)
  })

  it('reads no further than the picture, whatever its size', () => {
    const planes = flat([110, 128, 128], { width: 7, height: 5 })
    expect(scaled(planes, 3, 2).every(([red = 0]) => red === scaled(flat([110, 128, 128]))[0]?.[0])).toBe(true)
  })
})
