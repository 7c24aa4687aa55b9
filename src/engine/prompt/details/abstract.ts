import { mentions, terms, type Words } from '../words.ts'

const INK = terms('ink, fluid, liquid, marble*, marbling, smoke, paint, watercolor, swirl*, lava lamp, psychedelic')

/** Radians (0 to 0.19) by which the words themselves turn each of four hues: unknown words still differ. */
const hueTurns = ({ list }: Words): number[] =>
  [0, 1, 2, 3].map((index) => {
    const word = list[index % Math.max(1, list.length)] ?? ''
    return ((word.length * 7 + word.charCodeAt(0)) % 20) / 100
  })

/** What the words ask of flowing colours. */
export const readAbstract = (words: Words) => ({
  isPale: mentions(words, ['pastel', 'soft', 'light', 'airy']),
  isInk: mentions(words, INK),
  hueTurns: hueTurns(words),
})
