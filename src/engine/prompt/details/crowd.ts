import type { Words } from '../words.ts'

/** What the words ask of crowd. */
export const readCrowd = (_words: Words) => ({})
