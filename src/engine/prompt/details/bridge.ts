import { mentions, type Words } from '../words.ts'

/** What the words ask of a bridge. */
export const readBridge = (words: Words) => ({
  isInNature: mentions(words, ['mountain*', 'valley', 'nature', 'fjord', 'golden gate']),
})
