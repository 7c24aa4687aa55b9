import type { Words } from '../words.ts'

/** What the words ask of abstract. */
export const readAbstract = (_words: Words) => ({})
