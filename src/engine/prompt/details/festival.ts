import type { Words } from '../words.ts'

/** What the words ask of festival. */
export const readFestival = (_words: Words) => ({})
