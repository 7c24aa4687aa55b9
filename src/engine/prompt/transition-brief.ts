import { readPace } from './camera.ts'
import { mentions, readWords } from './words.ts'

export const TRANSITIONS = [
  'morph',
  'dissolve',
  'zoom',
  'whip',
  'wipe',
  'glitch',
  'leak',
  'liquid',
  'burn',
  'ink',
] as const
export type TransitionKind = (typeof TRANSITIONS)[number]

const kinds: readonly (readonly [TransitionKind, readonly string[]])[] = [
  ['leak', ['film burn', 'light burn']],
  ['glitch', ['glitch*', 'datamosh*', 'digital', 'vhs', 'distort*', 'static noise', 'corrupt*', 'cyber*', 'pixel*']],
  ['burn', ['burn*', 'fire', 'flame', 'scorch*', 'ignit*', 'char*', 'embers', 'ash']],
  ['ink', ['ink', 'ink spread*', 'bleed*', 'stain*', 'watercolo*', 'spill*', 'paint*']],
  ['leak', ['light leak', 'leak', 'flash', 'film burn', 'flare', 'lens flare', 'sunlight', 'glow*', 'light', 'bright']],
  ['liquid', ['liquid', 'water', 'ripple', 'melt*', 'fluid', 'wave', 'flow*', 'smoke', 'dream*', 'swirl*']],
  ['whip', ['whip', 'whip pan', 'swish', 'fast pan', 'pan', 'panning', 'swipe', 'slide', 'push']],
  ['zoom', ['zoom*', 'fly through', 'dolly', 'warp', 'tunnel', 'portal', 'push in', 'hyperspace', 'fly', 'teleport*']],
  ['wipe', ['wipe*', 'reveal*', 'curtain', 'iris', 'uncover*', 'sweep*', 'split', 'door']],
  ['morph', ['morph*', 'transform*', 'metamorph*', 'turn into', 'turns into', 'become*', 'shapeshift*', 'evolve*']],
  ['dissolve', ['dissolve*', 'crossfade', 'cross fade', 'fade*', 'blend*']],
]

const directions = [
  ['left', ['left', 'leftward', 'to the left']],
  ['right', ['right', 'rightward', 'to the right']],
  ['up', ['up', 'upward', 'upwards', 'rise', 'rising']],
  ['down', ['down', 'downward', 'downwards', 'fall', 'falling']],
] as const
export type Direction = (typeof directions)[number][0]

export type TransitionBrief = {
  kind: TransitionKind
  /** Undefined leaves it to the seed. */
  direction: Direction | undefined
  /** A round wipe that opens from a point. */
  round: boolean
  pace: number
}

/** Reads how one picture is to become another. Nothing named is a morph. */
export const readTransitionBrief = (prompt: string): TransitionBrief => {
  const words = readWords(prompt)
  return {
    kind: kinds.find(([, terms]) => mentions(words, terms))?.[0] ?? 'morph',
    direction: directions.find(([, terms]) => mentions(words, terms))?.[0],
    round: mentions(words, ['iris', 'circle', 'circular', 'round', 'radial']),
    pace: readPace(words),
  }
}
