import { expect, it } from 'vitest'
import { shrinkPlane } from './shrink-plane.ts'

const shrunk = (data: Uint8Array, width: number, height: number, to: { width: number; height: number }, step = 1) => {
  const out = new Uint8Array(to.width * to.height + 1)
  shrinkPlane({ data, offset: step - 1, step, stride: width * step }, { width, height }, out, 1, to)
  return [...out.subarray(1)]
}

it('makes each value of those that it stands for alone', () => {
  const halves = Uint8Array.from({ length: 12 * 6 }, (_, at) => (at % 12 < 6 ? 10 : 200))
  expect(shrunk(halves, 12, 6, { width: 2, height: 1 })).toEqual([10, 200])
  const rising = Uint8Array.from({ length: 9 }, (_, at) => at * 10)
  expect(shrunk(rising, 9, 1, { width: 3, height: 1 })).toEqual([10, 40, 70])
})

it('reads one of two channels that alternate', () => {
  const pairs = Uint8Array.from({ length: 6 * 3 * 2 }, (_, at) => (at % 2 === 0 ? 255 : 77))
  expect(shrunk(pairs, 6, 3, { width: 2, height: 1 }, 2)).toEqual([77, 77])
})

it('takes sizes that do not divide, and the same size', () => {
  const flat = new Uint8Array(7 * 5).fill(42)
  expect(shrunk(flat, 7, 5, { width: 3, height: 2 })).toEqual(Array(6).fill(42))
  const rising = Uint8Array.from({ length: 4 }, (_, at) => at)
  expect(shrunk(rising, 2, 2, { width: 2, height: 2 })).toEqual([0, 1, 2, 3])
})
