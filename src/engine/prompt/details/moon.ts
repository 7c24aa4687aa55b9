import { readCount } from '../count.ts'
import { mentioned, mentions, type Words } from '../words.ts'

const PLACES = {
  sea: ['sea', 'ocean', 'beach', 'waves', 'coast*'],
  lake: ['lake', 'river', 'pond', 'reflect*'],
  hill: ['hill', 'tree', 'owl', 'field', 'meadow'],
} as const

/** Words of those who stand on another world. */
const ON_IT = [
  ...['astronaut', 'cosmonaut', 'moonwalk', 'rover', 'lunar', 'on the moon', 'moon surface', 'surface of the moon'],
  ...['moon landing', 'moon base', 'earthrise', 'earth rising'],
]

/** What the words ask of the moon above a place, or of its own ground. */
export const readMoon = (words: Words) => ({
  place: mentioned(words, PLACES)[0],
  isCrescent: mentions(words, ['crescent', 'sickle']),
  isHalf: mentions(words, ['half moon', 'quarter moon']),
  isRed: mentions(words, ['blood moon', 'harvest moon', 'red moon']),
  isTreeless: mentions(words, ['no trees']),
  isOnGround: mentions(words, ON_IT),
  isMars: mentions(words, ['mars', 'martian', 'red planet']),
  isEarthRising: mentions(words, ['earthrise', 'rising', 'rises']),
  hasLander: mentions(words, ['lander', 'landing', 'module', 'moon base', 'apollo']),
  hasFlag: mentions(words, ['flag']),
  isEmpty: mentions(words, ['no people', 'empty', 'nobody']),
  hasAstronaut: mentions(words, ['astronaut', 'cosmonaut', 'walk*', 'landing', 'moonwalk']),
  astronauts: Math.min(5, readCount(words, ['astronaut', 'cosmonaut']) ?? 1),
  isStanding: mentions(words, ['stand*', 'looking', 'watching', 'sitting']),
})
