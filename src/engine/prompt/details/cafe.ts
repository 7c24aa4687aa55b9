import { mentions, type Words } from '../words.ts'

/** What the words ask of a café. */
export const readCafe = (words: Words) => ({ isRainy: mentions(words, ['rainy']) })
