import { describe, expect, it } from 'vitest'
import type { Pixels } from '../frames.ts'
import { drawScene } from '../scenes/scene.ts'
import { createNoise, fbm, type Noise } from '../canvas/noise.ts'
import { difference } from '../testing/difference.ts'
import { transitionBetween } from './transition.ts'

const WIDTH = 480
const HEIGHT = 272

type Rgb = readonly [number, number, number]

const drawn = (of: (x: number, y: number) => Rgb): Pixels => {
  const data = new Uint8Array(WIDTH * HEIGHT * 4)
  for (let y = 0, at = 0; y < HEIGHT; y++)
    for (let x = 0; x < WIDTH; x++, at += 4) {
      data.set(of(x, y), at)
      data[at + 3] = 255
    }
  return { width: WIDTH, height: HEIGHT, data }
}

const ground: Noise = createNoise(5, 'ground')
/** Grey-green ground with detail of all sizes. */
const paper = (x: number, y: number): Rgb => {
  const light = 110 + 90 * fbm(ground, x / 46, y / 46, 4)
  return [light * 0.9, light, light * 0.85]
}

const BALL = 26
/** The ground with a ball on it: red, with a white cross. */
const withBall = (ballX: number, ballY: number): Pixels =>
  drawn((x, y) => {
    const [dx, dy] = [x - ballX, y - ballY]
    if (dx * dx + dy * dy > BALL * BALL) return paper(x, y)
    return Math.abs(dx) < 4 || Math.abs(dy) < 4 ? [245, 240, 235] : [214, 40, 36]
  })

const middle = (start: Pixels, end: Pixels, prompt = 'Smooth cinematic transition'): Uint8Array => {
  const clip = transitionBetween({ start, end, prompt, seed: 4, fps: 20, seconds: 2.05 })
  return Uint8Array.from(clip.draw((clip.count - 1) / 2))
}

/** How many pixels are red, in a disc (or everywhere). */
const redness = (data: Uint8Array, around?: readonly [number, number], reach = BALL): number => {
  let count = 0
  for (let y = 0; y < HEIGHT; y++)
    for (let x = 0; x < WIDTH; x++) {
      if (around && Math.hypot(x - around[0], y - around[1]) > reach) continue
      const at = (y * WIDTH + x) * 4
      if (data[at]! - data[at + 1]! > 60) count++
    }
  return count
}

const inside = (data: Uint8Array, rim: number): number[] => {
  const kept: number[] = []
  for (let y = rim; y < HEIGHT - rim; y++)
    for (let x = rim; x < WIDTH - rim; x++) {
      const at = (y * WIDTH + x) * 4
      kept.push(data[at]!, data[at + 1]!, data[at + 2]!)
    }
  return kept
}

/** How strongly neighbours differ, in levels. */
const contrast = (data: ArrayLike<number>): number => {
  let sum = 0
  for (let y = 0; y < HEIGHT; y++)
    for (let x = 1; x < WIDTH; x++) {
      const at = (y * WIDTH + x) * 4 + 1
      sum += Math.abs(data[at]! - data[at - 4]!)
    }
  return sum / (HEIGHT * WIDTH)
}

describe('morph', () => {
  it('moves a thing from where it was to where it is: half-way it is there once, and whole', () => {
    const [from, to] = [
      [130, 100],
      [330, 170],
    ] as const
    const [start, end] = [withBall(...from), withBall(...to)]
    const data = middle(start, end)
    const whole = redness(Uint8Array.from(start.data))
    expect(redness(data, [230, 135], BALL + 10)).toBeGreaterThan(whole * 0.8)
    expect(redness(data, from)).toBeLessThan(whole * 0.06)
    expect(redness(data, to)).toBeLessThan(whole * 0.06)
    expect(redness(data)).toBeLessThan(whole * 1.25)
    // The ground stays as it was.
    const [still, wanted] = [inside(data, 4), inside(Uint8Array.from(drawn(paper).data), 4)]
    expect(difference(still, wanted)).toBeLessThan(6)
  })

  it('goes with a camera that turned', () => {
    const at = (shift: number): Pixels => drawn((x, y) => paper(x + shift, y + shift / 4))
    const [start, end] = [at(0), at(60)]
    const data = inside(middle(start, end), 40)
    const wanted = inside(Uint8Array.from(at(30).data), 40)
    expect(difference(data, wanted)).toBeLessThan(5)
    // A crossfade is far from that.
    expect(difference(inside(middle(start, end, 'dissolve'), 40), wanted)).toBeGreaterThan(12)
  })

  it('goes with a camera that came nearer', () => {
    const at = (zoom: number): Pixels =>
      drawn((x, y) => paper(WIDTH / 2 + (x - WIDTH / 2) / zoom, HEIGHT / 2 + (y - HEIGHT / 2) / zoom))
    const [start, end] = [at(1), at(1.24)]
    const data = inside(middle(start, end), 40)
    const wanted = inside(Uint8Array.from(at(1.115).data), 40)
    expect(difference(data, wanted)).toBeLessThan(2)
    expect(difference(inside(middle(start, end, 'dissolve'), 40), wanted)).toBeGreaterThan(6)
  })

  it('takes on the other light on the way', () => {
    const lit = (gain: number): Pixels => drawn((x, y) => paper(x, y).map((value) => value * gain) as unknown as Rgb)
    const data = inside(middle(lit(1), lit(0.7)), 4)
    expect(difference(data, inside(Uint8Array.from(lit(0.85).data), 4))).toBeLessThan(4)
  })

  it('shows one or the other of two pictures that have nothing in common, not both at once', () => {
    const scene = (prompt: string): Pixels => {
      const clip = drawScene({ prompt, seed: 2, width: WIDTH, height: HEIGHT, fps: 1, seconds: 0 })
      return { width: WIDTH, height: HEIGHT, data: Uint8Array.from(clip.draw(0)) }
    }
    const [start, end] = [scene('A forest in the morning'), scene('A city at night')]
    const data = middle(start, end)
    const near = (x: number, y: number, other: Pixels): number => {
      // Unrelated pictures come a little nearer on the way: compare with what is within some pixels.
      let least = Infinity
      for (let dy = -12; dy <= 12; dy += 2)
        for (let dx = -18; dx <= 18; dx += 2) {
          let sum = 0
          for (let j = -4; j <= 4; j += 2)
            for (let i = -4; i <= 4; i += 2) {
              const at = ((y + j) * WIDTH + x + i) * 4
              const there = ((y + j + dy) * WIDTH + x + i + dx) * 4
              for (let channel = 0; channel < 3; channel++)
                sum += Math.abs(data[at + channel]! - other.data[there + channel]!)
            }
          least = Math.min(least, sum / 75)
        }
      return least
    }
    let [clear, all] = [0, 0]
    for (let y = 24; y < HEIGHT - 24; y += 16)
      for (let x = 32; x < WIDTH - 32; x += 16) {
        all++
        if (Math.min(near(x, y, start), near(x, y, end)) < 9) clear++
      }
    expect(clear / all).toBeGreaterThan(0.7)
    expect(contrast(data)).toBeGreaterThan(0.75 * Math.min(contrast(start.data), contrast(end.data)))
  })
})
