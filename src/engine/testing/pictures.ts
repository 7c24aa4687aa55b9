import { createHash, type Hash } from 'node:crypto'
import { paletteOf } from '../kernels/palette.ts'
import type { FrameSource, Pixels } from '../frames.ts'
import type { Planes } from '../kernels/planes.ts'
import { moveAlong } from '../motion/along.ts'
import { animateImage } from '../motion/animate.ts'
import { drawScene } from '../scenes/scene.ts'
import { createStyle } from '../styles/create-style.ts'
import { transitionBetween } from '../transitions/transition.ts'
import {
  MOTIF_PROMPTS,
  MOTION_PROMPTS,
  MORE_MOTION_PROMPTS,
  MORE_SCENE_PROMPTS,
  MORE_STYLE_PROMPTS,
  MORE_TRANSITION_PROMPTS,
  SCENE_PROMPTS,
  SEEDED_PROMPTS,
  STYLE_PROMPTS,
  TRANSITION_PROMPTS,
} from './prompts.ts'
import { drawStill, toClipPlanes } from './stills.ts'

const WIDTH = 256
const HEIGHT = 144

/** Something that the engine paints: what it is called, unlike any other, and how its bytes come about. */
export type PictureCase = { name: string; paint: (hash: Hash) => void }

let still: Pixels | undefined
const stillOf = (): Pixels => (still ??= drawStill(WIDTH, HEIGHT))
let source: Planes | undefined
const sourceOf = (): Planes => (source ??= toClipPlanes(stillOf()))

const addFrames = (hash: Hash, { count, draw, video }: FrameSource): void => {
  // Neighbours, between which things are remembered, and the far end.
  for (const index of new Set([0, 1, 2, count >> 1, count - 1].filter((at) => at >= 0 && at < count)))
    hash.update(video ? video(index) : draw(index))
}

const sceneCase = (prompt: string, seed: number): PictureCase => ({
  name: `scene · ${prompt} · ${seed}`,
  paint: (hash) => {
    const shared = { prompt, seed, fps: 25, width: WIDTH, height: HEIGHT }
    // A picture has its colours at full size, and its own way to the canvas.
    addFrames(hash, drawScene({ ...shared, seconds: 0 }))
    addFrames(hash, drawScene({ ...shared, seconds: 4 }))
  },
})

const uprightCase = (prompt: string): PictureCase => ({
  name: `scene · ${prompt} · upright`,
  paint: (hash) => addFrames(hash, drawScene({ prompt, seed: 1, fps: 25, width: HEIGHT, height: WIDTH, seconds: 0 })),
})

const styleCase = (prompt: string, options: { steps?: number; lent?: boolean } = {}): PictureCase => ({
  name: `style · ${prompt}${options.steps ? ` · ${options.steps} steps` : ''}${options.lent ? ' · lent colours' : ''}`,
  paint: (hash) => {
    const palette = options.lent ? paletteOf(sourceOf()) : undefined
    const style = createStyle({ prompt, seed: 5, width: WIDTH, height: HEIGHT, steps: options.steps, palette })
    for (let index = 0; index < 4; index++) hash.update(style.apply(sourceOf(), index / 25, index).bytes)
  },
})

const motionCase = (prompt: string): PictureCase => ({
  name: `motion · ${prompt}`,
  paint: (hash) => addFrames(hash, animateImage({ image: stillOf(), prompt, seed: 3, fps: 25, seconds: 4 })),
})

const pathCase = (x: number, y: number): PictureCase => ({
  name: `path · from ${x} ${y}`,
  paint: (hash) => {
    const trajectory = [
      { frame: 0, x, y },
      { frame: 99, x: x < 0.5 ? x + 0.3 : x - 0.25, y: y - 0.15 },
    ]
    addFrames(hash, moveAlong({ image: stillOf(), trajectory, seed: 3, fps: 25, seconds: 4 }))
  },
})

/** To a lake, or to the start's own picture as it is a moment later: what is alike in two pictures is found and moved. */
const transitionCase = (prompt: string, alike = false): PictureCase => ({
  name: `transition · ${prompt}${alike ? ' · alike' : ''}`,
  paint: (hash) => {
    const start = stillOf()
    const later = alike
      ? animateImage({ image: start, prompt: 'Pan right and zoom in, fast', seed: 3, fps: 1, seconds: 4 })
      : drawScene({ prompt: 'A calm lake at sunset', seed: 5, width: WIDTH, height: HEIGHT, fps: 1, seconds: 0 })
    const end = { width: WIDTH, height: HEIGHT, data: Uint8Array.from(later.draw(later.count - 1)) }
    addFrames(hash, transitionBetween({ start, end, prompt, seed: 3, fps: 25, seconds: 2 }))
  },
})

/** The places at which things are moved: the nine of the gallery, and those of the goldens. */
const PLACES = [
  ...[0.25, 0.5, 0.75].flatMap((y) => [0.2, 0.5, 0.8].map((x) => [x, y] as const)),
  [0.2, 0.6],
  [0.73, 0.5],
  [0.45, 0.3],
] as const

/** Everything that the gallery shows and that goldens are kept of, and what reaches code that those do not. */
export const pictureCases = (): PictureCase[] => {
  const scenes = new Set([...SCENE_PROMPTS, ...Object.values(MOTIF_PROMPTS), ...MORE_SCENE_PROMPTS])
  return [
    ...Array.from(scenes, (prompt) => sceneCase(prompt, 1)),
    ...Object.values(MOTIF_PROMPTS).flatMap((prompt) => [2, 3].map((seed) => sceneCase(prompt, seed))),
    ...SEEDED_PROMPTS.flatMap((prompt) => Array.from({ length: 10 }, (_, index) => sceneCase(prompt, index + 1))),
    ...SCENE_PROMPTS.slice(0, 16).map(uprightCase),
    ...[...Object.values(STYLE_PROMPTS), ...MORE_STYLE_PROMPTS].map((prompt) => styleCase(prompt)),
    ...['oil', 'film noir', 'a comic'].map((prompt) => styleCase(prompt, { steps: 10 })),
    ...['watercolour', 'at night', 'a comic', 'make it better'].map((prompt) => styleCase(prompt, { lent: true })),
    ...[...MOTION_PROMPTS, ...MORE_MOTION_PROMPTS].map(motionCase),
    ...PLACES.map(([x, y]) => pathCase(x, y)),
    ...[...TRANSITION_PROMPTS, ...MORE_TRANSITION_PROMPTS].map((prompt) => transitionCase(prompt)),
    transitionCase('Morph', true),
  ]
}

/** Paints a case and answers the hash of its bytes: 16 digits. */
export const hashOfCase = ({ paint }: PictureCase): string => {
  const hash = createHash('sha256')
  paint(hash)
  return hash.digest('hex').slice(0, 16)
}
