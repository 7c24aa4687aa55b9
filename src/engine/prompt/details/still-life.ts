import type { Words } from '../words.ts'

/** What the words ask of still life. */
export const readStillLife = (_words: Words) => ({})
