import { expect, it } from 'vitest'
import type { FrameSource, Pixels } from '../frames.ts'
import { moveAlong } from '../motion/along.ts'
import { animateImage } from '../motion/animate.ts'
import { drawScene } from '../scenes/scene.ts'
import { goldenOf, thumbnailOf } from '../testing/golden.ts'
import { colourDistance, similarity } from '../testing/likeness.ts'
import { drawStill } from '../testing/stills.ts'
import { transitionBetween } from '../transitions/transition.ts'

const WIDTH = 320
const HEIGHT = 180

const still: Pixels = drawStill(WIDTH, HEIGHT)

const frameOf = (clip: FrameSource, share: number): Pixels => ({
  width: clip.width,
  height: clip.height,
  data: Uint8Array.from(clip.draw(Math.round(share * (clip.count - 1)))),
})

const judge = async (name: string, made: Pixels): Promise<void> => {
  const small = thumbnailOf(made)
  const kept = await goldenOf(name, small)
  expect(similarity(small, kept)).toBeGreaterThan(0.9)
  // The thumbnails' own compression is up to 6 where colours part within a cell, as a glitch's do.
  expect(colourDistance(small, kept)).toBeLessThan(7)
}

it.each([
  'Orbit',
  'Dolly in',
  'Clouds drift',
  'Heavy rain',
  'Snow is falling',
  'Embers and flickering light',
  'Autumn leaves falling',
])('moves a picture as it did when it was last judged: %s', async (prompt) => {
  const clip = animateImage({ image: still, prompt, seed: 3, fps: 25, seconds: 4 })
  await judge(`motion ${prompt}`, frameOf(clip, 0.8))
})

it.each([
  ['the house', 0.2, 0.6],
  ['a head', 0.73, 0.5],
  ['a place in the sky', 0.45, 0.3],
] as const)('moves along a path as it did when it was last judged: %s', async (what, x, y) => {
  const trajectory = [
    { frame: 0, x, y },
    { frame: 99, x: x < 0.5 ? x + 0.3 : x - 0.25, y: y - 0.15 },
  ]
  const clip = moveAlong({ image: still, trajectory, seed: 3, fps: 25, seconds: 4 })
  await judge(`path ${what}`, frameOf(clip, 0.8))
})

const scene = (prompt: string): Pixels =>
  frameOf(drawScene({ prompt, seed: 5, width: WIDTH, height: HEIGHT, fps: 1, seconds: 0 }), 0)

it.each([
  'Morph',
  'Zoom through',
  'Whip pan left',
  'Wipe right',
  'Glitch',
  'Light leak',
  'Liquid',
  'Ink spreads',
  'The picture burns away',
])('goes over as it did when it was last judged: %s', async (prompt) => {
  const end = scene('A calm lake at sunset')
  const clip = transitionBetween({ start: still, end, prompt, seed: 3, fps: 25, seconds: 4 })
  await judge(`transition ${prompt}`, frameOf(clip, 0.45))
})
