import { describe, expect, it } from 'vitest'
import { difference } from '../testing/difference.ts'
import type { Pixels } from '../frames.ts'
import { createNoise } from '../canvas/noise.ts'
import { transitionBetween } from './transition.ts'

const WIDTH = 208
const HEIGHT = 120

const picture = (red: number, blue: number, name: string): Pixels => {
  const noise = createNoise(1, name)
  const data = new Uint8Array(WIDTH * HEIGHT * 4)
  for (let y = 0; y < HEIGHT; y++)
    for (let x = 0; x < WIDTH; x++) {
      const index = (y * WIDTH + x) * 4
      const busy = noise(x / 9, y / 9) * 40
      data[index] = red + busy
      data[index + 1] = 110 + busy
      data[index + 2] = blue + busy
      data[index + 3] = 255
    }
  return { width: WIDTH, height: HEIGHT, data }
}
const start = picture(200, 60, 'start')
const end = picture(60, 200, 'end')

const clip = (prompt: string, seed = 1) => transitionBetween({ start, end, prompt, seed, fps: 25, seconds: 2 })
const frame = (prompt: string, index: number, seed = 1): Uint8Array => Uint8Array.from(clip(prompt, seed).draw(index))

const PROMPTS = [
  'Smooth cinematic transition with natural motion',
  'dissolve',
  'zoom through',
  'whip pan left',
  'wipe right',
  'iris wipe',
  'glitch',
  'light leak',
  'liquid',
  'ink spreads',
  'burn away',
]

describe('transitionBetween', () => {
  it.each(PROMPTS)('begins exactly with the start and ends exactly with the end: %s', (prompt) => {
    const source = clip(prompt)
    expect(source.count).toBe(50)
    expect(Buffer.compare(Uint8Array.from(source.draw(0)), Buffer.from(start.data))).toBe(0)
    expect(Buffer.compare(Uint8Array.from(source.draw(49)), Buffer.from(end.data))).toBe(0)
  })

  it.each(PROMPTS)('goes over from one to the other, opaque all the way: %s', (prompt) => {
    const source = clip(prompt)
    const early = Uint8Array.from(source.draw(5))
    const late = Uint8Array.from(source.draw(44))
    expect(difference(early, start.data)).toBeLessThan(difference(early, end.data))
    expect(difference(late, end.data)).toBeLessThan(difference(late, start.data))
    for (const index of [1, 12, 25, 37, 48]) {
      const data = source.draw(index)
      for (let at = 3; at < data.length; at += 4) if (data[at] !== 255) throw new Error(`clear pixel in frame ${index}`)
    }
  })

  it.each(PROMPTS)('does not jump at its ends: %s', (prompt) => {
    const whole = difference(start.data, end.data)
    expect(difference(frame(prompt, 1), start.data)).toBeLessThan(whole * 0.35)
    expect(difference(frame(prompt, 48), end.data)).toBeLessThan(whole * 0.35)
  })

  it('goes differently for different words', () => {
    const middles = PROMPTS.map((prompt) => frame(prompt, 22))
    middles.forEach((one, index) => {
      for (let other = index + 1; other < middles.length; other++)
        expect(difference(one, middles[other]!), `${PROMPTS[index]} and ${PROMPTS[other]}`).toBeGreaterThan(2)
    })
  })

  it('makes the same bytes again, and others for another seed', () => {
    for (const prompt of ['smooth', 'glitch', 'light leak', 'liquid', 'zoom through']) {
      expect(Buffer.compare(frame(prompt, 25), frame(prompt, 25))).toBe(0)
      expect(difference(frame(prompt, 25), frame(prompt, 25, 2)), prompt).toBeGreaterThan(0.5)
    }
  })

  it('wipes the way that the words say', () => {
    const redAt = (data: Uint8Array, x: number): number => data[(60 * WIDTH + x) * 4]! - data[(60 * WIDTH + x) * 4 + 2]!
    const right = frame('wipe right', 25)
    expect(redAt(right, 10)).toBeLessThan(0)
    expect(redAt(right, WIDTH - 10)).toBeGreaterThan(0)
    const left = frame('wipe left', 25)
    expect(redAt(left, 10)).toBeGreaterThan(0)
    expect(redAt(left, WIDTH - 10)).toBeLessThan(0)
  })

  it('refuses pictures of different sizes', () => {
    const other = { ...end, width: WIDTH / 2, data: end.data.subarray(0, end.data.length / 2) }
    expect(() => transitionBetween({ start, end: other, prompt: 'fade', seed: 1, fps: 25, seconds: 1 })).toThrow(
      RangeError,
    )
  })
})
