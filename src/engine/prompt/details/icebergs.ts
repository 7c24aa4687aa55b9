import { mentions, type Words } from '../words.ts'

/** What the words ask of icebergs. */
export const readIcebergs = (words: Words) => ({
  hasPenguins: mentions(words, ['penguin']),
  hasGlacier: mentions(words, ['glacier']),
})
