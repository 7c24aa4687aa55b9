import type { Words } from '../words.ts'

/** What the words ask of village. */
export const readVillage = (_words: Words) => ({})
