import type { Words } from '../words.ts'

/** What the words ask of meadow. */
export const readMeadow = (_words: Words) => ({})
