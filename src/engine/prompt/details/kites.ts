import { readCount } from '../count.ts'
import { mentioned, mentions, type Words } from '../words.ts'

const KINDS = { diamond: ['diamond'], delta: ['delta'], box: ['box'], fish: ['fish'] } as const
export type KiteKind = keyof typeof KINDS

const BEACH = ['beach', 'sea', 'shore', 'coast*', 'ocean', 'sand*', 'seaside', 'island']
const MEADOW = ['meadow', 'field', 'hill', 'park', 'grass*', 'garden', 'mountain*']

/** What the words ask of kites. `count` and `kind` are undefined where the words leave them open. */
export const readKites = (words: Words) => ({
  count: readCount(words, ['kite']),
  kind: mentioned(words, KINDS)[0],
  isBeach: mentions(words, BEACH),
  isMeadow: mentions(words, MEADOW),
  isWindy: mentions(words, ['windy', 'strong wind', 'storm*', 'gale']),
  /** Children fly them. */
  hasChildren: mentions(words, ['child*', 'kid', 'girl', 'boy', 'family']),
})
