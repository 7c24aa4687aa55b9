import { mentions, type Words } from '../words.ts'

const ROCKY = ['canyon', 'mesa', 'badlands', 'western', 'monument valley', 'cactus', 'red rock', 'mars']

/** What the words ask of a desert. */
export const readDesert = (words: Words) => ({
  isRocky: mentions(words, ROCKY),
  isMars: mentions(words, ['mars']),
})
