import type { Words } from '../words.ts'

/** What the words ask of railway. */
export const readRailway = (_words: Words) => ({})
