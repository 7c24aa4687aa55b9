import { expect, it } from 'vitest'
import { createRandom, hashText } from '../../random.ts'
import { createNoise } from '../../canvas/noise.ts'
import { LANE, lane, paintMemory, placeOf } from '../../canvas/paint-memory.ts'
import { plainSum } from '../../testing/plain-noise.ts'

const NAMES = ['x', 'z', 'height', 'slopeX', 'slopeZ', 'upper', 'follows', 'red', 'green', 'blue', 'haze'] as const
type Point = Record<(typeof NAMES)[number], number>

const points = () => lane(LANE.points).byteOffset

const putPoints = (list: readonly Partial<Point>[]): void => {
  for (const [index, point] of list.entries())
    for (const [number, name] of NAMES.entries()) lane(LANE.points + number)[index] = point[name] ?? 0
}

const pointAt = (index: number, names: readonly (keyof Point)[]): number[] =>
  names.map((name) => lane(LANE.points + NAMES.indexOf(name))[index]!)

const expectNear = (found: readonly number[], wanted: readonly number[], most: number, what: string): void => {
  expect(found.length).toBe(wanted.length)
  for (const [index, value] of wanted.entries())
    expect(Math.abs(found[index]! - value), `${what}, number ${index}: ${found[index]} for ${value}`).toBeLessThan(most)
}

const part = (value: number): number => Math.min(1, Math.max(0, value))

it('marches along a ray and keeps what can be seen', () => {
  const count = 120
  const [focal, level, eye, bottom] = [300, 60, 20, 140]
  const random = createRandom(2, 'march')
  const [xs, zs, heights, before] = [lane(LANE.xs), lane(LANE.zs), lane(LANE.heights), lane(LANE.before)]
  for (let step = 0; step < count; step++) {
    zs[step] = 70 * 1.02 ** step
    xs[step] = zs[step]! * 0.3
    heights[step] = Math.sin(step / 9) * 14 + random() * 3 + step / 12
    before[step] = heights[step]! + random() - 0.5
  }
  const found = paintMemory().kernels.march(
    xs.byteOffset,
    zs.byteOffset,
    heights.byteOffset,
    before.byteOffset,
    count,
    focal,
    level,
    eye,
    bottom,
    points(),
  )
  const rowOf = (step: number): number => level - ((heights[step]! - eye) * focal) / zs[step]!
  // A point is seen where it stands above all the points before it that are seen, by more than nobody would notice.
  const wanted: Partial<Point>[] = []
  let [top, last] = [bottom, -1]
  for (let step = 0; step < count; step++) {
    if (rowOf(step) >= top - 0.15) continue
    top = rowOf(step)
    wanted.push({
      x: xs[step]!,
      z: zs[step]!,
      height: heights[step]!,
      slopeX: ((heights[step]! - before[step]!) * focal) / zs[step]!,
      slopeZ: step > 0 ? (heights[step]! - heights[step - 1]!) / (zs[step]! - zs[step - 1]!) : 0,
      upper: top,
      follows: step > 0 && last === step - 1 ? 1 : 0,
    })
    last = step
  }
  expect(found).toBe(wanted.length)
  expect(found).toBeGreaterThan(20)
  expect(found).toBeLessThan(count - 20)
  for (const [index, point] of wanted.entries()) {
    const names = NAMES.slice(0, 7)
    const numbers = names.map((name) => point[name]!)
    expectNear(pointAt(index, names), numbers, 0.002, `point ${index}`)
  }
})

it('ends a march at the upper edge', () => {
  const [xs, zs, heights, before] = [lane(LANE.xs), lane(LANE.zs), lane(LANE.heights), lane(LANE.before)]
  zs.set([10, 20, 30])
  xs.set([0, 0, 0])
  heights.set([5, 900, 9000])
  before.set([5, 900, 9000])
  const places = [xs, zs, heights, before].map(({ byteOffset }) => byteOffset) as [number, number, number, number]
  expect(paintMemory().kernels.march(...places, 3, 100, 50, 10, 200, points())).toBe(2)
  expect(pointAt(0, ['upper'])).toEqual([100])
  expect(pointAt(1, ['upper', 'follows'])).toEqual([0, 1])
})

const LAND = {
  light: [0.36, 0.8, 0.48],
  perRough: 1 / 12,
  snowFrom: 40,
  perSnow: 1 / 9,
  growTo: 30,
  perGrowth: 1 / 14,
  rock: [
    [60, 58, 70],
    [150, 140, 130],
  ],
  growth: [
    [30, 50, 34],
    [110, 140, 70],
  ],
  snow: [
    [150, 170, 210],
    [250, 250, 245],
  ],
  haze: 0.2,
  perLow: 1 / 50,
  low: 0.3,
  perMetre: 0.0004,
  most: 0.6,
} as const

it('colours ground by slope, height and light', () => {
  const noise = createNoise(5, 'rough')
  const random = createRandom(5, 'surface')
  const count = 23
  const given = Array.from({ length: count }, () => ({
    x: random() * 200 - 100,
    z: 50 + random() * 900,
    height: random() * 80 - 10,
    slopeX: random() * 2 - 1,
    slopeZ: random() * 1.6 - 0.8,
  }))
  putPoints(given)
  const list = lane(LANE.list)
  list.set(Object.values(LAND).flat(2))
  paintMemory().kernels.surface(points(), count, placeOf(noise.table), list.byteOffset)
  const kinds = new Set<string>()
  for (const [index, { x, z, height, slopeX, slopeZ }] of given.entries()) {
    // The normal is (-slopeX, 1, -slopeZ), made one long.
    const upright = 1 / Math.hypot(slopeX, 1, slopeZ)
    const facing = (LAND.light[1] - slopeX * LAND.light[0] - slopeZ * LAND.light[2]) * upright
    const shine = part(facing * 1.15 + 0.1)
    const rough = plainSum(noise, x * LAND.perRough, z * LAND.perRough, 3)
    const steep = part((1 - upright) * 3.2 - 0.35 + rough * 0.5)
    const cold = part((height - LAND.snowFrom) * LAND.perSnow + rough * 1.4 - steep * 0.9)
    const green = part((LAND.growTo - height) * LAND.perGrowth + rough * 0.7) * (1 - steep)
    kinds.add(cold > 0.8 ? 'snow' : green > 0.8 ? 'growth' : cold < 0.1 && green < 0.2 ? 'rock' : 'between')
    const colour = [0, 1, 2].map((channel) => {
      const lit = ([dark, bright]: readonly [readonly number[], readonly number[]]): number =>
        dark[channel]! + (bright[channel]! - dark[channel]!) * shine
      const earth = lit(LAND.rock) + (lit(LAND.growth) - lit(LAND.rock)) * green
      return (earth + (lit(LAND.snow) - earth) * cold) * (1 + rough * 0.16)
    })
    const haze = LAND.haze + (1 - part(height * LAND.perLow)) * LAND.low + z * LAND.perMetre
    expectNear(pointAt(index, ['red', 'green', 'blue']), colour, 0.02, `colour ${index}`)
    expectNear(pointAt(index, ['haze']), [Math.max(0, Math.min(LAND.most, haze))], 1e-4, `haze ${index}`)
  }
  expect([...kinds].sort()).toEqual(['between', 'growth', 'rock', 'snow'])
})

it('fills a column with points, near to far, hazed, with fractions of a pixel', () => {
  const { kernels, row: pixels } = paintMemory()
  const rows = 40
  const air = [200, 210, 220] as const
  const given = [
    { upper: 36.4, follows: 0, red: 20, green: 40, blue: 60, haze: 0.1 },
    { upper: 30.9, follows: 1, red: 120, green: 80, blue: 40, haze: 0.2 },
    { upper: 30.2, follows: 1, red: 10, green: 250, blue: 5, haze: 0.2 },
    { upper: 21.5, follows: 0, red: 240, green: 30, blue: 90, haze: 0.4 },
    { upper: 12.3, follows: 1, red: 70, green: 70, blue: 70, haze: 0.7 },
  ]
  putPoints(given)
  pixels.fill(77, 0, rows * 4)
  kernels.fillColumn(points(), given.length, pixels.byteOffset, rows, lane(LANE.sums).byteOffset, ...air, 31)
  const random = createRandom((31 ^ hashText('')) >>> 0)
  const colours = given.map(({ red, green, blue, haze }) =>
    [red, green, blue].map((value, channel) => value + (air[channel]! - value) * haze),
  )
  // What lies above the highest point is left as it was.
  expect([...pixels.subarray(0, 12 * 4)].every((byte) => byte === 77)).toBe(true)
  for (let row = 12; row < rows; row++) {
    const sum = [0, 0, 0]
    let cover = 0
    for (const [index, { upper, follows }] of given.entries()) {
      const lower = index > 0 ? given[index - 1]!.upper : rows
      const much = Math.max(0, Math.min(row + 1, lower) - Math.max(row, upper))
      const from = follows ? colours[index - 1]! : colours[index]!
      const share = Math.min(1, (lower - row - 0.5) / (lower - upper))
      for (const [channel, value] of from.entries())
        sum[channel]! += (value + (colours[index]![channel]! - value) * share) * much
      cover += much
    }
    const noise = random() - 0.5
    const wanted = [...sum.map((value) => value / cover + noise), cover * 255]
    expectNear([...pixels.subarray(row * 4, row * 4 + 4)], wanted, 0.52, `row ${row}`)
  }
})
