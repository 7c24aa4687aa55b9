import type { Words } from '../words.ts'

/** What the words ask of sea. */
export const readSea = (_words: Words) => ({})
