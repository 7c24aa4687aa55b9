import { expect, it } from 'vitest'
import { plainOctaves, plainSum } from '../testing/plain-noise.ts'
import { crestsOf, wavesOf } from './noise-field.ts'
import { createNoise, fbm, type Noise } from './noise.ts'

const COUNT = 37
const xs = Float32Array.from({ length: COUNT }, (_, index) => index * 31.7 - 400)
const zs = Float32Array.from({ length: COUNT }, (_, index) => 20 + index ** 2)

const plainCrest = (noise: Noise, x: number, y: number, count: number): number => {
  let [sum, before] = [0, 1]
  plainOctaves(noise, x, y, count, [31.7, 5.3]).forEach((value, octave) => {
    const sharp = (1 - Math.abs(value)) ** 2 * before
    sum += sharp / 2 ** (octave + 1)
    before = Math.min(1, sharp * 1.6)
  })
  return sum
}

it('sums octaves as they are defined, whatever their number', () => {
  const noise = createNoise(9, 'sum')
  for (const count of [1, 2, 3, 4, 5, 6])
    for (const [x, y] of [
      [0.3, -0.7],
      [-41.2, 17.9],
      [300.1, 255.6],
    ] as const)
      expect(fbm(noise, x, y, count)).toBeCloseTo(plainSum(noise, x, y, count), 3)
})

it('makes waves over the ground as one by one, also when many noises have been used in between', () => {
  const noise = createNoise(9, 'waves')
  const waves = wavesOf(noise, { x: 60, z: 90, moveX: 3, octaves: 3 })
  const first = waves(xs, zs, COUNT).slice(0, COUNT)
  for (let other = 0; other < 200; other++) fbm(createNoise(other, 'other'), 1, 2, 2)
  const again = waves(xs, zs, COUNT)
  for (let index = 0; index < COUNT; index++) {
    expect(first[index]).toBeCloseTo(plainSum(noise, xs[index]! / 60 + 3, zs[index]! / 90, 3), 3)
    expect(again[index]).toBe(first[index])
  }
})

it('makes crests over the ground as one by one', () => {
  const noise = createNoise(9, 'crests')
  const found = crestsOf(noise, { wave: 200, moveX: 50, octaves: 5 })(xs, zs, COUNT)
  for (let index = 0; index < COUNT; index++) {
    const [x, z] = [(xs[index]! + 50) / 200, zs[index]! / 200]
    const bend = plainSum(noise, x * 0.6 + 20, z * 0.6, 2) * 0.5
    expect(found[index]).toBeCloseTo(plainCrest(noise, x + bend, z + bend * 0.6, 5), 3)
  }
})
