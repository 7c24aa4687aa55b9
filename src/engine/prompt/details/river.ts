import type { Words } from '../words.ts'

/** What the words ask of river. */
export const readRiver = (_words: Words) => ({})
