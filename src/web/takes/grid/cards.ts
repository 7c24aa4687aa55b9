import type { Take } from '../../data/take.ts'

/** One picture in the library: a take, or the takes of a batch as a stack. `cover` is the one whose picture it shows. */
export type Card = { id: string; takes: readonly Take[]; cover: Take }

/** The one to look at first: in the order of the batch, what is finished before what failed. */
const coverOf = (takes: readonly Take[]): Take | undefined => {
  const inOrder = takes.toSorted((a, b) => (a.batch?.position ?? 0) - (b.batch?.position ?? 0))
  return inOrder.find(({ state }) => state.name === 'done') ?? inOrder[0]
}

const sameTakes = (a: readonly Take[], b: readonly Take[]): boolean =>
  a.length === b.length && a.every((take, at) => take === b[at])

/** The id of a take that the server knows. */
export const jobIdOf = ({ jobId, id }: Take): string => jobId ?? id

/** Things by what they have in common, in the order in which that is first met. */
export const groupedBy = <T, K>(things: readonly T[], keyOf: (thing: T) => K): Map<K, T[]> => {
  const groups = new Map<K, T[]>()
  for (const thing of things) {
    const key = keyOf(thing)
    const group = groups.get(key)
    if (group) group.push(thing)
    else groups.set(key, [thing])
  }
  return groups
}

const groupOf = (take: Take, stacked: boolean): string =>
  stacked && take.batch !== null ? `batch:${take.batch.id}` : jobIdOf(take)

/**
 * The cards of takes, in their order; a stack stands where the newest of it does. A card whose takes are the same as in
 * `before` is the same object.
 */
export const cardsOf = (
  takes: readonly Take[],
  stacked: boolean,
  before: ReadonlyMap<string, Card> = new Map(),
): Map<string, Card> => {
  const cards = new Map<string, Card>()
  for (const [id, group] of groupedBy(takes, (take) => groupOf(take, stacked))) {
    const known = before.get(id)
    const cover = coverOf(group)
    if (known && sameTakes(known.takes, group)) cards.set(id, known)
    else if (cover) cards.set(id, { id, takes: group, cover })
  }
  return cards
}

const USUAL = 16 / 9

/** Width by height; what has no picture takes the usual shape. */
export const aspectOf = ({ state }: Take): number =>
  state.name === 'done' ? state.output.width / state.output.height : USUAL
