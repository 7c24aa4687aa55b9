import { readCamera, readPace, type CameraMove } from './camera.ts'
import { mentioned, readWords, type Words } from './words.ts'

const effects = {
  wind: [
    'wind',
    'windy',
    'breeze',
    'sway*',
    'gentle motion',
    'rustl*',
    'flutter*',
    'blow*',
    'wave in',
    'waving',
    'hair',
    'grass',
    'leaves',
    'trees',
  ],
  water: [
    'water',
    'ripple',
    'rippling',
    'wave',
    'sea',
    'ocean',
    'lake',
    'river',
    'flow*',
    'underwater',
    'pond',
    'waterfall',
  ],
  clouds: ['cloud*', 'fog', 'mist*', 'smoke', 'haze', 'steam'],
  snow: ['snow*', 'blizzard', 'winter', 'flakes'],
  rain: ['rain', 'rainy', 'raining', 'drizzle', 'downpour', 'storm*'],
  embers: ['ember', 'spark', 'fire', 'flame', 'burn*', 'campfire', 'ash', 'lava'],
  motes: ['dust', 'magic*', 'firefly', 'fireflies', 'particle', 'glitter', 'sparkle', 'sparkl*', 'dream*', 'fairy'],
  light: ['light', 'sun*', 'glow*', 'shimmer*', 'rays', 'flicker*', 'golden', 'neon', 'candle', 'shine', 'lens flare'],
  leaves: ['falling leaves', 'autumn', 'petal', 'blossom*', 'sakura', 'leaf fall'],
  breathe: ['breath*', 'alive', 'pulse', 'heartbeat', 'living', 'come to life', 'animate'],
} as const satisfies Record<string, readonly string[]>

/** What moves in an animated picture, apart from the camera. */
export type MotionEffect = keyof typeof effects

export type MotionBrief = {
  camera: CameraMove | undefined
  pace: number
  effects: ReadonlySet<MotionEffect>
  words: Words
}

/** Reads how a still picture is to move. Nothing named leaves the camera to the seed and no effect. */
export const readMotionBrief = (prompt: string): MotionBrief => {
  const words = readWords(prompt)
  return { camera: readCamera(words), pace: readPace(words), effects: new Set(mentioned(words, effects)), words }
}
