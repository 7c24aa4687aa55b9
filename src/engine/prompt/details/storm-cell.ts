import { mentions, type Words } from '../words.ts'

/** What the words ask of a storm over the plain. */
export const readStormCell = (words: Words) => ({
  hasTornado: mentions(words, ['tornado', 'twister', 'funnel', 'cyclone']),
  isDesert: mentions(words, ['desert', 'arid', 'badlands', 'sand*']),
  /** What grows there is named. */
  hasCrop: mentions(words, ['wheat', 'barley', 'lavender', 'tulip', 'poppy', 'poppies', 'green', 'snow*']),
  hasRoad: mentions(words, ['road', 'highway', 'track', 'chaser*']),
  isRainy: mentions(words, ['rain', 'rainy', 'downpour', 'thunderstorm']),
})
