import { atChroma, leanTo } from '../kernels/mix.ts'
import { applyChroma, applyCurve, type Curve, curve, lumaChroma } from '../kernels/tone.ts'
import type { StyleBrief } from './read-style.ts'
import type { Pass } from './look-context.ts'

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
