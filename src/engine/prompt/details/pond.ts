import type { Words } from '../words.ts'

/** What the words ask of pond. */
export const readPond = (_words: Words) => ({})
