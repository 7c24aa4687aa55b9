import { z } from 'zod'
import type { Price } from './define.ts'
import { type Resolution, RESOLUTIONS, SIZE_OF } from './fields.ts'

/** Seconds of a clip made from words or from pictures. */
export const GENERATED_SECONDS = 5

const dollars = z.number().nonnegative()
const byResolution = z.partialRecord(z.enum(RESOLUTIONS), dollars)

/** A price on the wire. */
export const priceSchema = z.union([
  z.object({ perSecond: dollars }),
  z.object({ perClip: byResolution }),
  z.object({ perImage: byResolution }),
  z.object({ perMegapixel: dollars }),
])

/**
 * What a job is likely to cost, in US dollars: an estimate from published prices, null where none is known. `seconds` is
 * the length of the clip that comes out; without one a generated clip's length is assumed.
 */
export const estimatePrice = (
  price: Price | null | undefined,
  options: { resolution?: Resolution | undefined; seconds?: number | undefined },
): number | null => {
  if (!price) return null
  const resolution = options.resolution ?? '720p'
  if ('perSecond' in price) return price.perSecond * (options.seconds ?? GENERATED_SECONDS)
  if ('perClip' in price) return price.perClip[resolution] ?? null
  if ('perImage' in price) return price.perImage[resolution] ?? null
  const { width, height } = SIZE_OF[resolution]
  return (price.perMegapixel * width * height) / 1e6
}
