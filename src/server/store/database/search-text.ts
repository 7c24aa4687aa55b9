/** Scripts that are written without spaces: each letter counts as a word, and words are phrases of them. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/gu

const spaced = (text: string): string => text.normalize('NFC').replace(UNSPACED, ' $& ')

const words = (text: string): string[] => spaced(text).match(/[\p{L}\p{M}\p{N}]+/gu) ?? []

/** As FTS5 takes words too: without capitals, and Latin letters without what stands over and under them. */
const fold = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/(\p{Script=Latin})[\u0300-\u036f]+/gu, '$1')
    .normalize('NFC')
    .toLowerCase()
    // "İ" in small letters is an i with a dot above.
    .replace(/i\u0307/g, 'i')
    .replace(/ς/g, 'σ')

/** The words by which a search finds a job, with a space between them. */
export const searchText = (texts: readonly (string | null)[]): string =>
  words(fold(texts.filter((text) => text !== null && text !== '').join(' \n '))).join(' ')

/** What a person typed, as lists of words that stand together: what is joined without a space (`lucy-pro`, `雪狐`). */
const phrasesIn = (typed: string): string[][] =>
  typed
    .split(/\s+/)
    .map((part) => words(part))
    .filter((part) => part.length > 0)

/** The same in the form in which `searchText` has words. */
export const wordPhrases = (typed: string): string[][] => phrasesIn(fold(typed))

/**
 * What a person typed as a query of FTS5: every word must occur, the beginning of a word is enough, and what is joined
 * without a space stands together. Null where there is no word in it.
 */
export const searchQuery = (typed: string): string | null => {
  // Letters and digits alone, within quotes: nothing of FTS5's own syntax gets through.
  const phrases = phrasesIn(typed).map((part) => `"${part.join(' ')}"*`)
  return phrases.length === 0 ? null : phrases.join(' ')
}
