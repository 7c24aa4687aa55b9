import type { MotionBrief } from '../prompt/motion-brief.ts'
import { createNoise } from '../canvas/noise.ts'
import type { Sight } from '../sight/see.ts'
import type { Relight } from './compose.ts'
import type { Field } from '../sight/field.ts'

/** What the light does at a time; `on` (0 to 1) fades it in. */
type Shine = (seconds: number, on: number) => Relight

const nodesOf = (field: Field): Float32Array => new Float32Array(field.columns * field.rows * 2)

/** Fills a field's light: `of` answers the share of gain and of veil of a node, `x` and `y` being 0 to 1. */
const each = (
  field: Field,
  nodes: Float32Array,
  of: (node: number, x: number, y: number) => readonly [number, number],
): void => {
  for (let node = 0; node < field.columns * field.rows; node++) {
    const [gain, veil] = of(node, (node % field.columns) / field.columns, Math.floor(node / field.columns) / field.rows)
    nodes[node * 2] = gain
    nodes[node * 2 + 1] = veil
  }
}

/** A light that only fades in: worked out once. */
const steady = (field: Field, of: (node: number) => readonly [number, number], look: Omit<Relight, 'nodes'>): Shine => {
  const whole = nodesOf(field)
  each(field, whole, of)
  const nodes = Float32Array.from(whole)
  return (_seconds, on) => {
    for (let at = 0; at < nodes.length; at++) nodes[at] = whole[at]! * on
    return { nodes, ...look }
  }
}

/** Rain takes light and warmth away, and veils what is far. */
const rainLight = (sight: Sight, field: Field, amount: number, light: number): Shine => {
  const much = Math.min(1.35, 0.55 + 0.45 * amount)
  const level = 52 + 150 * light
  return steady(field, (node) => [much, much * (0.06 + 0.24 * (1 - sight.near[node]!) ** 1.5)], {
    gain: [-0.24, -0.18, -0.11],
    colour: [level * 0.9, level * 0.98, level * 1.08],
  })
}

/** Falling snow veils what is far in a paler light. */
const snowLight = (sight: Sight, field: Field, amount: number, light: number): Shine => {
  const much = Math.sqrt(amount)
  const level = 60 + 180 * Math.min(1, light * 1.3)
  return steady(field, (node) => [1, much * (0.05 + 0.26 * (1 - sight.near[node]!) ** 1.6)], {
    gain: [-0.1, -0.06, 0],
    colour: [level * 0.94, level * 0.98, level * 1.02],
  })
}

/** Banks of mist that drift between what is near and what is far, thickest low and away. */
const mistLight = (sight: Sight, field: Field, seed: number, light: number): Shine => {
  const noise = createNoise(seed, 'mist')
  const nodes = nodesOf(field)
  const level = 70 + 165 * light
  return (seconds, on) => {
    each(field, nodes, (node, x, y) => {
      const far = 1 - sight.near[node]!
      const bank =
        noise(x * 2.6 - seconds * 0.13, y * 4.2 + seconds * 0.02) +
        0.6 * noise(x * 6 - seconds * 0.25, y * 9 - seconds * 0.04)
      const thick = Math.max(0, 0.34 + 0.52 * bank) * (0.25 + 0.75 * far) * (0.35 + 0.75 * y)
      return [0, on * Math.min(0.8, thick * 1.75)]
    })
    return { nodes, gain: [0, 0, 0], colour: [level, level * 1.01, level * 1.03] }
  }
}

/** A fire below the frame, or the lights that are in the picture, flickering; both warm. */
const fireLight = (sight: Sight, field: Field, seed: number, fromBelow: boolean, lamps: boolean): Shine => {
  const noise = createNoise(seed, 'flicker')
  const nodes = nodesOf(field)
  const most = sight.glow.reduce((high, value) => Math.max(high, value), 0.05)
  // Without a lamp in the picture the light comes from below.
  const below = fromBelow ? 0.8 : most < 0.12 && lamps ? 0.6 : 0
  return (seconds, on) => {
    const beat = 0.62 * noise(seconds * 2.3, 3) + 0.5 * noise(seconds * 6.1, 8) + 0.3 * Math.sin(seconds * 2.7)
    each(field, nodes, (node, x, y) => {
      const own = lamps ? noise(x * 3 + seconds * 1.9, y * 3 - seconds * 1.4) * 0.5 : 0
      const lamp = lamps
        ? (sight.lights[node]! * 0.5 + Math.min(1, sight.glow[node]! / most) * 0.9) * (0.3 + 1.25 * (beat + own))
        : 0
      const fire = below * y ** 2.2 * (0.75 + 0.5 * beat + 0.5 * noise(x * 2 + seconds * 0.7, seconds * 1.2))
      // Around the light it is darker than it was, so that the flicker tells.
      const dim = lamps ? 0.24 : 0.2
      return [on * Math.max(-0.3, lamp + fire), on * dim * Math.max(0, 1 - lamp - fire)]
    })
    return { nodes, gain: [0.95, 0.6, 0.3], colour: [26, 13, 6] }
  }
}

/** Beams of warm light that wander over the picture, as through moving leaves or clouds. */
const beamLight = (sight: Sight, field: Field, seed: number): Shine => {
  const noise = createNoise(seed, 'light')
  const nodes = nodesOf(field)
  return (seconds, on) => {
    const breath = 0.8 + 0.2 * Math.sin(seconds * 1.3)
    each(field, nodes, (node, x, y) => {
      const across = x + y * 0.6
      const ray =
        noise(across * 3.4 - seconds * 0.24, 2 + seconds * 0.09) +
        0.5 * noise(across * 8 - seconds * 0.4, 7 + seconds * 0.14)
      const beam = Math.max(0, 0.3 + ray * 0.95) * (1 - 0.5 * y)
      const much = on * breath * beam
      return [much * 0.62 + on * 0.3 * sight.glow[node]!, much * 0.085]
    })
    return { nodes, gain: [0.8, 0.6, 0.3], colour: [255, 226, 172] }
  }
}

/** The changes of light that a prompt asks for. */
export const createShines = (brief: MotionBrief, sight: Sight, field: Field, seed: number, light: number): Shine[] => {
  const { effects, amount } = brief
  const shines: Shine[] = []
  if (effects.has('rain')) shines.push(rainLight(sight, field, amount, light))
  if (effects.has('snow')) shines.push(snowLight(sight, field, amount, light))
  if (effects.has('mist')) shines.push(mistLight(sight, field, seed, light))
  if (effects.has('embers') || effects.has('flicker'))
    shines.push(fireLight(sight, field, seed, effects.has('embers'), effects.has('flicker')))
  if (effects.has('light')) shines.push(beamLight(sight, field, seed))
  return shines
}
