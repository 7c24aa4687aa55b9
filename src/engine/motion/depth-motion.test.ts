import { describe, expect, it } from 'vitest'
import type { Pixels } from '../frames.ts'
import { createNoise, fbm } from '../canvas/noise.ts'
import { difference } from '../testing/difference.ts'
import { animateImage } from './animate.ts'

const WIDTH = 480
const HEIGHT = 272
const HORIZON = 120

type Rgb = readonly [number, number, number]

const noise = createNoise(9, 'land')

/** A landscape: smooth sky with white clouds, a meadow with detail; `before` paints what stands there. */
const land = (before: (x: number, y: number) => Rgb | undefined): Pixels => {
  const data = new Uint8Array(WIDTH * HEIGHT * 4)
  for (let y = 0, at = 0; y < HEIGHT; y++)
    for (let x = 0; x < WIDTH; x++, at += 4) {
      const cloud = Math.max(0, Math.min(1, fbm(noise, x / 90, y / 34, 3) * 3 - 0.3)) * 0.8
      const grass = fbm(noise, x / 14, y / 9, 3) * 60
      const ground: Rgb = [70 + grass, 120 + grass, 48 + grass / 2]
      const sky: Rgb = [90 + 150 * cloud, 140 + 105 * cloud, 225 + 25 * cloud]
      data.set(before(x, y) ?? (y < HORIZON ? sky : ground), at)
      data[at + 3] = 255
    }
  return { width: WIDTH, height: HEIGHT, data }
}

const clip = (image: Pixels, prompt: string) => animateImage({ image, prompt, seed: 2, fps: 25, seconds: 2 })
const last = (image: Pixels, prompt: string): Uint8Array => {
  const source = clip(image, prompt)
  return Uint8Array.from(source.draw(source.count - 1))
}

/** Where something of a colour is: its middle and its height, in pixels. */
const find = (data: ArrayLike<number>, is: (red: number, green: number, blue: number) => boolean) => {
  let [sum, count, top, bottom] = [0, 0, HEIGHT, 0]
  for (let y = 0; y < HEIGHT; y++)
    for (let x = 0; x < WIDTH; x++) {
      const at = (y * WIDTH + x) * 4
      if (!is(data[at]!, data[at + 1]!, data[at + 2]!)) continue
      sum += x
      count++
      top = Math.min(top, y)
      bottom = Math.max(bottom, y)
    }
  return { x: sum / count, tall: bottom - top, count }
}

const isRed = (red: number, green: number, blue: number): boolean => red > 150 && green < 90 && blue < 90
const isMagenta = (red: number, green: number, blue: number): boolean => red > 130 && green < 90 && blue > 130

/** A red post near the camera and a magenta one far away, at the same distance from the middle. */
const posts = land((x, y) => {
  if (Math.abs(x - 300) < 13 && y > 150 && y < 250) return [210, 30, 40]
  if (Math.abs(x - 180) < 7 && y > 100 && y < 130) return [190, 30, 190]
  return undefined
})

describe('depth', () => {
  it('moves what is near more than what is far when the camera goes sideways', () => {
    const [near, far] = [find(posts.data, isRed), find(posts.data, isMagenta)]
    const data = last(posts, 'pan right')
    const nearWay = near.x - find(data, isRed).x
    const farWay = far.x - find(data, isMagenta).x
    expect(farWay).toBeGreaterThan(3)
    // Both also move by the turn and the magnification; they are as far from the middle.
    expect(nearWay).toBeGreaterThan(farWay * 0.2)
    const zoom = find(data, isRed).tall / near.tall
    const flat = (x: number, way: number): number => way - (WIDTH / 2 - x) * (zoom - 1)
    expect(flat(near.x, nearWay)).toBeGreaterThan(flat(far.x, farWay) + 6)
  })

  it('tells a dolly from a zoom: one brings what is near nearer, the other all of it', () => {
    const grown = (prompt: string): { near: number; far: number } => {
      const data = last(posts, prompt)
      return {
        near: find(data, isRed).count / find(posts.data, isRed).count,
        far: find(data, isMagenta).count / find(posts.data, isMagenta).count,
      }
    }
    const zoom = grown('zoom in')
    expect(Math.abs(zoom.near / zoom.far - 1)).toBeLessThan(0.12)
    const dolly = grown('dolly in')
    expect(dolly.near).toBeGreaterThan(dolly.far * 1.12)
    expect(dolly.far).toBeGreaterThan(1)
  })

  it('never shows what is beyond the edges twice', () => {
    // A white frame: mirrored edges would show it as a line within the picture.
    const framed = land((x, y) => (x < 3 || y < 3 || x >= WIDTH - 3 || y >= HEIGHT - 3 ? [255, 255, 255] : undefined))
    for (const prompt of ['pan left', 'orbit', 'crane', 'dolly out', 'handheld']) {
      const data = last(framed, prompt)
      for (const y of [160, 200, 240]) {
        let rises = 0
        for (let x = 30; x < WIDTH - 30; x++) {
          const at = (y * WIDTH + x) * 4
          if (data[at]! > 215 && data[at + 2]! > 215 && data[at - 4]! <= 215) rises++
        }
        expect(rises, `${prompt} at ${y}`).toBe(0)
      }
    }
  })
})

const balloon = (x: number, y: number): Rgb | undefined => {
  const [dx, dy] = [x - 250, y - 56]
  if (dx * dx + dy * dy > 30 * 30) return undefined
  return Math.floor((dx + 40) / 8) % 2 ? [214, 60, 40] : [120, 20, 60]
}

describe('what words move', () => {
  it('lets clouds drift behind what is before them, which keeps its shape', () => {
    const image = land(balloon)
    const data = last(image, 'static camera, clouds drift')
    const part = (of: ArrayLike<number>, inside: (x: number, y: number) => boolean): number[] => {
      const kept: number[] = []
      for (let y = 0; y < HEIGHT; y++)
        for (let x = 0; x < WIDTH; x++)
          if (inside(x, y)) for (let channel = 0; channel < 3; channel++) kept.push(of[(y * WIDTH + x) * 4 + channel]!)
      return kept
    }
    const changed = (inside: (x: number, y: number) => boolean): number =>
      difference(part(image.data, inside), part(data, inside))
    const off = (x: number, y: number): number => Math.hypot(x - 250, y - 56)
    expect(changed((x, y) => off(x, y) < 27)).toBeLessThan(4)
    expect(changed((x, y) => y < 90 && off(x, y) > 60)).toBeGreaterThan(9)
    expect(changed((_x, y) => y > HORIZON + 40)).toBeLessThan(4)
  })

  it('lets the sun stand still while clouds drift', () => {
    const off = (x: number, y: number): number => Math.hypot(x - 330, y - 46)
    const image = land((x, y) => (off(x, y) < 17 ? [255, 252, 236] : undefined))
    const data = last(image, 'static camera, clouds drift')
    const isSun = (red: number, _green: number, blue: number): boolean => red > 252 && blue > 225 && blue < 245
    expect(find(data, isSun).x).toBeCloseTo(330, 0)
    expect(find(data, isSun).count).toBeGreaterThan(800)
  })

  it('ripples the water and leaves the shore', () => {
    const lake = land((x, y) => {
      if (y < 150 || y > 245) return undefined
      const line = 24 * Math.sin(y * 0.9 + Math.sin(x / 60))
      return [70 + line, 110 + line, 150 + line]
    })
    const data = last(lake, 'static camera, the water ripples')
    const rows = (of: ArrayLike<number>, from: number, to: number): number[] =>
      Array.from({ length: (to - from) * WIDTH * 4 }, (_, at) => of[from * WIDTH * 4 + at]!)
    const changed = (from: number, to: number): number => difference(rows(lake.data, from, to), rows(data, from, to))
    expect(changed(170, 240)).toBeGreaterThan(3)
    expect(changed(0, 100)).toBeLessThan(changed(170, 240) / 2)
  })
})

const mean = (data: ArrayLike<number>): Rgb => {
  const sum = [0, 0, 0]
  for (let at = 0; at < data.length; at += 4)
    for (let channel = 0; channel < 3; channel++) sum[channel]! += data[at + channel]!
  return sum.map((value) => value / (data.length / 4)) as unknown as Rgb
}

/** The share of pixels in which something is to be seen that their surroundings do not have: by so many levels of red. */
const specks = (data: Uint8Array, by: number): number => {
  let count = 0
  for (let y = 0; y < HEIGHT; y++)
    for (let x = 8; x < WIDTH - 8; x++) {
      const at = (y * WIDTH + x) * 4
      const beside = (data[at - 32]! + data[at + 32]!) / 2
      if (data[at]! - beside > by) count++
    }
  return count / (WIDTH * HEIGHT)
}

describe('weather', () => {
  const plain = land((_x, y) => (y < HORIZON ? [90, 140, 200] : [70, 104, 60]))
  const calm = last(plain, 'static camera')

  it.each([
    ['snow', 0.012],
    ['rain', 0.012],
    ['embers', 0.002],
    ['dust particles', 0.002],
    ['fireflies', 0.001],
    ['autumn leaves falling', 0.002],
  ])('shows %s clearly, and begins with none', (prompt, share) => {
    const source = clip(plain, `static camera, ${prompt}`)
    expect(difference(Uint8Array.from(source.draw(1)), plain.data)).toBeLessThan(0.5)
    expect(specks(Uint8Array.from(source.draw(40)), 24)).toBeGreaterThan(share)
    expect(specks(calm, 24)).toBe(0)
  })

  it('makes more of heavy rain than of light rain, darker and cooler than none', () => {
    const [heavy, light] = [last(plain, 'static camera, heavy rain'), last(plain, 'static camera, light rain')]
    expect(specks(heavy, 12)).toBeGreaterThan(specks(light, 12) * 1.5)
    const [red, green, blue] = mean(heavy)
    const [calmRed, calmGreen, calmBlue] = mean(calm)
    expect(red + green + blue).toBeLessThan(calmRed + calmGreen + calmBlue - 12)
    expect(blue / red).toBeGreaterThan(calmBlue / calmRed)
  })

  it('warms the picture by embers, and lets light flicker', () => {
    const [red, , blue] = mean(last(plain, 'static camera, embers'))
    const [calmRed, , calmBlue] = mean(calm)
    expect(red / blue).toBeGreaterThan(calmRed / calmBlue)
    const lamp = land((x, y) =>
      Math.hypot(x - 300, y - 180) < 12 ? [255, 240, 190] : y < HORIZON ? [30, 34, 48] : [26, 30, 22],
    )
    const source = clip(lamp, 'static camera, flickering light')
    const levels = Array.from({ length: 25 }, (_, index) => {
      const data = source.draw(25 + index)
      return data[(180 * WIDTH + 318) * 4]!
    })
    expect(Math.max(...levels) - Math.min(...levels)).toBeGreaterThan(6)
  })
})
