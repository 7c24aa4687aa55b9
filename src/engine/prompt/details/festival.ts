import { mentions, type Words } from '../words.ts'

const CITY = ['city', 'skyline', 'new york', 'sydney', 'dubai', 'london', 'new year*', 'downtown', 'harbour']

/** What the words ask of fireworks and lanterns. */
export const readFestival = (words: Words) => ({
  isInCity: mentions(words, CITY),
  isInCountry: mentions(words, ['lake', 'mountain*', 'village', 'river']),
})
