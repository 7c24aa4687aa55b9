import type { Words } from '../words.ts'

/** What the words ask of rocket. */
export const readRocket = (_words: Words) => ({})
