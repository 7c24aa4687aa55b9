import { mentions, type Words } from '../words.ts'

/** What the words ask of a city. */
export const readCity = (words: Words) => ({
  isAcrossWater: mentions(words, ['skyline', 'cityscape', 'waterfront', 'river', 'bay', 'reflected']),
})
