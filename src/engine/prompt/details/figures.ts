import type { Words } from '../words.ts'

/** What the words ask of figures. */
export const readFigures = (_words: Words) => ({})
