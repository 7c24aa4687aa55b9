import { describe, expect, it } from 'vitest'
import { PLACES } from '../prompt/place.ts'
import { drawScene } from './scene.ts'

const WIDTH = 416
const HEIGHT = 240

const scene = (prompt: string, seed = 1, seconds = 0) =>
  drawScene({ prompt, seed, width: WIDTH, height: HEIGHT, fps: 25, seconds })
const drawn = new Map<string, Uint8Array>()

/** A prompt's picture, drawn once however many tests look at it. */
const picture = (prompt: string, seed = 1): Uint8Array => {
  const key = `${seed} ${prompt}`
  const made = drawn.get(key) ?? Uint8Array.from(scene(prompt, seed).draw(0))
  drawn.set(key, made)
  return made
}

/** Mean colour of each cell of a grid, as one list. */
const grid = (data: ArrayLike<number>, columns = 8, rows = 5): number[] => {
  const sums = Array.from({ length: columns * rows * 3 }, () => 0)
  const counts = Array.from({ length: columns * rows }, () => 0)
  for (let y = 0; y < HEIGHT; y++)
    for (let x = 0; x < WIDTH; x++) {
      const cell = Math.floor((y / HEIGHT) * rows) * columns + Math.floor((x / WIDTH) * columns)
      for (let channel = 0; channel < 3; channel++) sums[cell * 3 + channel]! += data[(y * WIDTH + x) * 4 + channel]!
      counts[cell]!++
    }
  return sums.map((sum, index) => sum / counts[Math.floor(index / 3)]!)
}

const apart = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, index) => sum + Math.abs(value - b[index]!), 0) / a.length
const mean = (data: ArrayLike<number>, channel: number): number => {
  let sum = 0
  for (let index = channel; index < data.length; index += 4) sum += data[index]!
  return sum / (data.length / 4)
}
const brightness = (data: ArrayLike<number>): number =>
  mean(data, 0) * 0.3 + mean(data, 1) * 0.59 + mean(data, 2) * 0.11
const warmth = (data: ArrayLike<number>): number => mean(data, 0) - mean(data, 2)

const PROMPTS: Record<(typeof PLACES)[number], string> = {
  mountains: 'mountains at noon',
  sea: 'open sea at noon',
  lake: 'a lake at noon',
  forest: 'a forest at noon',
  desert: 'desert dunes at noon',
  city: 'a city at noon',
  space: 'a planet in space',
  underwater: 'a coral reef underwater',
  meadow: 'a meadow at noon',
  snowfield: 'an arctic plain at noon',
  interior: 'a living room at noon',
  abstract: 'abstract shapes',
}

describe('drawScene', () => {
  it('makes one frame of zero seconds and a clip of some', () => {
    expect(scene('a lake')).toMatchObject({ width: WIDTH, height: HEIGHT, count: 1 })
    expect(scene('a lake', 1, 5)).toMatchObject({ count: 125, fps: 25 })
  })

  it('draws the same bytes for the same options', () => {
    for (const prompt of ['a lake at sunset', 'neon city at night', 'a forest in the rain']) {
      const first = scene(prompt, 7, 1)
      const second = scene(prompt, 7, 1)
      for (const index of [0, 12, 24]) {
        const frame = Uint8Array.from(first.draw(index))
        expect(Buffer.compare(frame, Uint8Array.from(second.draw(index)))).toBe(0)
      }
    }
  })

  it('draws a frame without having drawn those before it', () => {
    const stepped = scene('stormy sea with birds', 3, 1)
    for (let index = 0; index < 20; index++) stepped.draw(index)
    expect(
      Buffer.compare(Uint8Array.from(stepped.draw(20)), Uint8Array.from(scene('stormy sea with birds', 3, 1).draw(20))),
    ).toBe(0)
  })

  it.each(PLACES)('fills the frame, opaque and with contrast: %s', (place) => {
    const data = picture(PROMPTS[place])
    expect(data).toHaveLength(WIDTH * HEIGHT * 4)
    let least = 255
    let darkest = 255
    let brightest = 0
    for (let index = 0; index < data.length; index += 4) {
      least = Math.min(least, data[index + 3]!)
      const level = data[index]! * 0.3 + data[index + 1]! * 0.59 + data[index + 2]! * 0.11
      darkest = Math.min(darkest, level)
      brightest = Math.max(brightest, level)
    }
    expect(least).toBe(255)
    expect(brightest - darkest).toBeGreaterThan(70)
  })

  it.each(PLACES)('composes another seed anew: %s', (place) => {
    expect(apart(grid(picture(PROMPTS[place], 1)), grid(picture(PROMPTS[place], 2)))).toBeGreaterThan(4)
  })

  it.each(PLACES)('moves: %s', (place) => {
    const clip = scene(PROMPTS[place], 1, 2)
    const first = Uint8Array.from(clip.draw(0))
    const later = clip.draw(clip.count - 1)
    let changed = 0
    // More than the grain can do.
    for (let index = 0; index < first.length; index += 4) if (Math.abs(first[index]! - later[index]!) > 16) changed++
    expect(changed / (first.length / 4)).toBeGreaterThan(0.01)
  })

  it('draws every kind of place differently', () => {
    const grids = PLACES.map((place) => grid(picture(PROMPTS[place])))
    grids.forEach((one, index) => {
      for (let other = index + 1; other < grids.length; other++)
        expect(apart(one, grids[other]!), `${PLACES[index]} and ${PLACES[other]}`).toBeGreaterThan(8)
    })
  })

  it('lights a sunset warmer than noon, and a night darker than a day', () => {
    for (const place of ['a lake', 'mountains', 'the open sea', 'a meadow', 'a city skyline']) {
      const [noon, sunset, night] = ['noon', 'sunset', 'night'].map((time) => picture(`${place} at ${time}`))
      expect(warmth(sunset!), place).toBeGreaterThan(warmth(noon!) + 20)
      expect(brightness(night!), place).toBeLessThan(brightness(noon!) * 0.6)
    }
  })

  it('lets snow fall: bright points that move downwards', () => {
    const snowing = scene('mountains at night in falling snow, static camera', 4, 1)
    const clear = scene('mountains at night, clear sky, static camera', 4, 1)
    const flicker = (clip: ReturnType<typeof scene>): number => {
      const first = Uint8Array.from(clip.draw(0))
      const next = clip.draw(3)
      let count = 0
      for (let index = 0; index < first.length; index += 4)
        if (first[index]! - next[index]! > 60 && first[index]! > 130) count++
      return count
    }
    expect(flicker(snowing)).toBeGreaterThan(flicker(clear) + 100)
  })

  it('takes its colours from the words', () => {
    const red = picture('abstract red silk')
    const blue = picture('abstract blue silk')
    expect(warmth(red)).toBeGreaterThan(warmth(blue) + 60)
  })

  it('makes of unknown words a scene of their own', () => {
    expect(apart(grid(picture('blurgh fnord')), grid(picture('xyzzy plugh')))).toBeGreaterThan(10)
  })

  it('mirrors the sky in a lake', () => {
    const still = grid(picture('a calm lake at sunset', 5), 1, 10)
    const noon = grid(picture('a calm lake at noon', 5), 1, 10)
    const warm = (list: number[], row: number): number => list[row * 3]! - list[row * 3 + 2]!
    expect(warm(still, 7)).toBeGreaterThan(warm(noon, 7) + 20)
  })

  it('draws upright frames too', () => {
    const source = drawScene({ prompt: 'a city at night', seed: 1, width: 240, height: 416, fps: 25, seconds: 0 })
    expect(source.draw(0)).toHaveLength(240 * 416 * 4)
  })
})
