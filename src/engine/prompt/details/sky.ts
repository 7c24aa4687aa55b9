import type { Words } from '../words.ts'

/** What the words ask of sky. */
export const readSky = (_words: Words) => ({})
