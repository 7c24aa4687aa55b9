import { createRandom, hashText, type Random } from '../random.ts'
import type { SceneBrief } from '../prompt/scene-brief.ts'
import type { Light } from './light.ts'
import { createNoise, type Noise } from '../canvas/noise.ts'

/** What the parts of one scene are built from. Lengths are pixels of the frame. */
export type SceneContext = {
  brief: SceneBrief
  light: Light
  width: number
  height: number
  seconds: number
  /** 1 where the shorter side is 720: strokes and figures are sized by it. */
  unit: number
  /** How far the camera strays, in pixels at depth 1. */
  reach: { x: number; y: number }
  random: (name: string) => Random
  /** 32 bits, signed, for what draws numbers of its own. */
  seed: (name: string) => number
  noise: (name: string) => Noise
}

export const createSceneContext = (
  size: { width: number; height: number; seconds: number; seed: number },
  brief: SceneBrief,
  light: Light,
  reach: { x: number; y: number },
): SceneContext => {
  const seed = (size.seed ^ brief.hash) >>> 0
  return {
    brief,
    light,
    width: size.width,
    height: size.height,
    seconds: size.seconds,
    unit: Math.min(size.width, size.height) / 720,
    reach: { x: reach.x * size.width, y: reach.y * size.height },
    random: (name) => createRandom(seed, name),
    seed: (name) => seed ^ hashText(name),
    noise: (name) => createNoise(seed, name),
  }
}
