import type { Words } from '../words.ts'

/** What the words ask of desert. */
export const readDesert = (_words: Words) => ({})
