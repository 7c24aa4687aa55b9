import type { Words } from '../words.ts'

/** What the words ask of old town. */
export const readOldTown = (_words: Words) => ({})
