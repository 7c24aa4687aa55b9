import type { Words } from '../words.ts'

/** What the words ask of city. */
export const readCity = (_words: Words) => ({})
