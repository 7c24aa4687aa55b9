import { mentions, type Words } from '../words.ts'

/** What the words ask of a lake. */
export const readLake = (words: Words) => ({
  isFrozen: mentions(words, ['frozen', 'ice', 'icy', 'ice skating', 'baikal']),
})
