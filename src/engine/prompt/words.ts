/** A prompt broken into what the readers look for. */
export type Words = {
  /** Lower-case text with single spaces, a space at each end, and no punctuation: phrases are found in it whole. */
  text: string
  list: readonly string[]
}

const accents = /[\u0300-\u036f]/g

/** Reads any text; punctuation, case, accents and line breaks do not matter. */
export const readWords = (prompt: string): Words => {
  const list = prompt
    .normalize('NFKD')
    .replace(accents, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length > 0)
  return { text: ` ${list.join(' ')} `, list }
}

/**
 * Where a term stands in the text, or -1. A term is a word or a phrase, found whole and in its plural; a trailing `*`
 * finds every word that begins so ("cloud*": cloud, clouds, cloudy).
 */
export const placeOf = (words: Words, term: string): number => {
  if (term.endsWith('*')) return words.text.indexOf(` ${term.slice(0, -1)}`)
  const exact = words.text.indexOf(` ${term} `)
  if (exact >= 0) return exact
  const plural = words.text.indexOf(` ${term}s `)
  return plural >= 0 ? plural : words.text.indexOf(` ${term}es `)
}

/** Terms of a table, written one after the other with commas between them. */
export const terms = (text: string): readonly string[] => text.split(',').map((term) => term.trim())

const negations = new Set(['no', 'not', 'without', 'never', 'dont', 'avoid'])

/** True where a term is asked for; "no birds" and "without rain" do not ask. */
export const mentions = (words: Words, terms: readonly string[]): boolean =>
  terms.some((term) => {
    const at = placeOf(words, term)
    if (at < 0) return false
    const before = words.text.slice(0, at).trim().split(' ').slice(-2)
    return !before.some((word) => negations.has(word))
  })

/** The members of a table that a prompt mentions, in the order of the table. */
export const mentioned = <Name extends string>(
  words: Words,
  table: Readonly<Record<Name, readonly string[]>>,
): Name[] => (Object.keys(table) as Name[]).filter((name) => mentions(words, table[name]))
