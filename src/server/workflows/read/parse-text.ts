/** Characters of JSON that are read: the largest graphs that people share have some hundred thousand. */
export const MAX_JSON_BYTES = 8 * 1024 ** 2

/** Python writes these, which no JSON has, for numbers that are none. */
const NO_NUMBERS = ['NaN', '-Infinity', 'Infinity']

/** The text with `null` for what Python writes of numbers that are none, outside of strings. */
const withoutNoNumbers = (text: string): string => {
  const parts: string[] = []
  let from = 0
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '"') {
      at++
      while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1
      continue
    }
    const found = NO_NUMBERS.find((word) => text.startsWith(word, at))
    if (found === undefined) continue
    parts.push(text.slice(from, at), 'null')
    at += found.length - 1
    from = at + 1
  }
  return parts.join('') + text.slice(from)
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** A text as JSON, also as Python writes it; undefined where it is none, or longer than {@link MAX_JSON_BYTES}. */
export const parseText = (text: string): unknown => {
  if (text.length > MAX_JSON_BYTES) return undefined
  const plain = text.replace(/^\uFEFF/, '')
  return parse(plain) ?? parse(withoutNoNumbers(plain))
}
