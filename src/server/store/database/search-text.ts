/** Scripts that are written without spaces: each letter counts as a word, and words are phrases of them. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/gu

const spaced = (text: string): string => text.normalize('NFC').replace(UNSPACED, ' $& ')

/** The words by which a search finds a job, as the full text index takes them. */
export const searchText = (texts: readonly (string | null)[]): string =>
  spaced(texts.filter((text) => text !== null && text !== '').join(' \n '))

const words = (text: string): string[] => spaced(text).match(/[\p{L}\p{M}\p{N}]+/gu) ?? []

/**
 * What a person typed as a query of FTS5: every word must occur, the beginning of a word is enough, and what is joined
 * without a space (`lucy-pro`, `雪狐`) stands together. Null where there is no word in it.
 */
export const searchQuery = (typed: string): string | null => {
  const phrases = typed
    .split(/\s+/)
    .map((part) => words(part))
    .filter((part) => part.length > 0)
    // Letters and digits alone, within quotes: nothing of FTS5's own syntax gets through.
    .map((part) => `"${part.join(' ')}"*`)
  return phrases.length === 0 ? null : phrases.join(' ')
}
