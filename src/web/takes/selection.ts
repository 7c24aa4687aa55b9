import { create } from 'zustand'
import { between } from '../state/marking.ts'

type Selection = {
  /** The jobs that are selected, in the order in which they were. */
  ids: ReadonlySet<string>
  /** The card from which a range goes on. */
  anchor: string | null
}

/** Which takes are selected, for all that is done to several at once. */
export const useSelection = create<Selection>()(() => ({ ids: new Set(), anchor: null }))

type Choosable = { id: string; jobIds: readonly string[] }

/** Adds what a card holds to the selection, or takes it out where all of it is in. */
export const toggle = ({ ids }: Selection, { id, jobIds }: Choosable): Selection => {
  const left = new Set(ids)
  const isAll = jobIds.every((jobId) => ids.has(jobId))
  for (const jobId of jobIds) {
    if (isAll) left.delete(jobId)
    else left.add(jobId)
  }
  return { ids: left, anchor: id }
}

/** Selects all cards from the anchor, or from `start` where there is none, to the one that is meant; the rest is left. */
export const extend = (
  { anchor }: Selection,
  cards: readonly Choosable[],
  to: string,
  start: string | null,
): Selection => {
  const order = cards.map(({ id }) => id)
  const from = anchor !== null && order.includes(anchor) ? anchor : start
  const range = between(order, from, to)
  const chosen = cards.filter(({ id }) => range.includes(id)).flatMap(({ jobIds }) => jobIds)
  // From the anchor on, so that where not all fit those next to it do.
  return { ids: new Set(range[0] === from ? chosen : chosen.toReversed()), anchor: from ?? to }
}

export const clearSelection = (): void => useSelection.setState({ ids: new Set(), anchor: null })

/** Leaves out what is selected no more because it is no longer there. */
export const unselect = (jobIds: readonly string[]): void =>
  useSelection.setState(({ ids, anchor }) => ({ ids: new Set([...ids].filter((id) => !jobIds.includes(id))), anchor }))

export const addToSelection = (jobIds: readonly string[]): void =>
  useSelection.setState(({ ids }) => ({ ids: new Set([...ids, ...jobIds]) }))
