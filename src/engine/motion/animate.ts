import type { FrameSource, Pixels } from '../frames.ts'
import { type MotionBrief, readMotionBrief } from '../prompt/motion-brief.ts'
import { createRandom } from '../random.ts'
import { see, type Seen } from '../sight/see.ts'
import { compose } from './compose.ts'
import { cloudDrift } from './cloud-drift.ts'
import { smoother } from './ease.ts'
import type { Air, Fall } from './fall.ts'
import { leafFall } from './leaf-fall.ts'
import { createShines } from './light-air.ts'
import { poseAt, widest } from './moves.ts'
import { clampInside, createView, gentle } from './parallax.ts'
import { partSky } from './sky-layer.ts'
import { dustMotes, emberRise, fireflies } from './sparks.ts'
import { createSway } from './sway.ts'
import { asWords, createField, fillField, type Words32 } from '../sight/field.ts'
import { rainfall, snowfall } from './weather.ts'

/** Less sky than this share of a picture, and there are no clouds to be moved by themselves. */
const SKY = 0.04

const fallsOf = ({ effects, petals }: MotionBrief, air: Air): Fall[] => [
  ...(effects.has('snow') ? [snowfall(air)] : []),
  ...(effects.has('rain') ? rainfall(air) : []),
  ...(effects.has('embers') ? [emberRise(air)] : []),
  ...(effects.has('motes') ? [dustMotes(air)] : []),
  ...(effects.has('fireflies') ? [fireflies(air)] : []),
  ...(effects.has('leaves') ? [leafFall(air, petals)] : []),
]

/** How near the thing in the middle of a picture is. */
const subjectOf = ({ sight }: Seen, columns: number): number => {
  let sum = 0
  let weight = 0
  const rows = sight.near.length / columns
  for (let node = 0; node < sight.near.length; node++) {
    const x = (node % columns) / columns - 0.5
    const y = Math.floor(node / columns) / rows - 0.55
    const middle = Math.exp(-(x * x + y * y) * 14)
    sum += middle * sight.near[node]!
    weight += middle
  }
  return sum / weight
}

/**
 * A camera that moves through a picture's guessed depth, and what moves in it. What it answers draws a moment: when a share
 * of the clip has passed, after so many seconds.
 */
const createMotion = (source: Words32, brief: MotionBrief, seed: number, fps: number) => {
  const { width, height } = source
  const random = createRandom(seed, 'motion')
  const field = createField(width, height)
  const seen = see(source, field)
  const { sight, light, look, sky } = seen
  const calm = brief.camera === undefined && brief.effects.size > 0
  const much = Math.min(1.5, brief.pace) * (calm ? 0.5 : 1)
  const near = gentle(sight.near, field, widest(brief.camera, much) * Math.max(width, height))
  const view = createView(width, height, field, near)
  const pose = poseAt(brief.camera, much, random, subjectOf(seen, field.columns))
  const unit = Math.min(width, height) / 720
  const air = { seed, width, height, unit, amount: brief.amount, light, shutter: 0.5 / fps }
  const sway = createSway(brief, sight, field, air, random)
  const open = brief.effects.has('clouds') && sky.reduce((sum, value) => sum + value, 0) > SKY * sky.length
  const parted = open ? partSky(source, look, sky) : undefined
  const drift = parted && cloudDrift(parted, seen, seed, random, brief.pace)
  const falls = fallsOf(brief, air)
  const shines = createShines(brief, sight, field, seed, light)
  return (words: Uint32Array, share: number, seconds: number): void => {
    const on = smoother(seconds / 0.9)
    const now = pose(share, seconds)
    const place = view(now)
    fillField(field, (x, y, at) => {
      place(x, y, at)
      sway?.(at, seconds, on)
    })
    clampInside(field, width, height)
    compose(
      {
        scene: parted?.scene ?? source,
        sceneField: field,
        plate: drift?.(now, share, seconds, on),
        relights: shines.map((shine) => shine(seconds, on)),
        capsules: falls.map((fall) => fall(seconds, on)),
      },
      words,
    )
  }
}

/**
 * Brings a still picture to life as the prompt's words say; what they leave open, the seed chooses. Frame 0 is the picture
 * itself, pixel by pixel; from there all motion eases in.
 */
export const animateImage = (options: {
  image: Pixels
  prompt: string
  seed: number
  fps: number
  seconds: number
}): FrameSource => {
  const { image, seed, fps } = options
  const { width, height } = image
  const source = asWords(image)
  const draw = createMotion(source, readMotionBrief(options.prompt), seed, fps)
  const out = new Uint8Array(width * height * 4)
  const words = new Uint32Array(out.buffer)
  const count = Math.max(1, Math.round(options.seconds * fps))
  return {
    width,
    height,
    fps,
    count,
    draw: (index) => {
      if (index === 0) words.set(source.words)
      else draw(words, count > 1 ? index / (count - 1) : 0, index / fps)
      return out
    },
  }
}
