import { mentioned, mentions, type Words } from '../words.ts'

const PLANT_WORDS = {
  lavender: ['lavender'],
  sunflower: ['sunflower'],
  tulip: ['tulip'],
  poppy: ['poppy', 'poppies'],
  vine: ['vineyard', 'vines', 'wine region', 'chianti'],
  wheat: ['wheat', 'barley', 'rye', 'corn', 'cornfield', 'harvest', 'grain field'],
  tea: ['tea plantation', 'tea field', 'rice', 'crops'],
} as const satisfies Record<string, readonly string[]>

/** A crop that a field is planted with. */
export type Plant = keyof typeof PLANT_WORDS

/** What the words ask of fields and hills. */
export const readLand = (words: Words) => ({
  plant: mentioned(words, PLANT_WORDS)[0],
  hasBlossoms: mentions(words, ['blossom*', 'cherry', 'sakura', 'orchard']),
  isFromAbove: mentions(words, ['aerial', 'drone', 'from above', 'birds eye', 'flyover']),
})
