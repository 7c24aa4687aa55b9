import { createRandom } from '../random.ts'
import { type NoiseTable, paintMemory, placeOf } from './paint-memory.ts'

/** Smooth noise over the plane, about -1 to 1, zero on average. */
export type Noise = ((x: number, y: number) => number) & { readonly table: NoiseTable }

/** Gradient noise after Perlin (2002, "Improving Noise"), with a table shuffled by the seed. */
export const createNoise = (seed: number, name: string): Noise => {
  const random = createRandom(seed, `noise ${name}`)
  const order = new Uint8Array(512)
  const gradX = new Float32Array(256)
  const gradY = new Float32Array(256)
  for (let index = 0; index < 256; index++) {
    order[index] = index
    const angle = random() * Math.PI * 2
    gradX[index] = Math.cos(angle) * 1.5
    gradY[index] = Math.sin(angle) * 1.5
  }
  for (let index = 255; index > 0; index--) {
    const other = Math.floor(random() * (index + 1))
    const kept = order[index]!
    order[index] = order[other]!
    order[other] = kept
  }
  order.copyWithin(256, 0, 256)
  // The gradient that each place of the shuffled table names, x and y side by side.
  const slopes = new Float64Array(1024)
  for (let index = 0; index < 512; index++) {
    slopes[index * 2] = gradX[order[index]!]!
    slopes[index * 2 + 1] = gradY[order[index]!]!
  }
  const noise = (x: number, y: number): number => {
    const cellX = Math.floor(x)
    const cellY = Math.floor(y)
    const fx = x - cellX
    const fy = y - cellY
    const left = cellX & 255
    const top = cellY & 255
    const row = order[left]!
    const nextRow = order[(left + 1) & 255]!
    const below = (top + 1) & 255
    const a = (row + top) << 1
    const b = (nextRow + top) << 1
    const c = (row + below) << 1
    const d = (nextRow + below) << 1
    const u = fx * fx * fx * (fx * (fx * 6 - 15) + 10)
    const v = fy * fy * fy * (fy * (fy * 6 - 15) + 10)
    const na = slopes[a]! * fx + slopes[a + 1]! * fy
    const nb = slopes[b]! * (fx - 1) + slopes[b + 1]! * fy
    const nc = slopes[c]! * fx + slopes[c + 1]! * (fy - 1)
    const nd = slopes[d]! * (fx - 1) + slopes[d + 1]! * (fy - 1)
    const upper = na + (nb - na) * u
    return upper + (nc + (nd - nc) * u - upper) * v
  }
  return Object.assign(noise, { table: { order, gradX, gradY, slot: 0 } })
}

/** Sum of octaves, each half as strong, about twice as fine, and turned a little; about -1 to 1. */
export const fbm = (noise: Noise, x: number, y: number, octaves: number): number =>
  paintMemory().kernels.octaveSum(placeOf(noise.table), x, y, octaves)
