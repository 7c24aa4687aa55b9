import type { Words } from '../words.ts'

/** What the words ask of land. */
export const readLand = (_words: Words) => ({})
