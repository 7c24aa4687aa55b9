import type { Words } from '../words.ts'

/** What the words ask of waterfall. */
export const readWaterfall = (_words: Words) => ({})
