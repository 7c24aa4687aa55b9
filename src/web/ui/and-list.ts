let format: Intl.ListFormat | undefined

/** Words as a sentence lists them: "a, b, and c". Made when first needed: Intl takes its time at a page's start. */
export const andList = (words: readonly string[]): string =>
  (format ??= new Intl.ListFormat('en', { type: 'conjunction' })).format(words)
