import type { Model } from './define.ts'
import type { Resolution } from './fields.ts'

/** Seconds of a clip made from words or from pictures. */
const GENERATED_SECONDS = 5

/**
 * What Decart is likely to charge, in US dollars: an estimate from published prices, null where none is known.
 * `seconds` is the length of the clip that comes out; without one a generated clip's length is assumed.
 */
export const estimatePrice = (
  model: Pick<Model, 'price'>,
  options: { resolution?: Resolution | undefined; seconds?: number | undefined },
): number | null => {
  if (!model.price) return null
  if ('perSecond' in model.price) return model.price.perSecond * (options.seconds ?? GENERATED_SECONDS)
  return model.price.perImage[options.resolution ?? '720p'] ?? null
}
