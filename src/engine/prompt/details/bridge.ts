import type { Words } from '../words.ts'

/** What the words ask of bridge. */
export const readBridge = (_words: Words) => ({})
