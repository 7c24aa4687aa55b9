import type { Words } from '../words.ts'

/** What the words ask of cave. */
export const readCave = (_words: Words) => ({})
