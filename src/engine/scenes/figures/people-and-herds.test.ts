import { createCanvas } from '@napi-rs/canvas'
import { describe, expect, it } from 'vitest'
import { readSceneBrief } from '../../prompt/scene-brief.ts'
import { createRandom } from '../../random.ts'
import { peopleAndHerds } from './people-and-herds.ts'
import { createFrameCanvas } from '../../canvas/frame-canvas.ts'
import { readLight } from '../light.ts'
import { createSceneContext } from '../layers.ts'

const WIDTH = 640
const HEIGHT = 360
const GROUND = { horizon: 160, y: 250, metre: 13, depth: 0.6 }

/** What stands in a scene of these words at a moment, on a clear canvas: its opaque pixels, and their columns. */
const drawn = (
  prompt: string,
  seconds = 0,
): { covered: number; left: number; right: number; data: Uint8ClampedArray } => {
  const brief = readSceneBrief(prompt)
  const light = readLight(brief, createRandom(1, 'light'))
  const scene = createSceneContext({ width: WIDTH, height: HEIGHT, seconds: 5, seed: 1 }, brief, light, { x: 0, y: 0 })
  const canvas = createCanvas(WIDTH, HEIGHT)
  const ctx = canvas.getContext('2d')
  const place = { width: WIDTH, height: HEIGHT, centre: 0.5, frameCanvas: createFrameCanvas(WIDTH, HEIGHT, 1) }
  const view = { x: 0, y: 0, zoom: 1, seconds, progress: seconds / 5, ...place }
  for (const layer of peopleAndHerds(scene, GROUND)) layer(ctx, view)
  const { data } = ctx.getImageData(0, 0, WIDTH, HEIGHT)
  let covered = 0
  let left = WIDTH
  let right = 0
  for (let pixel = 0; pixel < WIDTH * HEIGHT; pixel++) {
    if (data[pixel * 4 + 3]! < 200) continue
    covered++
    left = Math.min(left, pixel % WIDTH)
    right = Math.max(right, pixel % WIDTH)
  }
  return { covered, left, right, data }
}

describe('peopleAndHerds', () => {
  it.each(['a hiker', 'a deer', 'horses', 'sheep', 'cows', 'camels', 'a dog', 'a wolf', 'a couple'])(
    'draws those that are asked for: %s',
    (words) => {
      const { covered, left, right } = drawn(`${words} at noon`)
      expect(covered).toBeGreaterThan(20)
      expect(left).toBeGreaterThan(0)
      expect(right).toBeLessThan(WIDTH - 1)
    },
  )

  it('draws nobody unasked', () => {
    for (const words of ['a meadow at noon', 'a meadow without horses', 'no people'])
      expect(drawn(words).covered).toBe(0)
  })

  it('draws one where one is asked for, and more of a herd', () => {
    expect(drawn('horses at noon').covered).toBeGreaterThan(drawn('a horse at noon').covered * 2)
  })

  it('lets walkers walk', () => {
    const before = drawn('a lone walker at noon', 0)
    const after = drawn('a lone walker at noon', 4)
    expect(Math.abs(after.left - before.left)).toBeGreaterThan(25)
    expect(after.covered).toBeGreaterThan(before.covered * 0.6)
  })

  it('gives sheep pale wool and wolves none', () => {
    const brightest = (words: string): number => {
      const { data } = drawn(words)
      let most = 0
      for (let at = 0; at < data.length; at += 4) if (data[at + 3]! > 250) most = Math.max(most, data[at + 1]!)
      return most
    }
    expect(brightest('sheep at noon')).toBeGreaterThan(brightest('a wolf at noon') + 60)
  })
})
