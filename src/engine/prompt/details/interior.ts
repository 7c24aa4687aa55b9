import { mentions, type Words } from '../words.ts'

/** What the words ask of a room. */
export const readInterior = (words: Words) => ({
  hasFire: mentions(words, ['fireplace', 'fire', 'hearth', 'cozy', 'cosy']),
  hasLampOn: mentions(words, ['cozy', 'cosy', 'warm', 'lamp', 'candle']),
})
