import { useMemo } from 'react'
import { scaleIn } from '../acts.ts'
import type { Bench } from '../bench.ts'
import type { Scale } from '../time-format.ts'
import { useBench } from './use-bench.ts'

/** What time is told by. The same object until another side tells it, or its offset changes. */
export const useScale = (bench: Bench): Scale => {
  const sides = useBench(bench, (state) => state.sides)
  const offsets = useBench(bench, (state) => state.offsets)
  const mode = useBench(bench, (state) => state.view.mode)
  const reference = useBench(bench, (state) => state.view.reference)
  const other = useBench(bench, (state) => state.view.other)
  return useMemo(
    () => scaleIn({ sides, offsets, view: { mode, reference, other } }),
    [sides, offsets, mode, reference, other],
  )
}
