import { measured, skin } from '../kernels/chroma-luma.ts'
import { atChroma, keepChroma, leanTo } from '../kernels/mix.ts'
import { step } from '../kernels/noise.ts'
import { byLuma, type Palette, paletteOf, softened, towardsPalette } from '../kernels/palette.ts'
import { applyChroma, applyCurve, curve, mapBytes } from '../kernels/tone.ts'
import { createPlanes } from '../kernels/planes.ts'
import type { Pass, LookContext } from './look-context.ts'

/** How much of a new frame's colours comes in: slow, so that cuts of light do not flicker. */
const FOLLOW = 0.05
/** Every so many samples of a frame are measured. */
const STRIDE = 23
/** How much of the way colour goes to the reference's, and of that on skin. */
const SHARE = 0.88
const ON_SKIN = 0.34

/**
 * Lends a reference's palette to what `passes` make: dark tones take the mean colour of its darks, light ones of its
 * lights, zone by zone (Reinhard et al., Color Transfer, 2001, for each of eight parts of the tones), and the colours of
 * a picture keep their distances from each other, as wide as the reference's are. Skin takes a third of it, paper and
 * black little. `tone` is how much of the way the light goes there too, 0 to 1.
 */
export const lendPalette = (context: LookContext, palette: Palette, tone: number, passes: readonly Pass[]): Pass[] => {
  const [face, parts] = [context.chromaPlane(), context.chromaPlane()]
  const shift = createPlanes(context.width, context.height, context.shift)
  const reach = Math.max(2, Math.round((8 * context.unit) / (1 << context.shift)))
  const nearSkin = curve((value) => 255 * step(40, 150, value))
  const takes = curve((luma) => 255 * SHARE * step(0, 34, luma) * (0.22 + 0.78 * step(255, 214, luma)))
  const spared = curve((value) => (1 - ON_SKIN) * value)
  const none = context.chromaPlane()
  let own: Palette | undefined
  return [
    (planes) => {
      measured(planes, skin, face)
      context.blurChroma(face, face, reach)
      mapBytes(face, face, nearSkin)
    },
    ...passes,
    (planes) => {
      const now = paletteOf(planes, STRIDE)
      own = own ? towardsPalette(own, now, FOLLOW) : now
      const widest = (palette.spread + 2) / (own.spread + 2)
      applyChroma(planes, { saturation: Math.min(1.7, Math.max(1, widest)) })
      const kept = Math.min(1, Math.max(0.45, widest))
      const grown = Math.min(1.7, Math.max(1, widest)) * kept
      parts.set(atChroma(planes, takes))
      mapBytes(face, shift.u, spared)
      leanTo(parts, none, shift.u)
      for (const name of ['u', 'v'] as const) {
        const from = byLuma(own, own[name])
        const to = byLuma(own, softened(palette[name]))
        const laid = atChroma(
          planes,
          curve((luma) => 128 + (to[luma] ?? 0) - (from[luma] ?? 0) * grown),
        )
        const plane = planes[name]
        shift[name].set(plane)
        keepChroma(shift[name], laid, kept)
        leanTo(plane, shift[name], parts)
      }
      if (tone > 0) {
        const lit = byLuma(own, palette.y)
        applyCurve(
          planes.y,
          curve((luma) => luma + tone * ((lit[luma] ?? luma) - luma)),
        )
      }
    },
  ]
}
