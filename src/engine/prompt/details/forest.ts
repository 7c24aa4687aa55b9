import type { Words } from '../words.ts'

/** What the words ask of forest. */
export const readForest = (_words: Words) => ({})
