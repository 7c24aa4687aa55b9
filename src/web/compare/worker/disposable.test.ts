import { describe, expect, it } from 'vitest'
import { isDisposable, lengthSizeOf } from './disposable.ts'

const unit = (refIdc: number, type: number, length = 3) => [
  0,
  0,
  0,
  length,
  (refIdc << 5) | type,
  ...Array(length - 1).fill(7),
]
const packet = (...units: number[][]) => Uint8Array.from(units.flat())

describe('an H.264 picture that may be left out', () => {
  it('is one that no other refers to, whatever stands before its slices', () => {
    expect(isDisposable(packet(unit(0, 1)), 4)).toBe(true)
    expect(isDisposable(packet(unit(0, 9), unit(0, 6, 20), unit(0, 1), unit(0, 1)), 4)).toBe(true)
  })

  it('is none that others refer to, nor one that is not understood', () => {
    expect(isDisposable(packet(unit(2, 1)), 4)).toBe(false)
    expect(isDisposable(packet(unit(0, 6), unit(3, 5)), 4)).toBe(false)
    expect(isDisposable(packet(unit(0, 1), unit(1, 1)), 4)).toBe(false)
    expect(isDisposable(packet(unit(0, 6)), 4)).toBe(false)
    expect(isDisposable(new Uint8Array(), 4)).toBe(false)
  })
})

it('tells the size of lengths by the configuration, and nothing of other codecs', () => {
  const description = Uint8Array.of(1, 100, 0, 31, 0xff, 0xe1)
  expect(lengthSizeOf({ codec: 'avc1.64001f', description })).toBe(4)
  expect(lengthSizeOf({ codec: 'avc1.64001f', description: Uint8Array.of(1, 100, 0, 31, 0xfd) })).toBe(2)
  expect(lengthSizeOf({ codec: 'avc1.64001f' })).toBeNull()
  expect(lengthSizeOf({ codec: 'vp09.00.10.08', description })).toBeNull()
})
