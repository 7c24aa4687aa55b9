import type { Words } from '../words.ts'

/** What the words ask of robot. */
export const readRobot = (_words: Words) => ({})
