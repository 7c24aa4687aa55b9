import { mentions, type Words } from '../words.ts'

/** What the words ask of a cave. */
export const readCave = (words: Words) => ({
  isOfIce: mentions(words, ['ice', 'icy', 'frozen', 'glacier']),
  /** Seen through its mouth. */
  isOpen: mentions(words, ['mouth', 'entrance', 'view', 'looking out', 'sunset', 'sea', 'mountain*']),
  /** Far below the ground. */
  isDeep: mentions(words, ['shaft', 'lake', 'crystal*', 'underground', 'deep']),
  hasCrystals: mentions(words, ['crystal*', 'gem*', 'amethyst', 'quartz', 'magic*', 'glow*']),
  hasExplorer: mentions(words, ['explorer', 'adventurer']),
})
