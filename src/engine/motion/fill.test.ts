import { describe, expect, it } from 'vitest'
import { difference } from '../testing/difference.ts'
import { holeFor, withoutHole } from './fill.ts'
import { asWords, type Words32 } from '../sight/field.ts'

const [WIDTH, HEIGHT] = [320, 180]

const draw = (colour: (x: number, y: number) => readonly [number, number, number]): Words32 => {
  const data = new Uint8Array(WIDTH * HEIGHT * 4).fill(255)
  for (let y = 0, at = 0; y < HEIGHT; y++) for (let x = 0; x < WIDTH; x++, at += 4) data.set(colour(x, y), at)
  return asWords({ width: WIDTH, height: HEIGHT, data })
}
const all = { left: 0, top: 0, width: WIDTH, height: HEIGHT }

/** A picture with a magenta square in it, that square as something cut out, and what it is without it. */
const emptied = (ground: Words32, square: { left: number; top: number; width: number; height: number }) => {
  const words = Uint32Array.from(ground.words)
  for (let y = square.top; y < square.top + square.height; y++)
    words.fill(0xffff00ff, y * WIDTH + square.left, y * WIDTH + square.left + square.width)
  const rgba = new Uint8Array(square.width * square.height * 4).fill(255)
  const hole = holeFor({ box: square, rgba }, WIDTH, HEIGHT)
  return withoutHole({ ...ground, words }, all, hole, 7)
}
const within = ({ words }: Words32, { left, top, width, height }: typeof all): number[] =>
  Array.from({ length: width * height }, (_, at) => {
    const word = words[(top + Math.floor(at / width)) * WIDTH + left + (at % width)]!
    return [word & 255, (word >>> 8) & 255, (word >>> 16) & 255]
  }).flat()

const SQUARE = { left: 130, top: 60, width: 50, height: 50 }

describe('a hole', () => {
  it('is filled with the pattern around it, in step', () => {
    const ground = draw((x, y) => (((x >> 3) + (y >> 3)) % 2 ? [180, 160, 120] : [70, 80, 60]))
    expect(difference(within(emptied(ground, SQUARE), SQUARE), within(ground, SQUARE))).toBeLessThan(14)
  })

  it('goes on with light that changes slowly, without a step at its rim', () => {
    const ground = draw((x, y) => [60 + x / 2, 90 + y / 3, 200 - x / 4])
    const out = emptied(ground, SQUARE)
    expect(difference(within(out, SQUARE), within(ground, SQUARE))).toBeLessThan(6)
    for (let x = SQUARE.left - 12; x < SQUARE.left + SQUARE.width + 12; x++) {
      const [one, other] = [out.words[85 * WIDTH + x]! & 255, out.words[85 * WIDTH + x + 1]! & 255]
      expect(Math.abs(one - other), `column ${x}`).toBeLessThan(6)
    }
  })

  it('does not carry the colour of what stands beside it into the ground', () => {
    // A red post right beside the hole.
    const ground = draw((x) => (x >= 184 && x < 200 ? [200, 30, 30] : [150, 190, 230]))
    const inner = { left: 135, top: 65, width: 40, height: 40 }
    expect(difference(within(emptied(ground, SQUARE), inner), within(ground, inner))).toBeLessThan(8)
  })

  it('is filled softly where there is nothing to be copied', () => {
    const ground = draw(() => [100, 120, 140])
    const most = { left: 14, top: 14, width: WIDTH - 28, height: HEIGHT - 28 }
    const out = emptied(ground, most)
    expect(out.words.every((word) => word >>> 24 === 255)).toBe(true)
    expect(difference(within(out, SQUARE), within(ground, SQUARE))).toBeLessThan(30)
  })

  it('leaves everything else as it is, byte for byte', () => {
    const ground = draw((x, y) => [(x * 7 + y) % 256, (y * 3) % 256, x % 256])
    const out = emptied(ground, SQUARE)
    const far = { left: 0, top: 0, width: 100, height: HEIGHT }
    expect(within(out, far)).toEqual(within(ground, far))
  })
})
