import type { Words } from '../words.ts'

/** What the words ask of interior. */
export const readInterior = (_words: Words) => ({})
