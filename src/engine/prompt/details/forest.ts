import { mentions, type Words } from '../words.ts'

/** What the words ask of a forest. */
export const readForest = (words: Words) => ({
  isBirch: mentions(words, ['birch', 'aspen']),
  isConifer: mentions(words, ['pine*', 'spruce', 'fir', 'redwood', 'conifer*', 'winter*', 'snow*']),
  isBamboo: mentions(words, ['bamboo']),
  hasBlossoms: mentions(words, ['blossom*', 'cherry', 'sakura', 'bloom*', 'pink']),
})
