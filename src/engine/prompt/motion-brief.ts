import { readCamera, readPace, type CameraMove } from './camera.ts'
import { mentioned, mentions, readWords, terms, type Words } from './words.ts'

const effects = {
  wind: terms(`
    wind, windy, breeze, breezy, sway*, gentle motion, rustl*, flutter*, blow*, wave in, waving, grass, leaves, trees,
    foliage, branches, flowers, reeds
  `),
  hair: ['hair', 'curls', 'locks', 'ponytail', 'mane', 'fur', 'scarf', 'dress', 'skirt', 'cape', 'cloak'],
  water: terms('water, ripple, rippling, wave, sea, ocean, lake, river, flow*, underwater, pond, waterfall'),
  clouds: ['cloud*', 'sky', 'timelapse', 'time lapse'],
  mist: ['fog*', 'mist*', 'smoke', 'smoky', 'haze', 'hazy', 'steam'],
  snow: ['snow*', 'blizzard', 'winter', 'flakes'],
  rain: ['rain', 'rainy', 'raining', 'drizzle', 'downpour', 'storm*'],
  embers: ['ember', 'spark', 'fire', 'flame', 'burn*', 'campfire', 'ash', 'lava'],
  motes: ['dust*', 'particle', 'glitter', 'sparkle', 'sparkl*', 'dream*', 'pollen'],
  fireflies: ['firefly', 'fireflies', 'magic*', 'fairy', 'fairies', 'enchanted', 'glow worm'],
  flicker: ['flicker*', 'candle', 'candlelight', 'torch*', 'firelight', 'lantern', 'neon', 'fire', 'campfire', 'flame'],
  light: terms('light, sunlight, sunshine, sunny, glow*, shimmer*, rays, beams, golden, shine, lens flare'),
  leaves: ['falling leaves', 'leaves falling', 'leaves fall', 'autumn*', 'leaf fall', 'petal', 'blossom*', 'sakura'],
  breathe: ['breath*', 'alive', 'pulse', 'heartbeat', 'living', 'come to life', 'animate'],
} as const satisfies Record<string, readonly string[]>

/** What moves in an animated picture, apart from the camera. */
type MotionEffect = keyof typeof effects

/** Camera moves: a dolly goes nearer or away, which a zoom does not. */
export type MotionCamera = CameraMove | 'dolly-in' | 'dolly-out'

export type MotionBrief = {
  camera: MotionCamera | undefined
  pace: number
  effects: ReadonlySet<MotionEffect>
  /** How much of what falls or rises: 1 is what the plain word means. */
  amount: number
  /** Petals fall instead of leaves. */
  petals: boolean
  words: Words
}

const AWAY = terms('dolly out, pull back, pulls back, pulling back, pull out, move back, dolly back, backs away')
const NEARER = terms(`
  dolly*, push in, pushes in, pushing in, move forward, moves forward, moving forward, forward, approach*,
  fly through, flying through, fly over, walk through, walking through
`)

const cameraOf = (words: Words): MotionCamera | undefined => {
  const move = readCamera(words)
  if ((move === 'zoom-out' || move === 'zoom-in') && mentions(words, AWAY)) return 'dolly-out'
  if ((move === 'zoom-in' || move === undefined) && mentions(words, NEARER)) return 'dolly-in'
  return move
}

const amountOf = (words: Words): number => {
  if (
    mentions(words, ['heavy', 'heavily', 'thick', 'dense', 'blizzard', 'storm*', 'downpour', 'pouring', 'many', 'lots'])
  )
    return 1.6
  if (mentions(words, terms('light snow, light rain, lightly, a few, few, some, sparse, drizzle, a little, faint')))
    return 0.5
  return 1
}

/** Reads how a still picture is to move. Nothing named leaves the camera to the seed and no effect. */
export const readMotionBrief = (prompt: string): MotionBrief => {
  const words = readWords(prompt)
  const named = new Set(mentioned(words, effects))
  // Flickering light is one wish, and so are leaves that fall.
  if (named.has('flicker')) named.delete('light')
  if (named.has('leaves') && !mentions(words, ['wind', 'windy', 'breeze', 'sway*', 'trees', 'rustl*']))
    named.delete('wind')
  return {
    camera: cameraOf(words),
    pace: readPace(words),
    effects: named,
    amount: amountOf(words),
    petals: mentions(words, ['petal', 'blossom*', 'sakura']),
    words,
  }
}
