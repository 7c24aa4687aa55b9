import { inPlace, kernels } from '../kernels/wasm/kernels.ts'
import { type Moments, momentsOf } from '../kernels/moments.ts'
import { applyChroma, applyCurve, type Curve, curve } from '../kernels/tone.ts'
import type { Pass, LookContext } from './look-context.ts'

/** How much of a new frame's measures comes in: slow, so that a passing shadow does not pump the light. */
const FOLLOW = 0.05
/** Every so many pixels are measured; it divides no usual width. */
const STRIDE = 37
/** Spread of luma that a medium wants of a flat picture, and how far that is stretched. */
const SPREAD = 52
const MOST_GAIN = 3.4

/** From frame to frame: the curve that exposes a picture for `mean`, then `tones`, and how much it stretches contrast. */
const metered = (mean: number, most: number, tones?: Curve) => {
  let followed: Moments | undefined
  return (luma: Uint8Array): { by: Curve; gain: number; colour: number } => {
    const now = momentsOf(luma, STRIDE)
    const before = followed ?? now
    followed = {
      mean: before.mean + (now.mean - before.mean) * FOLLOW,
      spread: before.spread + (now.spread - before.spread) * FOLLOW,
    }
    const middle = Math.min(250, Math.max(8, followed.mean))
    const bent = Math.min(1.25, Math.max(1 / most, Math.log(mean / 255) / Math.log(middle / 255)))
    const lit = (value: number): number => 255 * (value / 255) ** bent
    // The gamma has stretched what is around the mean by its own slope there.
    const slope = bent * (middle / 255) ** (bent - 1)
    const gain = Math.min(MOST_GAIN, Math.max(1, SPREAD / (followed.spread * slope + 1)))
    const around = lit(middle)
    const by = curve((value) => {
      const made = Math.min(255, Math.max(0, mean + (lit(value) - around) * gain + (around - mean) / gain))
      return tones ? (tones[Math.round(made)] ?? made) : made
    })
    // What was washed out in tone was so in colour.
    return { by, gain: gain * slope, colour: 1 + (gain - 1) * 0.35 }
  }
}

/**
 * Exposes a picture so that its mean luma comes near `mean`, and stretches one that is flat: media on white paper have no
 * blacks to draw a night in, nor greys for a fog. `tones` is what a curve then makes of it, in the same step.
 */
export const exposed = (mean: number, most = 2.4, tones?: Curve): Pass => {
  const meter = metered(mean, most, tones)
  return (planes) => {
    const { by, colour } = meter(planes.y)
    applyCurve(planes.y, by)
    if (colour > 1.05) applyChroma(planes, { saturation: colour })
  }
}

/**
 * The same for drawings: broad tones are exposed, details (finer than `reach` pixels at 720p) stretched `crisp` times as
 * much, so that there is something to draw everywhere.
 */
export const drawable = (context: LookContext, mean: number, reach: number, crisp: number): Pass => {
  const { width, height } = context
  const free = 4 * (((width + 3) >> 2) * ((height + 3) >> 2) + 96) + 5 * width + 1024
  const blur = Math.min(127, Math.max(1, Math.round((reach * context.unit) / 4)))
  const meter = metered(mean, 2.4)
  return ({ y }) => {
    const { by, gain } = meter(y)
    const details = Math.round(Math.min(7.9, Math.max(1, gain) * crisp) * 64)
    inPlace(y, [by, free], (luma, table, work) => kernels().clarity(luma, width, height, blur, details, table, work))
  }
}
