import type { FrameSource, Pixels } from '../frames.ts'
import { asWords } from '../sight/field.ts'
import { readTransitionBrief, type TransitionKind } from '../prompt/transition-brief.ts'
import { glitch, lightLeak } from './disturbances.ts'
import { burnAway, inkSpreads } from './consumed.ts'
import { dissolve, flowing, type Mixer, type Pair } from './mixers.ts'
import { morph } from './morph.ts'
import { whipPan, wipe, zoomThrough } from './sweeps.ts'

const mixers: Readonly<Record<TransitionKind, (pair: Pair) => Mixer>> = {
  dissolve,
  zoom: zoomThrough,
  whip: whipPan,
  wipe,
  glitch,
  leak: lightLeak,
  burn: burnAway,
  ink: inkSpreads,
  morph,
  liquid: (pair) => flowing(pair, { strength: 0.26, scale: 4.2, swirl: 0.9, edge: 0.6 }),
}

/**
 * Turns one picture into another of the same size. Frame 0 is exactly the start, the last frame exactly the end; the
 * prompt's words choose how it goes in between, and the seed varies it.
 *
 * @throws RangeError where the two differ in size.
 */
export const transitionBetween = (options: {
  start: Pixels
  end: Pixels
  prompt: string
  seed: number
  fps: number
  seconds: number
}): FrameSource => {
  const { start, end, seed, fps } = options
  if (start.width !== end.width || start.height !== end.height)
    throw new RangeError(`The pictures differ in size: ${start.width}x${start.height} and ${end.width}x${end.height}`)
  const brief = readTransitionBrief(options.prompt)
  const pair: Pair = { start: asWords(start), end: asWords(end), seed, brief }
  const count = Math.max(2, Math.round(options.seconds * fps))
  const out = new Uint8Array(start.width * start.height * 4)
  const words = new Uint32Array(out.buffer)
  const mix = mixers[brief.kind](pair)
  return {
    width: start.width,
    height: start.height,
    fps,
    count,
    draw: (index) => {
      if (index <= 0) words.set(pair.start.words)
      else if (index >= count - 1) words.set(pair.end.words)
      else mix(index / (count - 1), words)
      return out
    },
  }
}
