import { mentions, type Words } from '../words.ts'

/** What the words ask of space. */
export const readSpace = (words: Words) => ({
  isDeep: mentions(words, ['galaxy', 'nebula', 'stars', 'milky way', 'universe', 'cosmos']),
  isMars: mentions(words, ['mars', 'red planet']),
  isEarth: mentions(words, ['earth', 'blue planet', 'orbit']),
  hasRing: mentions(words, ['saturn', 'ring', 'rings']),
  hasGalaxy: mentions(words, ['galaxy', 'galaxies', 'spiral']),
})
