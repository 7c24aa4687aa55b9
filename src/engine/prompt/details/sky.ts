import { mentions, type Words } from '../words.ts'

/** What the words ask of the open sky and its light. */
export const readSky = (words: Words) => ({
  /** The band of the galaxy is seen on moonless nights. */
  isMoonless: mentions(words, ['milky way', 'moonless', 'new moon']),
  hasMilkyWay: mentions(words, ['milky way', 'starry sky', 'galaxy', 'galactic']),
})
