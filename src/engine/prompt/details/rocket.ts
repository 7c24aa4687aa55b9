import { mentions, type Words } from '../words.ts'

/** What the words ask of a rocket launch. */
export const readRocket = (words: Words) => ({
  isOverWater: mentions(words, ['sea', 'ocean', 'water', 'coast*', 'lake', 'bay']),
})
