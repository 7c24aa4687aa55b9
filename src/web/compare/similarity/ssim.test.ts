import { ssim as oracle } from 'ssim.js'
import { describe, expect, it } from 'vitest'
import { type Luma, ssim } from './ssim.ts'

/** The same noise in every run: a linear congruential generator (Numerical Recipes). */
const noise = (seed: number) => {
  let state = seed
  return () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32
}

const picture = (width: number, height: number, at: (x: number, y: number) => number): Luma => ({
  width,
  height,
  data: Uint8Array.from({ length: width * height }, (_, index) =>
    Math.min(255, Math.max(0, Math.round(at(index % width, Math.floor(index / width))))),
  ),
})

const scene = (width = 320, height = 180) =>
  picture(width, height, (x, y) => 128 + 60 * Math.sin(x / 9) * Math.cos(y / 7) + ((x >> 5) + (y >> 5)) * 5)

const noisy = ({ width, height, data }: Luma, strength: number) => {
  const random = noise(7)
  return picture(width, height, (x, y) => (data[y * width + x] ?? 0) + (random() - 0.5) * strength)
}

/** The definition, word for word: mean, variance and covariance of every block by itself. */
const byDefinition = (one: Luma, other: Luma): number[] => {
  const blocks: number[] = []
  const [c1, c2] = [(0.01 * 255) ** 2, (0.03 * 255) ** 2]
  for (let top = 0; top + 8 <= one.height; top += 4)
    for (let left = 0; left + 8 <= one.width; left += 4) {
      const places = Array.from({ length: 64 }, (_, at) => (top + (at >> 3)) * one.width + left + (at % 8))
      const [a, b] = [one, other].map(({ data }) => places.map((place) => data[place] ?? 0)) as [number[], number[]]
      const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
      const [meanA, meanB] = [mean(a), mean(b)]
      const together = (x: number[], y: number[], meanX: number, meanY: number) =>
        mean(x.map((value, at) => (value - meanX) * ((y[at] ?? 0) - meanY)))
      blocks.push(
        ((2 * meanA * meanB + c1) * (2 * together(a, b, meanA, meanB) + c2)) /
          ((meanA ** 2 + meanB ** 2 + c1) * (together(a, a, meanA, meanA) + together(b, b, meanB, meanB) + c2)),
      )
    }
  return blocks
}

const rgba = ({ width, height, data }: Luma) => ({
  width,
  height,
  data: Uint8ClampedArray.from({ length: data.length * 4 }, (_, at) => (at % 4 === 3 ? 255 : (data[at >> 2] ?? 0))),
})

const PAIRS: [string, Luma, Luma][] = [
  ['noise', scene(), noisy(scene(), 60)],
  ['moved', scene(), picture(320, 180, (x, y) => 128 + 60 * Math.sin((x - 3) / 9) * Math.cos(y / 7))],
  [
    'another',
    noisy(scene(64, 48), 255),
    noisy(
      picture(64, 48, (x) => x * 3),
      90,
    ),
  ],
  ['negative', scene(100, 180), picture(100, 180, (x, y) => 255 - (scene(100, 180).data[y * 100 + x] ?? 0))],
]

describe('the similarity of two pictures', () => {
  it.each(PAIRS)('is what the definition says, block by block: %s', (_, one, other) => {
    const { mean, blocks, columns, rows } = ssim(one, other)
    const expected = byDefinition(one, other)
    expect([columns, rows]).toEqual([one.width / 4 - 1, one.height / 4 - 1])
    expect(blocks).toHaveLength(expected.length)
    expect(Math.max(...expected.map((value, at) => Math.abs(value - (blocks[at] ?? 9))))).toBeLessThan(1e-6)
    expect(mean).toBeCloseTo(expected.reduce((sum, value) => sum + value, 0) / expected.length, 6)
  })

  // Its `weber` has evenly weighted windows too, but begins at every pixel and rounds variances down to 1/1024.
  it.each(PAIRS)('agrees with ssim.js: %s', (_, one, other) => {
    const { ssim_map: map } = oracle(rgba(one), rgba(other), { ssim: 'weber', windowSize: 8, downsample: false })
    const { blocks, columns, rows } = ssim(one, other)
    const differences = Array.from({ length: columns * rows }, (_unused, block) => {
      const [column, row] = [block % columns, Math.floor(block / columns)]
      return Math.abs((blocks[block] ?? 9) - (map.data[row * 4 * map.width + column * 4] ?? 9))
    })
    expect(Math.max(...differences)).toBeLessThan(1e-4)
  })

  it('is 1 for a picture and itself, everywhere', () => {
    const { mean, blocks } = ssim(scene(), scene())
    expect(mean).toBe(1)
    expect(blocks.every((value) => value === 1)).toBe(true)
  })

  it('is nearly 0 for black and white', () => {
    const { mean } = ssim(
      picture(64, 64, () => 0),
      picture(64, 64, () => 255),
    )
    expect(mean).toBeGreaterThan(0)
    expect(mean).toBeLessThan(0.001)
  })

  it('does not depend on which of the two is first', () => {
    const other = noisy(scene(), 80)
    expect(ssim(scene(), other).blocks).toEqual(ssim(other, scene()).blocks)
  })

  it('sinks with every bit of noise', () => {
    const means = [0, 5, 10, 20, 40, 80, 160, 255].map((strength) => ssim(scene(), noisy(scene(), strength)).mean)
    expect(means).toEqual(means.toSorted((a, b) => b - a))
    expect(new Set(means).size).toBe(means.length)
  })

  it('tells where: only blocks that touch the change are below 1', () => {
    const one = scene(64, 48)
    const other = picture(64, 48, (x, y) => (x < 16 && y < 12 ? 255 : (one.data[y * 64 + x] ?? 0)))
    const { blocks, columns } = ssim(one, other)
    const touched = Array.from(blocks, (_, at) => (at % columns) * 4 < 16 && Math.floor(at / columns) * 4 < 12)
    expect(Array.from(blocks, (value) => value < 0.999)).toEqual(touched)
  })

  it('refuses pictures of different size', () => {
    expect(() => ssim(scene(64, 48), scene(64, 64))).toThrow('differ in size')
  })
})
