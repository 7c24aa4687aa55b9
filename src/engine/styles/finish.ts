import { atChroma, leanTo } from '../kernels/mix.ts'
import { applyChroma, applyCurve, type Curve, curve, lumaChroma } from '../kernels/tone.ts'
import { momentsOf, type Moments, type Palette } from '../kernels/moments.ts'
import type { StyleBrief } from './read-style.ts'
import type { Pass } from './studio.ts'

/** What the prompt's adjectives do, after the look. */
export const adjust = (brief: StyleBrief): Pass[] => {
  const { saturation, brightness, warmth, contrast } = brief
  const passes: Pass[] = []
  if (brightness !== 0 || contrast !== 1) {
    const gamma = 2 ** (-brightness / 60)
    const tones = curve((value) => {
      const lit = (value / 255) ** gamma
      const bent = lit < 0.5 ? 0.5 * (2 * lit) ** contrast : 1 - 0.5 * (2 - 2 * lit) ** contrast
      return 255 * bent
    })
    passes.push(({ y }) => applyCurve(y, tones))
  }
  if (saturation !== 1 || warmth !== 0)
    passes.push((planes) => applyChroma(planes, { saturation, u: -11 * warmth, v: 7 * warmth }))
  return passes
}

/** Leans all colour towards the colours that the prompt names: the first in the shadows, the last in the lights. */
export const tint = (brief: StyleBrief): Pass[] => {
  const first = brief.tints[0]
  const last = brief.tints.at(-1)
  if (!first || !last) return []
  const dark = lumaChroma(...first)
  const light = lumaChroma(...last)
  const at = (from: number, to: number): Curve => curve((luma) => from + ((to - from) * luma) / 255)
  const toU = at(dark.u, light.u)
  const toV = at(dark.v, light.v)
  // Deepest in the mid-tones: black stays black and white stays white.
  const weight = curve((luma) => 150 * Math.sin((Math.PI * luma) / 255) ** 0.6)
  return [
    (planes) => {
      const parts = atChroma(planes, weight)
      leanTo(planes.u, atChroma(planes, toU), parts)
      leanTo(planes.v, atChroma(planes, toV), parts)
    },
  ]
}

/** How much of a new frame's statistics comes in: slow, so that cuts of light do not flicker. */
const FOLLOW = 0.04

/** Carries over a reference's palette: each plane gets its mean and spread (Reinhard et al., Color Transfer, 2001). */
export const lendPalette = (palette: Palette): Pass => {
  let own: Palette | undefined
  const follow = (before: Moments | undefined, plane: Uint8Array): Moments => {
    const now = momentsOf(plane, 7)
    if (!before) return now
    return {
      mean: before.mean + (now.mean - before.mean) * FOLLOW,
      spread: before.spread + (now.spread - before.spread) * FOLLOW,
    }
  }
  const carry = (plane: Uint8Array, from: Moments, to: Moments, widest: number, share: number): void => {
    const scale = Math.min(widest, Math.max(1 / widest, (to.spread + 0.5) / (from.spread + 0.5)))
    applyCurve(
      plane,
      curve((value) => value + share * (to.mean + (value - from.mean) * scale - value)),
    )
  }
  return ({ y, u, v }) => {
    own = { y: follow(own?.y, y), u: follow(own?.u, u), v: follow(own?.v, v) }
    carry(y, own.y, palette.y, 1.5, 0.6)
    carry(u, own.u, palette.u, 2.5, 0.92)
    carry(v, own.v, palette.v, 2.5, 0.92)
  }
}
