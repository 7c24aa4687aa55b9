import type { Words } from '../words.ts'

/** What the words ask of space. */
export const readSpace = (_words: Words) => ({})
