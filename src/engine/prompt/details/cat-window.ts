import { mentioned, mentions, type Words } from '../words.ts'

const FURS = {
  black: ['black'],
  white: ['white'],
  ginger: ['orange', 'ginger', 'red'],
  grey: ['grey', 'gray', 'silver'],
} as const

/** What the words ask of a cat at a window: its fur, and a town outside. */
export const readCatWindow = (words: Words) => ({
  fur: mentioned(words, FURS)[0],
  hasTown: mentions(words, ['city', 'town', 'skyline', 'street']),
})
