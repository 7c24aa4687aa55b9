import { mentioned, mentions, type Words } from '../words.ts'

const BLOOMS = {
  rose: ['rose'],
  tulip: ['tulip'],
  sunflower: ['sunflower'],
  poppy: ['poppy', 'poppies'],
  daisy: ['daisy', 'daisies', 'chamomile'],
  orchid: ['orchid'],
} as const

/** What the words ask of flowers close by. `butterflies` is how many of them, 0 where the words name none. */
export const readFlower = (words: Words) => ({
  bloom: mentioned(words, BLOOMS)[0],
  hasMany: mentions(words, ['flowers', 'roses', 'tulips', 'sunflowers', 'poppies', 'daisies', 'bouquet']),
  hasHummingbird: mentions(words, ['hummingbird']),
  butterflies: mentions(words, ['butterflies']) ? 5 : mentions(words, ['butterfly']) ? 2 : 0,
})
