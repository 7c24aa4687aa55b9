import { describe, expect, it } from 'vitest'
import { difference } from '../testing/difference.ts'
import type { Pixels } from '../frames.ts'
import { createNoise } from '../canvas/noise.ts'
import { animateImage } from './animate.ts'

const WIDTH = 208
const HEIGHT = 120

/** A picture with bright sky, busy leaves and water, and never black. */
const image = (): Pixels => {
  const noise = createNoise(3, 'fixture')
  const data = new Uint8Array(WIDTH * HEIGHT * 4)
  for (let y = 0; y < HEIGHT; y++)
    for (let x = 0; x < WIDTH; x++) {
      const index = (y * WIDTH + x) * 4
      const busy = y > HEIGHT * 0.35 ? noise(x / 4, y / 4) * 70 : 0
      data[index] = 120 + busy
      data[index + 1] = 150 + busy
      data[index + 2] = y < HEIGHT * 0.35 ? 230 : 90 + busy
      data[index + 3] = 255
    }
  return { width: WIDTH, height: HEIGHT, data }
}

const clip = (prompt: string, seed = 1, seconds = 2) => animateImage({ image: image(), prompt, seed, fps: 25, seconds })
const frame = (prompt: string, index: number, seed = 1): Uint8Array => Uint8Array.from(clip(prompt, seed).draw(index))

const PROMPTS = [
  'zoom in',
  'zoom out',
  'pan left',
  'pan right',
  'tilt up',
  'tilt down',
  'orbit',
  'handheld',
  'crane shot',
  'wind',
  'water ripples',
  'drifting clouds',
  'snow',
  'rain',
  'embers',
  'golden light',
  'Animate this',
  'whatever',
]

describe('animateImage', () => {
  it.each(PROMPTS)('begins with the picture itself: %s', (prompt) => {
    expect(Buffer.compare(frame(prompt, 0), Uint8Array.from(image().data))).toBe(0)
  })

  it.each(PROMPTS)('visibly moves, smoothly, without black or clear borders: %s', (prompt) => {
    const source = clip(prompt)
    const frames = [0, 1, 2, 25, 49].map((index) => Uint8Array.from(source.draw(index)))
    expect(difference(frames[0]!, frames[4]!)).toBeGreaterThan(1)
    // It eases in: the second frame is still close to the first.
    expect(difference(frames[0]!, frames[1]!)).toBeLessThan(difference(frames[0]!, frames[4]!))
    for (const data of frames)
      for (let index = 0; index < data.length; index += 4) {
        if (data[index + 3] !== 255) throw new Error(`clear pixel at ${index / 4}`)
        if (data[index]! + data[index + 1]! + data[index + 2]! < 60) throw new Error(`black pixel at ${index / 4}`)
      }
  })

  it('holds the picture still where a static camera and nothing else is asked for, but for a breath of wind', () => {
    expect(difference(frame('static camera', 49), image().data)).toBeLessThan(
      difference(frame('zoom in', 49), image().data) / 2,
    )
  })

  it('makes the same bytes again, and others for another seed', () => {
    expect(Buffer.compare(frame('wind and snow', 30), frame('wind and snow', 30))).toBe(0)
    expect(difference(frame('wind and snow', 30), frame('wind and snow', 30, 2))).toBeGreaterThan(1)
  })

  it('draws a frame without those before it', () => {
    const source = clip('orbit with rain')
    for (let index = 0; index < 30; index++) source.draw(index)
    expect(Buffer.compare(Uint8Array.from(source.draw(30)), frame('orbit with rain', 30))).toBe(0)
  })

  it('pulls back without showing anything twice', () => {
    const data = new Uint8Array(WIDTH * HEIGHT * 4).fill(60)
    for (let index = 3; index < data.length; index += 4) data[index] = 255
    for (let y = 0; y < HEIGHT; y++)
      for (let x = 6; x < 12; x++) data.fill(250, (y * WIDTH + x) * 4, (y * WIDTH + x) * 4 + 3)
    const picture = { width: WIDTH, height: HEIGHT, data }
    const out = animateImage({ image: picture, prompt: 'zoom out', seed: 1, fps: 25, seconds: 2 }).draw(49)
    let rises = 0
    for (let x = 1; x < WIDTH; x++)
      if (out[(60 * WIDTH + x) * 4]! > 150 && out[(60 * WIDTH + x - 1) * 4]! <= 150) rises++
    expect(rises).toBe(1)
  })

  it('pans the way that the words say', () => {
    // A bright column moves against the camera.
    const data = new Uint8Array(WIDTH * HEIGHT * 4).fill(60)
    for (let y = 0; y < HEIGHT; y++)
      for (let x = 100; x < 108; x++) data.fill(250, (y * WIDTH + x) * 4, (y * WIDTH + x) * 4 + 3)
    for (let index = 3; index < data.length; index += 4) data[index] = 255
    const middle = (prompt: string): number => {
      const out = animateImage({
        image: { width: WIDTH, height: HEIGHT, data },
        prompt,
        seed: 1,
        fps: 25,
        seconds: 2,
      }).draw(49)
      let sum = 0
      let weight = 0
      for (let x = 0; x < WIDTH; x++) {
        const level = Math.max(0, out[(60 * WIDTH + x) * 4]! - 150)
        sum += level * x
        weight += level
      }
      return sum / weight
    }
    expect(middle('pan right')).toBeLessThan(94)
    expect(middle('pan left')).toBeGreaterThan(112)
  })
})
