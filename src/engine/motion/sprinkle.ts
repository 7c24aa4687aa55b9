import type { MotionBrief, MotionEffect } from '../prompt/motion-brief.ts'
import { createRandom } from '../random.ts'

type Grain = {
  x: number
  y: number
  size: number
  fall: number
  drift: number
  phase: number
  alpha: number
  stretch: number
}

export type Sprinkle = {
  colour: readonly [number, number, number]
  add: boolean
  slant: number
  grains: readonly Grain[]
}

type Kind = Extract<MotionEffect, 'snow' | 'rain' | 'embers' | 'motes' | 'leaves'>

const kinds: Readonly<
  Record<
    Kind,
    {
      colour: readonly [number, number, number]
      add: boolean
      count: number
      size: number
      fall: number
      drift: number
      alpha: number
      stretch: number
    }
  >
> = {
  snow: { colour: [252, 253, 255], add: false, count: 420, size: 3, fall: 90, drift: 26, alpha: 0.85, stretch: 0 },
  rain: { colour: [214, 226, 242], add: false, count: 380, size: 0.8, fall: 1250, drift: 0, alpha: 0.34, stretch: 34 },
  embers: { colour: [255, 138, 48], add: true, count: 90, size: 2, fall: -95, drift: 40, alpha: 0.95, stretch: 0 },
  motes: { colour: [255, 236, 190], add: true, count: 70, size: 2.4, fall: -12, drift: 34, alpha: 0.6, stretch: 0 },
  leaves: { colour: [206, 112, 40], add: false, count: 34, size: 5, fall: 80, drift: 70, alpha: 0.9, stretch: 0 },
}

/** The small things that fall or rise before the picture; their sizes are pixels of the frame. */
export const sprinkles = (brief: MotionBrief, seed: number, width: number, height: number): Sprinkle[] => {
  const unit = Math.min(width, height) / 720
  return (Object.keys(kinds) as Kind[])
    .filter((name) => brief.effects.has(name))
    .map((name) => {
      const kind = kinds[name]
      const random = createRandom(seed, name)
      const slant = name === 'rain' ? (random() - 0.5) * 0.4 : 0
      const grains = Array.from({ length: kind.count }, () => {
        const near = random() ** 2
        return {
          x: random() * width,
          y: random() * height,
          size: kind.size * (0.5 + near * 1.2) * unit,
          fall: kind.fall * (0.5 + near * 0.9) * unit,
          drift: kind.drift * (0.4 + random()) * unit,
          phase: random() * Math.PI * 2,
          alpha: kind.alpha * (0.5 + random() * 0.5),
          stretch: kind.stretch * (0.5 + near) * unit,
        }
      })
      return { colour: kind.colour, add: kind.add, slant, grains }
    })
}

const wrap = (value: number, span: number): number => ((value % span) + span) % span

/** Draws one soft dot of RGBA bytes: mixed in, or added as light. */
const dot = (
  out: Uint8Array,
  width: number,
  height: number,
  x: number,
  y: number,
  radius: number,
  colour: Sprinkle['colour'],
  alpha: number,
  add: boolean,
): void => {
  const reach = radius * (add ? 3.2 : 1.25) + 0.7
  const left = Math.max(0, Math.ceil(x - reach))
  const right = Math.min(width - 1, Math.floor(x + reach))
  const bottom = Math.min(height - 1, Math.floor(y + reach))
  for (let row = Math.max(0, Math.ceil(y - reach)); row <= bottom; row++)
    for (let column = left; column <= right; column++) {
      const far = Math.hypot(column - x, row - y)
      // Larger dots are out of focus: their edge is the softer.
      const edge = Math.min(1, Math.max(0, (radius + 0.5 - far) / (0.6 + radius * 0.5)))
      const halo = add ? Math.max(0, 1 - far / reach) ** 2 * 0.45 : 0
      const strength = Math.min(1, edge + halo) * alpha
      if (strength <= 0.004) continue
      const index = (row * width + column) * 4
      for (let channel = 0; channel < 3; channel++) {
        const under = out[index + channel]!
        out[index + channel] = add
          ? Math.min(255, under + colour[channel]! * strength)
          : under + (colour[channel]! - under) * strength
      }
    }
}

/** Draws them as they stand at a time; `on` fades them in from 0. */
export const drawSprinkles = (
  list: readonly Sprinkle[],
  out: Uint8Array,
  width: number,
  height: number,
  seconds: number,
  on: number,
): void => {
  const spare = 60
  for (const { colour, add, slant, grains } of list)
    for (const grain of grains) {
      const y = wrap(grain.y + grain.fall * seconds, height + spare) - spare / 2
      const sway = Math.sin(seconds * 1.3 + grain.phase) * grain.drift
      const x = wrap(grain.x + sway + slant * y, width + spare) - spare / 2
      const glow = add ? 0.55 + 0.45 * Math.sin(seconds * 3.1 + grain.phase * 3) : 1
      if (grain.stretch > 0) {
        const steps = Math.max(2, Math.round(grain.stretch / 1.6))
        for (let step = 0; step < steps; step++) {
          const share = step / steps
          dot(
            out,
            width,
            height,
            x + slant * grain.stretch * share,
            y + grain.stretch * share,
            grain.size,
            colour,
            grain.alpha * on * (0.25 + share * 0.75),
            false,
          )
        }
      } else dot(out, width, height, x, y, grain.size, colour, grain.alpha * on * glow, add)
    }
}
