import type { Words } from '../words.ts'

/** What the words ask of icebergs. */
export const readIcebergs = (_words: Words) => ({})
