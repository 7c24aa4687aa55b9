import { expect, it } from 'vitest'
import { createRandom, hashText, type Random } from '../../random.ts'
import { createNoise, type Noise } from '../../canvas/noise.ts'
import { LANE, lane, paintMemory, placeOf } from '../../canvas/paint-memory.ts'
import { plainSum } from '../../testing/plain-noise.ts'

/** The stream of random numbers that a kernel begins in a state. */
const randomsFrom = (state: number): Random => createRandom((state ^ hashText('')) >>> 0)

type Pixel = readonly [red: number, green: number, blue: number, alpha: number]

/** How far a row's bytes are from what they should be; of what is clear only alpha is looked at. */
const furthestOf = (row: Uint8ClampedArray, wanted: readonly Pixel[]): number => {
  let most = 0
  for (const [index, pixel] of wanted.entries())
    for (const [channel, value] of pixel.entries())
      if (channel === 3 || pixel[3] > 0) {
        const byte = Math.min(255, Math.max(0, value))
        most = Math.max(most, Math.abs(row[index * 4 + channel]! - byte))
      }
  return most
}

const mix = (from: number, to: number, share: number): number => from + (to - from) * share
const part = (value: number): number => Math.min(1, Math.max(0, value))

// Half a level of rounding, and what single precision adds to it.
const ROUNDED = 0.52

it('paints a row of sky between the colours of every eighth pixel', () => {
  const { kernels, row } = paintMemory()
  const columns = 61
  const random = createRandom(4, 'cells')
  const cells = lane(LANE.list)
  for (let at = 0; at < (columns / 8 + 2) * 3; at++) cells[at] = random() * 255
  kernels.skyRow(row.byteOffset, columns, cells.byteOffset, 99)
  const fine = randomsFrom(99)
  const wanted = Array.from({ length: columns }, (_, x): Pixel => {
    const noise = 2 * (fine() - 0.5)
    const at = (channel: number): number => {
      const cell = (x >> 3) * 3 + channel
      return mix(cells[cell]!, cells[cell + 3]!, (x & 7) / 8) + noise
    }
    return [at(0), at(1), at(2), 255]
  })
  expect(furthestOf(row, wanted)).toBeLessThan(ROUNDED)
})

it('paints a row of mist as dense as its noise', () => {
  const { kernels, row } = paintMemory()
  const noise = createNoise(6, 'mist')
  const columns = 83
  kernels.mistRow(row.byteOffset, columns, placeOf(noise.table), 0.11, 3.7, 140, 0x30_20_10, 5)
  const fine = randomsFrom(5)
  const wanted = Array.from({ length: columns }, (_, x): Pixel => {
    const body = part(0.62 + plainSum(noise, x * 0.11, 3.7, 4) * 0.85)
    return [0x10, 0x20, 0x30, Math.max(0, body * 140 + fine() - 0.5)]
  })
  expect(furthestOf(row, wanted)).toBeLessThan(ROUNDED)
  const alphas = wanted.map(([, , , alpha]) => alpha)
  expect(Math.max(...alphas) - Math.min(...alphas)).toBeGreaterThan(40)
})

const BANK = {
  firstX: -30,
  step: 2,
  middle: 160,
  perHorizon: 1 / 180,
  across: 1 / 70,
  byDistance: 2.6,
  clear: -0.02,
  sunX: 240,
  sunY: 60,
  perReach: 1 / 220,
  aheadX: 26,
  aheadY: 16,
  perSoft: 1 / 0.26,
  shade: [90, 100, 120],
  light: [255, 236, 210],
  air: [200, 190, 180],
  airy: 0.3,
  strong: 230,
}

/** How dense clouds are: noise that is bent by a slower one, and flatter and closer together towards the horizon. */
const densityAt = (noise: Noise, x: number, y: number, octaves: number): number => {
  const away = 1 / (1.14 - part(y * BANK.perHorizon))
  const [px, py] = [(x - BANK.middle) * away * BANK.across, away * BANK.byDistance]
  const bend = noise(px * 0.5 + 40, py * 0.5) * 0.5
  return plainSum(noise, px + bend, py * 1.7 + bend, octaves) - BANK.clear
}

const cloudAt = (noise: Noise, x: number, y: number, fine: number): Pixel => {
  const body = densityAt(noise, x, y, 5)
  if (body <= 0) return [0, 0, 0, 0]
  const [aside, down] = [BANK.sunX - x, BANK.sunY - y]
  const far = Math.hypot(aside, down)
  // What stands between a place and the sun, a little way towards it, keeps the light from it.
  const by = 1 / (far + 1)
  const ahead = densityAt(noise, x + aside * by * BANK.aheadX, y + down * by * BANK.aheadY, 3)
  const glow = (1 - Math.min(1, far * BANK.perReach)) * 0.25
  const facing = part(0.58 + (body - ahead) * 1.9 - body * 0.55 + glow)
  const soft = Math.min(1, body * BANK.perSoft)
  const colour = (channel: number): number =>
    mix(mix(BANK.shade[channel]!, BANK.light[channel]!, facing), BANK.air[channel]!, BANK.airy) + 2 * fine
  return [colour(0), colour(1), colour(2), Math.max(0, soft * soft * (3 - 2 * soft) * BANK.strong + fine)]
}

it.each([12, 95.5, 170])('paints a row of clouds at %d as they are defined', (y) => {
  const { kernels, row } = paintMemory()
  const noise = createNoise(8, 'clouds')
  const columns = 181
  const list = lane(LANE.list)
  list.set(Object.values(BANK).flat())
  kernels.cloudRow(row.byteOffset, columns, placeOf(noise.table), list.byteOffset, y, 7)
  const random = randomsFrom(7)
  const wanted = Array.from({ length: columns }, (_, index) =>
    cloudAt(noise, index * BANK.step + BANK.firstX, y, random() - 0.5),
  )
  // A density of nearly nothing may be nothing in single precision; its alpha is hardly more.
  expect(furthestOf(row, wanted)).toBeLessThan(ROUNDED)
  const seen = wanted.filter(([, , , alpha]) => alpha > 60).length
  expect(seen).toBeGreaterThan(20)
  expect(seen).toBeLessThan(columns - 20)
})
