import { applyCurve, type Curve, curve } from '../kernels/tone.ts'
import { momentsOf } from '../kernels/moments.ts'
import type { Pass } from './studio.ts'

/** How much of a new frame's mean comes in: slow, so that a passing shadow does not pump the light. */
const FOLLOW = 0.05

/** Every so many pixels are measured; it divides no usual width. */
const STRIDE = 37

/**
 * Exposes a picture so that its mean luma comes near `mean`: media on white paper have no blacks to draw a night in.
 * `tones` is what a curve then makes of it, in the same step.
 */
export const exposed = (mean: number, most = 2.4, tones?: Curve): Pass => {
  let followed: number | undefined
  return ({ y }) => {
    const now = momentsOf(y, STRIDE).mean
    followed = followed === undefined ? now : followed + (now - followed) * FOLLOW
    const gamma = Math.log(mean / 255) / Math.log(Math.min(250, Math.max(8, followed)) / 255)
    const bent = Math.min(1.25, Math.max(1 / most, gamma))
    applyCurve(
      y,
      curve((value) => {
        const lit = 255 * (value / 255) ** bent
        return tones ? (tones[Math.round(lit)] ?? lit) : lit
      }),
    )
  }
}
