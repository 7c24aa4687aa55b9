/** A part of what is typed: a word, words in quotes, or a term with its key. */
export type Term = { key: string | null; value: string; written: string }

const TERM = /(\w+):("[^"]*"?|\S*)|"[^"]*"?|\S+/g

const unquoted = (text: string): string => text.replace(/^"|"$/g, '').trim()

/** What is typed into the search field, in its parts. */
export const termsOf = (text: string): Term[] =>
  [...text.matchAll(TERM)].map(([written, key, value]) => ({
    key: key?.toLowerCase() ?? null,
    value: unquoted(value ?? written),
    written,
  }))

const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase()

/** Whether the term stands there. */
export const hasTerm = (text: string, key: string, value: string): boolean =>
  termsOf(text).some((term) => term.key === key && same(term.value, value))

/** The text without terms of that key, or without the one of that value. */
export const withoutTerm = (text: string, key: string, value?: string): string =>
  termsOf(text)
    .filter((term) => term.key !== key || (value !== undefined && !same(term.value, value)))
    .map(({ written }) => written)
    .join(' ')

/** The text with the term at its end, in the place of others of its key where there can be only one. */
export const withTerm = (text: string, key: string, value: string, only = true): string => {
  const rest = withoutTerm(text, key, only ? undefined : value)
  const written = `${key}:${/\s/.test(value) ? `"${value}"` : value}`
  return rest === '' ? written : `${rest} ${written}`
}
