import { readCount } from '../count.ts'
import { mentions, type Words } from '../words.ts'

/** What the words ask of a crowd seen from above. */
export const readCrowd = (words: Words) => ({
  hasUmbrellas: mentions(words, ['umbrella', 'rain', 'rainy', 'raining']),
  isMarket: mentions(words, ['market', 'bazaar', 'stall', 'souk', 'festival', 'fair']),
  isDense: mentions(words, ['crowd*', 'busy', 'packed', 'festival', 'rush hour']),
  isSparse: mentions(words, ['quiet', 'few', 'empty']),
  isColourful: mentions(words, ['colour*', 'color*', 'bright', 'festival', 'market', 'bazaar', 'rainbow']),
  /** One person or one umbrella is to stand out. */
  hasSingle: readCount(words, ['umbrella', 'person']) === 1,
})
