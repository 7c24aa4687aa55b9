import { RENDERER_WORDS, sourceIdOf, type Take } from '../../data/take.ts'
import type { Subject } from './parameters.ts'

const modelOf = ({ model, modelId }: Take): string => model?.title ?? modelId

/** Ways to call a take, the shortest first: who made it comes first, for it is never cut off. */
const waysToCall = (take: Take): string[] => [
  `${RENDERER_WORDS[take.renderer]} · ${modelOf(take)}`,
  // The model is the same then, and would be cut off.
  `${RENDERER_WORDS[take.renderer]} · seed ${take.seed}`,
]

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
  const shortest = ways.map(([first = '']) => first)
  const longer = ways.map((each, index) => {
    const [first = '', second] = each
    return isOnce(shortest, shortest[index] ?? '') ? first : (second ?? first)
  })
  return longer.map((name, index) => {
    const nth = longer.slice(0, index).filter((each) => each === name).length + 1
    return isOnce(longer, name) ? name : `${nth} · ${name}`
  })
}
