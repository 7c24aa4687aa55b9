import type { Words } from '../words.ts'

/** What the words ask of kites. */
export const readKites = (_words: Words) => ({})
