import { useSyncExternalStore } from 'react'
import type { Bench } from '../bench.ts'
import type { BenchState } from '../bench-state.ts'

/**
 * One thing of the bench's state. The state is new sixty times a second while it plays; a component renders again only
 * when what `select` answers is another value (by `Object.is`), so select numbers, words and parts, never new objects.
 */
export const useBench = <Selected>(bench: Bench, select: (state: BenchState) => Selected): Selected =>
  useSyncExternalStore(bench.subscribe, () => select(bench.state()))
