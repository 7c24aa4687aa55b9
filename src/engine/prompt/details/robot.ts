import { readCount } from '../count.ts'
import { mentioned, mentions, type Words } from '../words.ts'

const SIZES = {
  small: [
    ...['friendly', 'cute', 'little', 'small', 'tiny', 'toy', 'robots'],
    ...['workshop', 'lab', 'laboratory', 'garage', 'kitchen', 'indoor*'],
  ],
  giant: [
    ...['giant', 'huge', 'mech', 'colossal', 'colossus', 'titan', 'walking', 'walks', 'fog*', 'mist*'],
    ...['city', 'street', 'forest', 'mountain*', 'battle', 'war', 'apocalyp*'],
  ],
} as const

const CITY = ['city', 'street', 'skyline', 'tokyo', 'new york', 'downtown', 'skyscraper']

/** What the words ask of robots: their size (a small one wins where both are named), a city behind it, how many. */
export const readRobot = (words: Words) => ({
  size: mentioned(words, SIZES)[0],
  isInCity: mentions(words, CITY),
  count: Math.min(4, readCount(words, ['robot', 'android', 'droid']) ?? 1),
})
