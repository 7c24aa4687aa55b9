import type { Price } from '../../shared/models/index.ts'
import type { Offer } from '../../shared/renderers.ts'
import { formatDollars } from '../data/renderer-words.ts'

const byResolution = (prices: Partial<Record<string, number>>): string =>
  Object.entries(prices)
    .map(([resolution, usd]) => `${formatDollars(usd ?? 0)} at ${resolution}`)
    .join(', ')

const inWords = (price: Price): string => {
  if ('perSecond' in price) return `${formatDollars(price.perSecond)} a second`
  if ('perMegapixel' in price) return `${formatDollars(price.perMegapixel)} a megapixel`
  if ('perClip' in price) return `a clip ${byResolution(price.perClip)}`
  return `a picture ${byResolution(price.perImage)}`
}

/** What an engine costs: `free`, `$0.04 a second`, or that nobody knows. */
export const priceWords = ({ free, price }: Pick<Offer, 'free' | 'price'>): string => {
  if (free) return 'free'
  return price === null ? 'paid, price unknown' : inWords(price)
}

/** What there is to know of an engine: its licence, how long its clips are, and what it costs. */
export const factsOf = (offer: Offer): string[] => [
  ...(offer.engine.licence === null ? [] : [offer.engine.licence]),
  ...(offer.seconds === null ? [] : [`${Math.round(offer.seconds * 10) / 10} s`]),
  ...(offer.fps === null ? [] : [`${offer.fps} fps`]),
  ...(offer.resolutions.length === 0 ? [] : [offer.resolutions.join(', ')]),
  priceWords(offer),
]
