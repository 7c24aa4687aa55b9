import type { Words } from '../words.ts'

/** What the words ask of scene. */
export const readScene = (_words: Words) => ({})
