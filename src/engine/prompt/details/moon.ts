import type { Words } from '../words.ts'

/** What the words ask of moon. */
export const readMoon = (_words: Words) => ({})
