import { mentions, terms, type Words } from '../words.ts'

const BEACH = ['beach', 'shore', 'sand*', 'tropical', 'coast*', 'palm', 'island', 'bay', 'surf*', 'walk*']

/** What the words ask of the sea. */
export const readSea = (words: Words) => ({
  isHuge: mentions(words, terms('huge, giant, massive, towering, big waves, tsunami, rough sea, great wave, surf*')),
  isCalm: mentions(words, ['calm', 'serene', 'still', 'quiet', 'peaceful']),
  hasBeach: mentions(words, BEACH),
  hasHeadland: mentions(words, ['cliff', 'coast*', 'island', 'bay', 'harbor', 'harbour']),
  /** Boats that are named, and have no sail. */
  hasNoSail: mentions(words, ['ferry', 'ship', 'rowboat', 'canoe', 'kayak']),
  /** A beach that palms grow on. */
  isTropical: mentions(words, ['tropical', 'summer', 'paradise']),
})
