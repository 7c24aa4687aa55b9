import { mentions, terms, type Words } from './words.ts'

/** The camera moves that scenes and animations know. */
export type CameraMove =
  'static' | 'zoom-in' | 'zoom-out' | 'pan-left' | 'pan-right' | 'tilt-up' | 'tilt-down' | 'orbit' | 'handheld' | 'rise'

const moves: readonly (readonly [CameraMove, readonly string[]])[] = [
  [
    'static',
    ['static', 'still camera', 'locked off', 'fixed camera', 'tripod', 'no camera movement', 'motionless camera'],
  ],
  ['handheld', ['handheld', 'hand held', 'shaky', 'documentary', 'vlog', 'camera shake']],
  [
    'orbit',
    terms(`
      orbit, orbiting, orbits, arc shot, rotate*, rotating, circle around, circling, spin*, turn around, parallax, 3d
    `),
  ],
  [
    'zoom-out',
    terms(`
      zoom out, zooms out, zooming out, pull back, pulls back, pull out, dolly out, pulling back, reveal*, move back,
      camera back*
    `),
  ],
  [
    'pan-left',
    terms(`
      pan left, pans left, panning left, pan to the left, pans to the left, truck left, slide left, move left,
      tracking left, camera left
    `),
  ],
  [
    'pan-right',
    terms(`
      pan right, pans right, panning right, pan to the right, pans to the right, truck right, slide right, move right,
      tracking right, camera right, pan, panning, pans, panorama, panoramic, tracking shot, side scroll*
    `),
  ],
  [
    'rise',
    ['crane', 'crane shot', 'rise', 'rising shot', 'ascend*', 'aerial', 'drone', 'flyover', 'birds eye', 'pedestal up'],
  ],
  ['tilt-up', ['tilt up', 'tilts up', 'tilting up', 'pan up', 'pans up', 'look up', 'camera up', 'move up']],
  [
    'tilt-down',
    terms('tilt down, tilts down, tilting down, pan down, pans down, look down, camera down, move down, descend*'),
  ],
  [
    'zoom-in',
    terms(`
      zoom in, zooms in, zooming in, zoom, dolly, dolly in, push in, pushes in, close up, closer, fly through,
      flying through, move forward, moves forward, forward, approach*, fly over, ken burns
    `),
  ],
]

/** The camera move that a prompt asks for, if any. */
export const readCamera = (words: Words): CameraMove | undefined =>
  moves.find(([, terms]) => mentions(words, terms))?.[0]

/** How lively a move is asked to be: 1 is the usual pace. */
export const readPace = (words: Words): number => {
  if (mentions(words, ['very slow*', 'barely', 'subtle', 'subtly'])) return 0.55
  if (mentions(words, ['slow*', 'gentle', 'gently', 'calm', 'serene', 'soft', 'softly', 'peaceful', 'smooth*']))
    return 0.75
  if (
    mentions(
      words,
      terms(`
      fast, quick*, rapid*, dynamic, energetic, dramatic*, intense, strong*, wild, violent*, rush*
    `),
    )
  )
    return 1.6
  return 1
}
