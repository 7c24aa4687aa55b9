import { mentions, type Words } from '../words.ts'

/** What the words ask of a meadow. */
export const readMeadow = (words: Words) => ({
  hasBlossoms: mentions(words, ['cherry', 'sakura', 'blossom*']),
})
