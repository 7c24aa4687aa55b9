import { makerWords } from '../../data/renderer-words.ts'
import { sourceIdOf, type Take } from '../../data/take.ts'
import type { Subject } from './parameters.ts'
import { wordsThatDiffer } from '../../ui/words-that-differ.ts'

/** Letters of a prompt that a name has room for. */
const MAX_NAME_LENGTH = 32

const beginning = (text: string): string =>
  text.length > MAX_NAME_LENGTH ? `${text.slice(0, MAX_NAME_LENGTH - 1).trimEnd()}…` : text

/** The words of a prompt that not all of the others have too; its beginning where it has all of theirs and no more. */
const ownWords = (prompt: string, prompts: readonly string[]): string => {
  const others = prompts.filter((other) => other !== prompt)
  const own = wordsThatDiffer(prompt, others).flatMap(({ text, differs }) => (differs ? [text.trim()] : []))
  const words = own.filter((text) => /[\p{L}\p{N}]/u.test(text)).join(' … ')
  return beginning(words === '' ? prompt : words)
}

const modelOf = ({ model, modelId }: Take): string => model?.title ?? modelId

const isOnce = (names: readonly string[], name: string): boolean => names.filter((each) => each === name).length === 1

const isShared = (words: readonly string[]): boolean => new Set(words).size < 2

/**
 * What each of several takes may be called, the ways in one order for all: by a name that a person gave, its model, what
 * is its own in its prompt, its seed. What all share is no name. Who made it stays with each where that differs: a draft
 * must not pass for a cloud's.
 */
const waysToCall = (takes: readonly Take[]): string[][] => {
  const makers = takes.map(makerWords)
  const prompts = takes.map(({ prompt }) => prompt)
  const ways = [
    takes.map(({ name }) => name ?? ''),
    takes.map(modelOf),
    prompts.map((prompt) => ownWords(prompt, prompts)),
    takes.map(({ seed }) => (seed === null ? '' : `seed ${seed}`)),
  ].filter((way) => !isShared(way))
  const told = isShared(makers)
    ? ways
    : [makers, ...ways.map((way) => way.map((what, at) => (what === '' ? '' : `${makers[at]} · ${what}`)))]
  return takes.map((_, at) => told.map((way) => way[at] ?? ''))
}

/** A file, which a compared take may have been made from. */
const fileName = (subject: Exclude<Subject, { kind: 'take' }>, sources: ReadonlySet<string | null>): string => {
  if (subject.kind === 'local') return subject.file.name
  const name = subject.file.filename ?? 'File'
  return sources.has(subject.file.id) ? `Source · ${name}` : name
}

/**
 * What the sides of a comparison are called: by what sets them apart and no more, no two alike. What nothing sets apart
 * is called by its number.
 */
export const sideNames = (subjects: readonly Subject[]): string[] => {
  const takes = subjects.flatMap((subject) => (subject.kind === 'take' ? [subject.take] : []))
  const sources = new Set(takes.map(sourceIdOf))
  const [alone] = takes
  // Beside files, or alone, a single take is told by who made it and with what.
  const ways = takes.length === 1 && alone ? [[`${makerWords(alone)} · ${modelOf(alone)}`]] : waysToCall(takes)
  const wayNames = (at: number) => ways.map((each) => each[at] ?? '')
  const takeNames = ways.map(
    (each) =>
      each.find((name, at) => name !== '' && isOnce(wayNames(at), name)) ?? each.findLast((name) => name !== '') ?? '',
  )
  const names = subjects.map((subject) =>
    subject.kind === 'take' ? (takeNames[takes.indexOf(subject.take)] ?? '') : fileName(subject, sources),
  )
  return names.map((name, index) => {
    if (name === '') return String(index + 1)
    return isOnce(names, name) ? name : `${index + 1} · ${name}`
  })
}
