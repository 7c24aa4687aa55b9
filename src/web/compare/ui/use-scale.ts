import { useMemo } from 'react'
import { scaleIn } from '../acts.ts'
import type { Viewer } from '../viewer.ts'
import type { Scale } from '../time-format.ts'
import { useViewer } from './use-viewer.ts'

/** What time is told by. The same object until another side tells it, or its offset changes. */
export const useScale = (viewer: Viewer): Scale => {
  const sides = useViewer(viewer, (state) => state.sides)
  const offsets = useViewer(viewer, (state) => state.offsets)
  const mode = useViewer(viewer, (state) => state.view.mode)
  const reference = useViewer(viewer, (state) => state.view.reference)
  const other = useViewer(viewer, (state) => state.view.other)
  return useMemo(
    () => scaleIn({ sides, offsets, view: { mode, reference, other } }),
    [sides, offsets, mode, reference, other],
  )
}
