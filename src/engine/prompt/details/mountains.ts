import type { Words } from '../words.ts'

/** What the words ask of mountains. */
export const readMountains = (_words: Words) => ({})
