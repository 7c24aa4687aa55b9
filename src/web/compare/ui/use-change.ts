import { useMemo } from 'react'
import type { Viewer } from '../viewer.ts'
import { frameUnder, timeOfFrame } from '../frames.ts'
import type { SideInfo } from '../protocol.ts'
import { biggestChange, changeOf, peaks } from '../similarity/change.ts'
import { useViewer } from './use-viewer.ts'
import { measuredOf, type SimilarityState } from './use-similarity.ts'

/** What changed, by the frames of the side that counts them. */
export type Change = {
  info: SideInfo
  offset: number
  /** 0 to 1 by frame; NaN where it is not known. */
  values: Float32Array
  /** -1 where nothing is known. */
  biggest: number
  peaks: readonly number[]
  /** The playhead at which a frame comes on screen. Seconds. */
  timeOf: (frame: number) => number
  frameUnder: (time: number) => number
}

/** Null until something is known. */
export const useChange = (viewer: Viewer, similarity: SimilarityState): Change | null => {
  const measured = measuredOf(similarity)
  const by = measured?.by ?? 'reference'
  const side = useViewer(viewer, (state) => state.sides[state.view[by]])
  const offset = useViewer(viewer, (state) => state.offsets[state.view[by]] ?? 0)
  return useMemo(() => {
    if (!measured || side?.name !== 'ready') return null
    const { info } = side
    const values = changeOf(measured.values)
    return {
      info,
      offset,
      values,
      biggest: biggestChange(values),
      peaks: peaks(values),
      timeOf: (frame) => Math.max(0, timeOfFrame(info, frame, offset)),
      frameUnder: (time) => frameUnder(info, time, offset),
    }
  }, [measured, side, offset])
}
