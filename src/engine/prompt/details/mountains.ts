import { mentions, type Words } from '../words.ts'

/** What the words ask of mountains. */
export const readMountains = (words: Words) => ({
  hasVolcano: mentions(words, ['volcano', 'volcanic', 'lava', 'erupt*']),
})
