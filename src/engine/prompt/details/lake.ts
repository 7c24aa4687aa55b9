import type { Words } from '../words.ts'

/** What the words ask of lake. */
export const readLake = (_words: Words) => ({})
