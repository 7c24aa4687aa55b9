import { placeOf, type Words } from './words.ts'

const NUMBERS: Readonly<Record<string, number>> = {
  one: 1,
  single: 1,
  lone: 1,
  two: 2,
  pair: 2,
  couple: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  dozen: 12,
}

/** Words between a number and its thing: "three big red kites". */
const REACH = 3

/**
 * How many of a thing the words ask for: 3 for "three big kites", 1 for "a red kite", nothing where they leave it open
 * ("kites", "many kites"). The things are given in the singular.
 */
export const readCount = (words: Words, things: readonly string[]): number | undefined => {
  for (const thing of things) {
    const at = placeOf(words, thing)
    if (at < 0) continue
    const before = words.text.slice(0, at).trim().split(' ').slice(-REACH).reverse()
    for (const word of before) {
      const digits = /^\d{1,3}$/.test(word) ? Number(word) : NUMBERS[word]
      if (digits !== undefined && digits > 0) return digits
    }
    const single = words.text.startsWith(` ${thing} `, at)
    if (single && before.some((word) => word === 'a' || word === 'an')) return 1
  }
  return undefined
}
