import type { Words } from '../words.ts'

/** What the words ask of cat window. */
export const readCatWindow = (_words: Words) => ({})
