import type { Words } from '../words.ts'

/** What the words ask of library. */
export const readLibrary = (_words: Words) => ({})
