import { makerWords } from '../../data/renderer-words.ts'
import { sourceIdOf, type Take } from '../../data/take.ts'
import type { Subject } from './parameters.ts'

const modelOf = ({ model, modelId }: Take): string => model?.title ?? modelId

/** Letters of a prompt that a name has room for. */
const LONGEST = 32

const beginning = (prompt: string): string =>
  prompt.length > LONGEST ? `${prompt.slice(0, LONGEST - 1).trimEnd()}…` : prompt

/**
 * Ways to call a take, of which the first serves that calls no other so: by its model, its prompt, its seed. Who made it
 * comes first, for it is never cut off.
 */
const waysToCall = (take: Take): string[] => {
  const who = makerWords(take)
  return [modelOf(take), beginning(take.prompt), `seed ${take.seed}`].flatMap((what) =>
    what === '' ? [] : [`${who} · ${what}`],
  )
}

const isOnce = (names: readonly string[], name: string): boolean => names.filter((each) => each === name).length === 1

/**
 * What the sides of a comparison are called: no two alike. A file that a compared take was made from is its source.
 */
export const sideNames = (subjects: readonly Subject[]): string[] => {
  const sources = new Set(subjects.flatMap((subject) => (subject.kind === 'take' ? [sourceIdOf(subject.take)] : [])))
  const ways = subjects.map((subject): string[] => {
    if (subject.kind === 'take') return waysToCall(subject.take)
    if (subject.kind === 'local') return [subject.file.name]
    const name = subject.file.filename ?? 'File'
    return [sources.has(subject.file.id) ? `Source · ${name}` : name]
  })
  const names = ways.map(
    (each) =>
      each.find((name, way) =>
        isOnce(
          ways.map((other) => other[way] ?? ''),
          name,
        ),
      ) ??
      each.at(-1) ??
      '',
  )
  return names.map((name, index) => {
    const nth = names.slice(0, index).filter((each) => each === name).length + 1
    return isOnce(names, name) ? name : `${nth} · ${name}`
  })
}
