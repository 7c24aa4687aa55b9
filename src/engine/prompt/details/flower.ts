import type { Words } from '../words.ts'

/** What the words ask of flower. */
export const readFlower = (_words: Words) => ({})
