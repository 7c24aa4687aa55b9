import type { Words } from '../words.ts'

/** What the words ask of portrait. */
export const readPortrait = (_words: Words) => ({})
