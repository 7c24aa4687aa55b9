import { mentions, type Words } from '../words.ts'

const ALPINE = ['alpine', 'alps', 'swiss', 'austria*', 'bavaria*', 'tyrol', 'chalet', 'mountain*', 'ski*']

/** What the words ask of a village. */
export const readVillage = (words: Words) => ({
  isAlpine: mentions(words, ALPINE),
  isMediterranean: mentions(words, ['greek', 'greece', 'santorini', 'amalfi', 'mediterranean']),
})
