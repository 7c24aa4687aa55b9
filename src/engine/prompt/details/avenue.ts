import type { Words } from '../words.ts'

/** What the words ask of avenue. */
export const readAvenue = (_words: Words) => ({})
