import { mentions, type Words } from '../words.ts'

/** What the words ask of a waterfall. */
export const readWaterfall = (words: Words) => ({
  isInJungle: mentions(words, ['jungle', 'tropical', 'rainforest', 'hawaii', 'bali']),
})
