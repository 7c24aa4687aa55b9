import { mentions, type Words } from '../words.ts'

/** What the words ask of a street. */
export const readAvenue = (words: Words) => ({ isWet: mentions(words, ['reflection', 'wet', 'puddle']) })
