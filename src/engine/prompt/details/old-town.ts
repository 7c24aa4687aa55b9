import { mentions, type Words } from '../words.ts'

/** What the words ask of an old town. */
export const readOldTown = (words: Words) => ({ hasCat: mentions(words, ['cat', 'kitten']) })
