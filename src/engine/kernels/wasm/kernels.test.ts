import { expect, it } from 'vitest'
import { createBlur } from '../blur.ts'
import { layInk, screenWith, multiplyBy } from '../blend.ts'
import { atChroma, blendIn, leanTo } from '../mix.ts'
import { fractalTile, grainTile } from '../noise.ts'
import { quantise } from '../print.ts'
import { double, halve } from '../resize.ts'
import { mapBytes } from '../tone.ts'
import { planesIn } from '../planes.ts'
import { createRandom } from '../../random.ts'
import { createSpecks } from '../../canvas/specks.ts'

const noise = (length: number, name: string): Uint8Array => {
  const random = createRandom(3, name)
  return Uint8Array.from({ length }, () => random() * 256)
}

// Widths that do and do not divide by the sixteen bytes of a step.
it.each([
  [64, 48, 3],
  [61, 37, 5],
  [17, 5, 9],
  [5, 3, 1],
])('blurs %i x %i by %i as the mean of a square', (width, height, radius) => {
  const source = noise(width * height, 'blur')
  const target = new Uint8Array(source.length)
  createBlur(width, height)(source, target, radius)
  const at = (x: number, y: number): number =>
    source[Math.min(height - 1, Math.max(0, y)) * width + Math.min(width - 1, Math.max(0, x))] ?? 0
  const side = 2 * radius + 1
  let furthest = 0
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      let sum = 0
      for (let dy = -radius; dy <= radius; dy++) for (let dx = -radius; dx <= radius; dx++) sum += at(x + dx, y + dy)
      furthest = Math.max(furthest, Math.abs(sum / side ** 2 - (target[y * width + x] ?? 0)))
    }
  // One rounding across and one down.
  expect(furthest).toBeLessThanOrEqual(1.01)
})

it.each([
  [64, 8],
  [35, 7],
])('halves %i x %i', (width, height) => {
  const source = noise(width * height, 'halve')
  const across = (width + 1) >> 1
  const target = new Uint8Array(across * ((height + 1) >> 1))
  halve(source, width, height, target)
  const at = (x: number, y: number): number => source[Math.min(height - 1, y) * width + Math.min(width - 1, x)] ?? 0
  const wanted = target.map((_, index) => {
    const [x, y] = [2 * (index % across), 2 * Math.floor(index / across)]
    return (at(x, y) + at(x + 1, y) + at(x, y + 1) + at(x + 1, y + 1) + 2) >> 2
  })
  expect([...target]).toEqual([...wanted])
})

it.each([
  [64, 8],
  [35, 7],
])('doubles to %i x %i between its samples', (width, height) => {
  const [across, down] = [(width + 1) >> 1, (height + 1) >> 1]
  const source = noise(across * down, 'double')
  const target = new Uint8Array(width * height)
  double(source, width, height, target)
  const at = (x: number, y: number): number =>
    source[Math.min(down - 1, Math.max(0, y)) * across + Math.min(across - 1, Math.max(0, x))] ?? 0
  const between = (place: number): [number, number] => [Math.floor((place - 1) / 2), place % 2 === 0 ? 0.75 : 0.25]
  for (const index of target.keys()) {
    const [x, partX] = between(index % width)
    const [y, partY] = between(Math.floor(index / width))
    const row = (line: number): number => at(x, line) + (at(x + 1, line) - at(x, line)) * partX
    expect(Math.abs((target[index] ?? 0) - (row(y) + (row(y + 1) - row(y)) * partY))).toBeLessThan(1)
  }
})

it('maps, masks, lights and inks each byte, to the last one', () => {
  const [plane, other, table] = [noise(1003, 'plane'), noise(1003, 'other'), noise(256, 'table')]
  const after = (change: (values: Uint8Array) => void): Uint8Array => {
    const values = Uint8Array.from(plane)
    change(values)
    return values
  }
  const wanted = (of: (value: number, with_: number) => number) => plane.map((value, at) => of(value, other[at] ?? 0))
  expect(after((values) => mapBytes(values, values, table))).toEqual(wanted((value) => table[value] ?? 0))
  expect(after((values) => multiplyBy(values, other, 128))).toEqual(
    wanted((value, mask) => 128 + (((value - 128) * mask * 257 + 32768) >> 16)),
  )
  expect(after((values) => multiplyBy(values, other))).toEqual(
    wanted((value, mask) => (value * mask * 257 + 32768) >> 16),
  )
  expect(after((values) => screenWith(values, other, 0.5))).toEqual(
    wanted((value, light) => value + (((255 - value) * light * 129) >> 16)),
  )
  expect(after((values) => layInk(values, other, 52, 205))).toEqual(
    wanted((value, ink) => (value * (52 + ((ink * 205) >> 8))) >> 8),
  )
})

it('leans and blends planes, and reads luma on the grid of chroma', () => {
  const [plane, to, parts] = [noise(1003, 'plane'), noise(1003, 'other'), noise(1003, 'parts')]
  const leaned = Uint8Array.from(plane)
  leanTo(leaned, to, parts)
  const part = (value: number, at: number, much: number): number => value + ((((to[at] ?? 0) - value) * much) >> 8)
  expect(leaned).toEqual(plane.map((value, at) => part(value, at, parts[at] ?? 0)))
  const blended = Uint8Array.from(plane)
  blendIn(blended, to, 0.25)
  expect(blended).toEqual(plane.map((value, at) => part(value, at, 64)))
  for (const shift of [0, 1] as const) {
    const planes = planesIn(37, 6, shift, noise(37 * 6 * 3, 'picture'))
    const table = noise(256, 'table')
    const found = atChroma(planes, table)
    const wanted = found.map((_, at) => {
      const [x, y] = [at % planes.chromaWidth, Math.floor(at / planes.chromaWidth)]
      return table[planes.y[(y << shift) * 37 + (x << shift)] ?? 0] ?? 0
    })
    expect(found).toEqual(wanted)
  }
})

it('makes blocks of one level each', () => {
  const plane = noise(70 * 20, 'blocks')
  const before = Uint8Array.from(plane)
  quantise(plane, 70, 8, 30, 12, 0.5)
  for (let top = 0; top < 20; top += 8)
    for (let left = 0; left < 70; left += 8) {
      let [sum, count] = [0, 0]
      const levels = new Set<number>()
      for (let y = top; y < Math.min(20, top + 8); y++)
        for (let x = left; x < Math.min(70, left + 8); x++) {
          levels.add(plane[y * 70 + x] ?? 0)
          sum += before[y * 70 + x] ?? 0
          count++
        }
      expect(levels.size).toBe(1)
      const [level = 0] = levels
      expect((level - 12) % 30).toBe(0)
      // Half a step of rounding and a quarter of dither.
      expect(Math.abs(level - sum / count)).toBeLessThanOrEqual(30 * 0.75)
    }
})

it('makes noise that takes the whole byte, joins at its sides, and is another for another name', () => {
  const tile = fractalTile(3, 'clouds', { side: 128, cells: 4, octaves: 4, gain: 0.5 })
  expect([Math.min(...tile.data), Math.max(...tile.data)]).toEqual([0, 255])
  const at = (x: number, y: number): number => tile.data[(y & 127) * 128 + (x & 127)] ?? 0
  const step = (x: number): number =>
    Array.from({ length: 128 }, (_, y) => Math.abs(at(x, y) - at(x + 1, y))).reduce((sum, value) => sum + value) / 128
  expect(step(127)).toBeLessThan(2 * (step(20) + step(60) + step(100)))
  expect(fractalTile(3, 'other', { side: 128, cells: 4, octaves: 4 }).data).not.toEqual(tile.data)
  const { data } = grainTile(3, 'grain', 128)
  const mean = data.reduce((sum, value) => sum + value) / data.length
  expect(mean).toBeGreaterThan(126)
  expect(mean).toBeLessThan(130)
})

it('paints specks over what is clear and what is not', () => {
  const [width, height] = [40, 24]
  const data = new Uint8ClampedArray(width * height * 4)
  for (let at = 0; at < data.length; at += 4) if ((at / 4) % width >= 20) data.set([10, 200, 90, 255], at)
  const over = createSpecks()
  over.paint([250, 100, 20], 0.5)
  over.ellipse(110, 56, 12, 4, 0)
  const only = createSpecks(true)
  only.paint([0, 0, 0], 1)
  only.line(90, 66, 140, 66, 4)
  for (const specks of [over, only]) specks.onto({ width, height, data }, { x: 90, y: 44, scale: 1 })
  const pixel = (x: number, y: number): number[] => [...data.subarray((y * width + x) * 4, (y * width + x) * 4 + 4)]
  // On nothing it is itself, half of it; on what is there it is between.
  expect(pixel(14, 12)).toEqual([250, 100, 20, 128])
  expect(pixel(24, 12)).toEqual([130, 150, 55, 255])
  expect(pixel(24, 4)).toEqual([10, 200, 90, 255])
  expect([pixel(10, 22), pixel(30, 22)]).toEqual([
    [0, 0, 0, 0],
    [0, 0, 0, 255],
  ])
  let area = 0
  for (let y = 6; y < 18; y++) for (let x = 0; x < 20; x++) area += (pixel(x, y)[3] ?? 0) / 127.5
  expect(Math.abs(area - (Math.PI * 12 * 4) / 2)).toBeLessThan(3)
})
