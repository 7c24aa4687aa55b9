import { mentions, type Words } from '../words.ts'

/** What the words ask of a library. */
export const readLibrary = (words: Words) => ({
  hasTable: mentions(words, ['table', 'desk', 'candle', 'candlelight', 'reading', 'open book']),
  hasCandles: mentions(words, ['candle', 'candlelight']),
})
