import type { FrameSource, Pixels } from '../frames.ts'
import { readMotionBrief } from '../prompt/motion-brief.ts'
import { createRandom } from '../random.ts'
import { createNoise } from '../scenes/noise.ts'
import { smoother } from './ease.ts'
import { lightPass } from './light-pass.ts'
import { poseAt } from './moves.ts'
import { findRegions } from './regions.ts'
import { drawSprinkles, sprinkles } from './sprinkle.ts'
import { asWords, createField, fillField, warp, wideAngle } from './warp.ts'

/**
 * Brings a still picture to life: a camera move, and what moves in the picture, as the prompt's words say; what they
 * leave open, the seed chooses. Frame 0 is the picture itself, pixel by pixel; from there all motion eases in. A camera
 * that pulls back stretches the picture towards its edges; the little that swings beyond them is mirrored.
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
  const brief = readMotionBrief(options.prompt)
  const source = asWords(image)
  const out = new Uint8Array(width * height * 4)
  const words = new Uint32Array(out.buffer)
  const field = createField(width, height)
  const regions = findRegions(source, field)
  const random = createRandom(seed, 'motion')
  const calm = brief.camera === undefined && brief.effects.size > 0
  const pose = poseAt(brief.camera, brief.pace, random, calm ? 0.5 : 1)
  const noise = createNoise(seed, 'wind')
  const grains = sprinkles(brief, seed, width, height)
  const glow = brief.effects.has('light') ? lightPass(regions, field, seed, width, height) : undefined
  const has = (name: 'wind' | 'water' | 'clouds' | 'breathe'): number => (brief.effects.has(name) ? 1 : 0)
  const unit = Math.min(width, height) / 720
  // Without any wish the leaves still stir a little: a picture that only slides looks like a slide show.
  const named = has('wind') + has('breathe') * 0.6
  const wind =
    (named > 0 ? named : brief.camera === 'static' || brief.effects.size === 0 ? 0.4 : 0) * 9 * unit * brief.pace
  const water = has('water') * 7 * unit * brief.pace
  const drift = has('clouds') * 0.05 * width * (random() < 0.5 ? -1 : 1)
  const count = Math.max(1, Math.round(options.seconds * fps))
  return {
    width,
    height,
    fps,
    count,
    draw: (index) => {
      if (index === 0) {
        words.set(source.words)
        return out
      }
      const seconds = index / fps
      const share = count > 1 ? index / (count - 1) : 0
      const on = smoother(seconds / 0.9)
      const { x: panX, y: panY, zoom, roll, swing, lift } = pose(share, seconds)
      const near = Math.max(1, zoom)
      const wide = wideAngle(Math.min(1, zoom))
      const cos = Math.cos(roll) / near
      const sin = Math.sin(roll) / near
      const middleX = width * (0.5 + panX)
      const middleY = height * (0.5 + panY)
      fillField(field, (x, y, at, node) => {
        const dx = wide(x / width - 0.5) * width
        const dy = wide(y / height - 0.5) * height
        let sx = middleX + dx * cos - dy * sin
        let sy = middleY + dx * sin + dy * cos
        const closeness = regions.near[node]! - 0.5
        sx += swing * closeness * width
        sy += lift * closeness * height
        if (wind > 0) {
          const gust = noise(x / (420 * unit) - seconds * 0.55, seconds * 0.13) * 0.7 + 0.6
          const leaf = noise(x / (90 * unit) - seconds * 1.5, y / (110 * unit) + seconds * 0.4)
          const much = wind * regions.leafy[node]! * gust * on
          sx += (leaf + Math.sin(seconds * 1.9 + x / (260 * unit)) * 0.5) * much
          sy += noise(x / (80 * unit) + 50, y / (100 * unit) - seconds * 1.2) * much * 0.4
        }
        if (water > 0) {
          const deep = y / height
          const fine = (28 + deep * 60) * unit
          const much = water * regions.water[node]! * on
          sx +=
            (Math.sin(y / fine + seconds * 2.3) * 0.55 + noise(x / (fine * 3), y / fine - seconds * 0.9) * 0.9) * much
          sy += noise(x / (fine * 2.4) + 9, y / (fine * 0.8) + seconds * 1.1) * much * 0.7
        }
        if (drift !== 0) {
          const slide = drift * share * regions.sky[node]!
          sx -= slide
          sy += noise(x / (300 * unit) + seconds * 0.12, y / (200 * unit)) * 5 * unit * regions.sky[node]! * on
        }
        at[0] = sx
        at[1] = sy
      })
      warp(source, field, words)
      glow?.(out, seconds, on)
      drawSprinkles(grains, out, width, height, seconds, on)
      return out
    },
  }
}
