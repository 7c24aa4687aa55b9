import { mentions, type Words } from '../words.ts'

/** What the words ask of a pond. */
export const readPond = (words: Words) => ({
  hasFish: mentions(words, ['koi', 'goldfish', 'carp', 'fish']),
  hasTree: mentions(words, ['maple', 'tree', 'under']),
})
