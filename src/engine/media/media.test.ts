import { describe, expect, it } from 'vitest'
import { fittedEven, fittedInside } from './fit.ts'
import { narrowed, widened } from '../kernels/planes-range.ts'
import { fromRgba, toRgba } from '../kernels/planes-rgba.ts'
import { turnOf } from './rotation.ts'
import { sniff } from './sniff.ts'

const matrix = (a: number, b: number, c: number, d: number): Buffer => {
  const bytes = Buffer.alloc(36)
  for (const [index, value] of [a, b, 0, c, d].entries()) bytes.writeInt32LE(value * 65536, index * 4)
  return bytes
}

describe('turns', () => {
  it.each([
    ['none', matrix(1, 0, 0, 1), [], false],
    ['a quarter clockwise', matrix(0, 1, -1, 0), ['transpose=clock'], true],
    ['a quarter back', matrix(0, -1, 1, 0), ['transpose=cclock'], true],
    ['a half', matrix(-1, 0, 0, -1), ['hflip', 'vflip'], false],
    ['a mirror', matrix(-1, 0, 0, 1), ['hflip'], false],
  ])('%s', (_, bytes, filters, swaps) => expect(turnOf(bytes)).toEqual({ filters, swaps }))

  it('is none without a matrix, or with one of zeros', () => {
    expect(turnOf(null)).toEqual({ filters: [], swaps: false })
    expect(turnOf(Buffer.alloc(36))).toEqual({ filters: [], swaps: false })
  })
})

describe('sniffing', () => {
  const bytes = (text: string) => Buffer.concat([Buffer.from(text, 'latin1'), Buffer.alloc(32)])
  it.each([
    ['\xff\xd8\xff\xe0', 'image'],
    ['\x89PNG\r\n\x1a\n', 'image'],
    ['GIF89a', 'gif'],
    ['RIFF\x10\0\0\0WEBP', 'image'],
    ['\0\0\0\x18ftypavif', 'image'],
    ['\0\0\0\x18ftypmp42', 'video'],
    ['\0\0\0\x14ftypqt  ', 'video'],
    ['\0\0\0\x08wide\0\0\0\0', 'video'],
    ['\x1a\x45\xdf\xa3', 'video'],
    ['\0\0\0\x18ftypheic', 'refused'],
    ['\0\0\0\x18ftypM4A ', 'refused'],
    ['ID3\x04', 'refused'],
    ['%PDF-1.7', 'refused'],
    ['\x7fELF\x02\x01', 'unknown'],
  ])('%j is %s', (text, kind) => expect(sniff(bytes(text)).kind).toBe(kind))

  it('knows text and SVG, with a byte order mark or without', () => {
    expect(sniff(Buffer.from('hello, this is text'))).toEqual({ kind: 'refused', what: 'text' })
    expect(sniff(Buffer.from('\ufeff<svg xmlns="x"></svg>'))).toEqual({ kind: 'refused', what: 'an SVG drawing' })
    expect(sniff(Buffer.from('x'))).toEqual({ kind: 'unknown' })
  })
})

it('fits sizes inside a side', () => {
  expect(fittedInside({ width: 4000, height: 3000 }, 480)).toEqual({ width: 480, height: 360 })
  expect(fittedInside({ width: 40, height: 30 }, 480)).toEqual({ width: 40, height: 30 })
  expect(fittedEven({ width: 1080, height: 1919 }, 1280)).toEqual({ width: 720, height: 1280 })
})

it('goes to planes and back within two levels', () => {
  const data = Uint8Array.from({ length: 64 * 64 * 4 }, (_, index) => (index % 4 === 3 ? 255 : (index * 37) % 256))
  const back = toRgba(fromRgba({ width: 64, height: 64, data })).data
  for (let index = 0; index < data.length; index++)
    expect(Math.abs((back[index] ?? 0) - (data[index] ?? 0))).toBeLessThan(4)
})

describe('range', () => {
  it('goes from television to full range and back within a rounding', () => {
    const video = Uint8Array.from({ length: 24 }, (_, at) => (at < 16 ? 16 + at * 14 : 40 + at * 7))
    const planes = widened(4, 4, video)
    expect([planes.y[0], planes.y[15]]).toEqual([0, Math.round(((226 - 16) * 255) / 219)])
    narrowed(planes).forEach((value, at) => expect(Math.abs(value - (video[at] ?? 0))).toBeLessThanOrEqual(1))
  })
})
