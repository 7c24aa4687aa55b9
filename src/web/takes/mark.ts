import type { Take } from '../data/take.ts'
import { chosenTake } from '../data/takes.ts'
import { type Entry, useComparison } from '../state/comparison.ts'
import { addEntries, between, toggleEntry } from '../state/marking.ts'
import { useStudio } from '../state/studio.ts'
import type { How } from './how.ts'

/** What of a take can be compared: its result, once there is one. */
const entryOf = ({ state, jobId }: Take): Entry[] =>
  state.name === 'done' && jobId !== null ? [{ kind: 'take', id: jobId }] : []

/**
 * Marks a take to be compared, or all from the one marked last, or else from the one on the stage. What is not finished
 * is passed over.
 */
export const mark = (takes: readonly Take[], take: Take, how: Exclude<How, 'alone'>) => {
  if (how === 'toggle') return entryOf(take).forEach(toggleEntry)
  const { anchor } = useComparison.getState()
  const last = takes.find(({ jobId }) => jobId !== null && jobId === anchor)
  const from = last ?? chosenTake(takes, useStudio.getState().selected)
  const ids = between(
    takes.map(({ id }) => id),
    from?.id ?? null,
    take.id,
  )
  const range = takes.filter(({ id }) => ids.includes(id)).flatMap(entryOf)
  if (ids.length === 0) return addEntries(entryOf(take))
  // From the anchor on, so that where not all fit those next to it do.
  addEntries(ids[0] === from?.id ? range : range.toReversed())
}
