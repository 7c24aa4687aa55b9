import type { Direction, TransitionBrief } from '../prompt/transition-brief.ts'
import { smoother, swell } from '../motion/ease.ts'
import { blendWord, warpBoth } from '../motion/warp.ts'
import { createField, fillField, type Words32 } from '../sight/field.ts'
import { createRandom } from '../random.ts'
import { createNoise, fbm } from '../canvas/noise.ts'

/** Draws one moment between two pictures of one size: `share` runs from 0 (start) to 1 (end), both excluded. */
export type Mixer = (share: number, out: Uint32Array) => void

export type Pair = { start: Words32; end: Words32; seed: number; brief: TransitionBrief }

const DIRECTIONS: readonly Direction[] = ['left', 'right', 'up', 'down']

export const directionOf = ({ brief, seed }: Pair): Direction =>
  brief.direction ?? DIRECTIONS[Math.floor(createRandom(seed, 'direction')() * DIRECTIONS.length)] ?? 'left'

/** Luminance of a word, 0 to 255. */
export const levelOf = (word: number): number =>
  ((word & 255) * 77 + ((word >>> 8) & 255) * 150 + ((word >>> 16) & 255) * 29) >> 8

/** An even crossfade in which light parts arrive a little before dark ones, as in an optical dissolve on film. */
export const dissolve =
  ({ start, end }: Pair): Mixer =>
  (share, out) => {
    const even = swell(share)
    const bias = 0.5 * Math.sin(Math.PI * even)
    for (let index = 0; index < out.length; index++) {
      const to = end.words[index]!
      const parts = even * 256 + (levelOf(to) - 128) * bias
      out[index] = blendWord(start.words[index]!, to, parts < 0 ? 0 : parts > 256 ? 256 : parts | 0)
    }
  }

/**
 * Both pictures flow along one field, the start away from rest and the end towards it, while patches of the end grow
 * through. `strength` is the reach of the flow as a share of the longer side.
 */
export const flowing = (
  { start, end, seed }: Pair,
  options: { strength: number; scale: number; swirl: number; edge: number },
): Mixer => {
  const { width, height } = start
  const long = Math.max(width, height)
  const noise = createNoise(seed, 'flow')
  const other = createNoise(seed, 'flow across')
  const field = createField(width, height)
  const flow = new Float32Array(field.columns * field.rows * 2)
  const turn = new Float32Array(field.columns * field.rows)
  const random = createRandom(seed, 'flow')
  const spin = random() < 0.5 ? -1 : 1
  fillField(field, (x, y, _out, node) => {
    const px = (x / long) * options.scale
    const py = (y / long) * options.scale
    const fromMiddle = Math.hypot(x - width / 2, y - height / 2) / long
    flow[node * 2] = fbm(noise, px, py, 3) - ((y - height / 2) / long) * options.swirl * spin
    flow[node * 2 + 1] = fbm(other, px, py, 3) + ((x - width / 2) / long) * options.swirl * spin
    turn[node] = fbm(noise, px * 0.9 + 60, py * 0.9, 3) * 0.55 + (0.5 - fromMiddle) * 0.3
  })
  const back = createField(width, height)
  const parts = new Float32Array(turn.length)
  return (share, out) => {
    const eased = share * 0.5 + swell(share) * 0.5
    const reach = options.strength * long
    const away = reach * eased
    const towards = reach * (1 - eased)
    for (let node = 0; node < parts.length; node++) {
      const arrival = Math.min(1, Math.max(0, 0.5 - turn[node]!))
      parts[node] = smoother((eased * (1 + options.edge) - arrival) / options.edge) * 256
    }
    fillField(field, (x, y, at, node) => {
      at[0] = x + flow[node * 2]! * away
      at[1] = y + flow[node * 2 + 1]! * away
    })
    fillField(back, (x, y, at, node) => {
      at[0] = x - flow[node * 2]! * towards
      at[1] = y - flow[node * 2 + 1]! * towards
    })
    warpBoth({ source: start, field }, { source: end, field: back }, parts, Infinity, out)
  }
}
