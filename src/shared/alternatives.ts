/** A prompt of which every alternative is chosen. `label` is the words that were, or null where there was no choice. */
export type Chosen = { prompt: string; label: string | null }

/** What a prompt with alternatives comes to; `problem` is why it comes to nothing, as a form's field says it. */
export type Expanded = { ok: true; prompts: readonly Chosen[] } | { ok: false; problem: string }

/** The most takes of one batch. */
export const MAX_BATCH = 64

type Part = string | readonly string[]

const NESTED = 'has alternatives inside of alternatives: write them side by side, as {red|blue} {fox|wolf}'
const UNCLOSED = 'has alternatives that are not closed: add a }, or write \\{ for the sign itself'
const ESCAPED = /\\([\\{}|])/g

const unescaped = (text: string): string => text.replace(ESCAPED, '$1')

/** Where a sign stands that is not escaped, from a place on; -1 where it does not. */
const indexOfSign = (text: string, sign: '{' | '}', from: number): number => {
  for (let at = from; at < text.length; at++) {
    if (text[at] === '\\') at++
    else if (text[at] === sign) return at
  }
  return -1
}

const alternativesIn = (inside: string): readonly string[] => {
  const found = ['']
  for (let at = 0; at < inside.length; at++) {
    const letter = inside[at] ?? ''
    const last = found.length - 1
    if (letter === '|') found.push('')
    else if (letter === '\\') found[last] += letter + (inside[++at] ?? '')
    else found[last] += letter
  }
  return found.map((each) => unescaped(each.trim()))
}

/** Braces without a bar are only braces. */
const partsOf = (text: string): readonly Part[] | { problem: string } => {
  const parts: Part[] = []
  let from = 0
  for (let open = indexOfSign(text, '{', 0); open >= 0; open = indexOfSign(text, '{', open + 1)) {
    const close = indexOfSign(text, '}', open)
    const inside = text.slice(open + 1, close < 0 ? undefined : close)
    if (alternativesIn(inside).length < 2) continue
    if (close < 0) return { problem: UNCLOSED }
    if (indexOfSign(inside, '{', 0) >= 0) return { problem: NESTED }
    parts.push(unescaped(text.slice(from, open)), alternativesIn(inside))
    from = close + 1
    open = close
  }
  return [...parts, unescaped(text.slice(from))]
}

/** Of the spaces around an alternative that is empty one stays. */
const joined = (parts: readonly string[]): string =>
  parts.reduce((text, part, index) => {
    const afterNothing = index > 0 && parts[index - 1] === '' && (text === '' || text.endsWith(' '))
    return text + (afterNothing ? part.trimStart() : part)
  }, '')

/**
 * All prompts that one with alternatives stands for, as `a {red|blue} {fox|wolf}` for four: the last alternatives change
 * first. One of them may be empty. `\{` and `\}` are the signs themselves.
 */
export const expandAlternatives = (text: string): Expanded => {
  const parts = partsOf(text)
  if ('problem' in parts) return { ok: false, problem: parts.problem }
  const count = parts.reduce((product, part) => product * (typeof part === 'string' ? 1 : part.length), 1)
  if (count > MAX_BATCH) return { ok: false, problem: `stands for ${count} takes: ${MAX_BATCH} at once is the most` }
  let made: { words: readonly string[]; chosen: readonly string[] }[] = [{ words: [], chosen: [] }]
  for (const part of parts)
    made = made.flatMap(({ words, chosen }) =>
      typeof part === 'string'
        ? [{ words: [...words, part], chosen }]
        : part.map((each) => ({ words: [...words, each], chosen: [...chosen, each] })),
    )
  const prompts = made.map(({ words, chosen }) => ({
    prompt: joined(words).trim(),
    label: chosen.length === 0 ? null : chosen.filter((each) => each !== '').join(', ') || 'none',
  }))
  return { ok: true, prompts }
}

/** The prompt as one has to write it so that it stands for itself alone. */
export const escapeAlternatives = (prompt: string): string => {
  const expanded = expandAlternatives(prompt)
  const standsForItself = expanded.ok && expanded.prompts.length === 1 && expanded.prompts[0]?.prompt === prompt.trim()
  return standsForItself ? prompt : prompt.replace(/[\\{}]/g, '\\$&')
}
