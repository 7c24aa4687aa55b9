import type { PromptReading } from '../../../shared/prompt-reading.ts'

/** Words of a prompt, from one character up to another, and whether the engine knows them. */
export type Mark = { from: number; to: number; known: boolean }

/** As the engine finds words. */
const WORD = /[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu

const IN_WORD = /[\p{L}\p{N}'’-]/u

/** So many words are looked at one by one by the engine; nothing is known of those after them. */
const MAX_WORDS = 60

/** Words that say nothing by themselves, and those that only ask: not to know them is no loss. */
const SMALL = new Set(
  `a an the and or but of in on at to with without by for from into onto over under above below near beside between
  through across behind before after around along up down out off as is are was were be been being has have it its this
  that these those there here my your his her their our some any all every each one two three very more most less quite
  so too then than while where when who which what make makes making made turn turns convert change create show add give
  put let keep use using like look looks looking style please scene picture image photo video clip shot view him them
  me we you they i she he no not only just`.split(/\s+/),
)

/** The marks of a text that was read. Words that say nothing by themselves are marked only where they are known. */
export const marksOf = (text: string, known: PromptReading['known']): Mark[] => {
  const starts = new Set(known.map(([from]) => from))
  return [...text.matchAll(WORD)].slice(0, MAX_WORDS).flatMap(({ 0: word, index }) => {
    const isKnown = starts.has(index)
    return isKnown || !SMALL.has(word.toLowerCase()) ? [{ from: index, to: index + word.length, known: isKnown }] : []
  })
}

/** How many characters two texts begin with alike. */
const sharedStart = (one: string, other: string): number => {
  const most = Math.min(one.length, other.length)
  let at = 0
  while (at < most && one[at] === other[at]) at++
  return at
}

const sharedEnd = (one: string, other: string, most: number): number => {
  let count = 0
  while (count < most && one.at(-1 - count) === other.at(-1 - count)) count++
  return count
}

/** The marks of a text after it was edited: those before the edit stay, those after it move, those that it touched go. */
export const afterEdit = (marks: readonly Mark[], before: string, after: string): readonly Mark[] => {
  if (before === after) return marks
  const start = sharedStart(before, after)
  const end = sharedEnd(before, after, Math.min(before.length, after.length) - start)
  const moved = after.length - before.length
  return marks.flatMap((mark) => {
    const by = mark.to <= start ? 0 : mark.from >= before.length - end ? moved : null
    if (by === null) return []
    const [from, to] = [mark.from + by, mark.to + by]
    const isWhole = !IN_WORD.test(after[from - 1] ?? '') && !IN_WORD.test(after[to] ?? '')
    return isWhole ? [{ ...mark, from, to }] : []
  })
}

export type Piece = { at: number; text: string; known: boolean | null }

/** The text in pieces, one after the other; `known` is null of what is not marked. */
export const piecesOf = (text: string, marks: readonly Mark[]): Piece[] => {
  const pieces: Piece[] = []
  let at = 0
  const cut = (to: number, known: boolean | null) => {
    if (to > at) pieces.push({ at, text: text.slice(at, to), known })
    at = Math.max(at, to)
  }
  for (const { from, to, known } of marks) {
    cut(from, null)
    cut(to, known)
  }
  cut(text.length, null)
  return pieces
}
