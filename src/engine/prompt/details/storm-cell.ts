import type { Words } from '../words.ts'

/** What the words ask of storm cell. */
export const readStormCell = (_words: Words) => ({})
