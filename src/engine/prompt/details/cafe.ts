import type { Words } from '../words.ts'

/** What the words ask of cafe. */
export const readCafe = (_words: Words) => ({})
