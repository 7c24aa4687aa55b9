import type { Take } from '../../data/take.ts'
import type { Entry } from '../../state/comparison.ts'
import { openComparison, setEntries } from '../../state/marking.ts'

/** Compares the results of takes, as many as fit on one screen. */
export const compareTakes = (takes: readonly Take[]): void => {
  const entries = takes.flatMap(({ state, jobId }): Entry[] =>
    state.name === 'done' && jobId !== null ? [{ kind: 'take', id: jobId }] : [],
  )
  setEntries(entries)
  openComparison()
}
