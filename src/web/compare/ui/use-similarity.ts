import { useEffect, useMemo, useRef, useState } from 'react'
import type { Viewer } from '../viewer.ts'
import type { ViewerState } from '../viewer-state.ts'
import type { Source } from '../protocol.ts'
import { type Measured, measureSimilarity } from '../similarity/measure.ts'
import { useViewer } from './use-viewer.ts'

/** What is known of how alike the pair of the view is. */
export type SimilarityState =
  /** There is no pair, or one that cannot be opened. */
  | { name: 'none' }
  /** A pair that is not open yet: it keeps the place free in which it is told, for pictures must not move. */
  | { name: 'opening' }
  | { name: 'measuring'; measured: Measured | null }
  | { name: 'measured'; measured: Measured }
  /** `reason` in whole sentences; what was measured before stays. */
  | { name: 'failed'; reason: string; measured: Measured | null }

/** A pair or its offset may change many times in a row: only what stays is measured. Milliseconds. */
const SETTLED = 200
/** The map goes to the viewer no oftener than this. Milliseconds. */
const HEAT_PAUSE = 350
/** Pairs whose result is kept, so that going back to one shows it at once. */
const KEPT = 4

export const measuredOf = (state: SimilarityState): Measured | null => ('measured' in state ? state.measured : null)

const readyInfo = ({ sides }: ViewerState, side: number) => {
  const state = sides[side]
  return state?.name === 'ready' ? state.info : undefined
}

/** How sides of different size lie over each other; the same for those of one size, where it makes no difference. */
const fitOf = (state: ViewerState) => {
  const one = readyInfo(state, state.view.reference)
  const two = readyInfo(state, state.view.other)
  return one?.width === two?.width && one?.height === two?.height ? 'fit' : state.view.fit
}

const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

/** Sends the map of changes to the viewer while it is looked at. */
const useHeat = (viewer: Viewer, measured: Measured | null) => {
  const wanted = useViewer(viewer, (state) => state.view.heat)
  const sent = useRef(-Infinity)
  const heat = wanted && measured ? measured.heat : null
  useEffect(() => {
    if (!heat) return viewer.setHeat(null)
    const send = () => {
      sent.current = performance.now()
      viewer.setHeat(heat)
    }
    const timer = setTimeout(send, Math.max(0, sent.current + HEAT_PAUSE - performance.now()))
    return () => clearTimeout(timer)
  }, [viewer, heat])
}

/**
 * Works out how alike the view's reference and other side are as soon as both are open, and anew when the pair, an
 * offset of it, or how they lie over each other changes. Gives way while the viewer plays; does nothing while it is not
 * wanted.
 */
export const useSimilarity = (
  viewer: Viewer,
  sources: readonly Source[],
  isWanted: boolean,
  measure: typeof measureSimilarity = measureSimilarity,
): SimilarityState => {
  const reference = useViewer(viewer, (state) => state.view.reference)
  const other = useViewer(viewer, (state) => state.view.other)
  const offsetA = useViewer(viewer, (state) => state.offsets[state.view.reference] ?? 0)
  const offsetB = useViewer(viewer, (state) => state.offsets[state.view.other] ?? 0)
  const fit = useViewer(viewer, fitOf)
  const ready = useViewer(viewer, (state) => Boolean(readyInfo(state, reference) && readyInfo(state, other)))
  const hasFailed = useViewer(viewer, ({ sides }) => [reference, other].some((side) => sides[side]?.name === 'failed'))
  const [a, b] = [sources[reference], sources[other]]
  const isPair = isWanted && a !== undefined && b !== undefined && a !== b
  const pair = useMemo(
    () => (isPair && ready ? { reference: a, other: b, offsets: { reference: offsetA, other: offsetB }, fit } : null),
    [isPair, ready, a, b, offsetA, offsetB, fit],
  )
  const kept = useMemo(() => (sources ? new Map<string, Measured>() : new Map()), [sources])
  const [known, setKnown] = useState<{ of: typeof pair; state: SimilarityState }>({ of: null, state: { name: 'none' } })

  useEffect(() => {
    if (!pair) return
    const key = JSON.stringify([pair.reference.id, pair.other.id, pair.offsets, pair.fit])
    const before = kept.get(key)
    const controller = new AbortController()
    const { signal } = controller
    const tell = (state: SimilarityState) => {
      if (!signal.aborted) setKnown({ of: pair, state })
    }
    let leave: (() => void) | undefined
    let measured: Measured | null = null
    const begin = async () => {
      if (before) return tell({ name: 'measured', measured: before })
      const onProgress = (progress: Measured) => {
        measured = progress
        tell({ name: 'measuring', measured })
      }
      const { finished, ease } = measure({ ...pair, onProgress, signal })
      let playing = false
      leave = viewer.subscribe(() => {
        if (viewer.state().playing === playing) return
        playing = !playing
        ease(playing)
      })
      if (viewer.state().playing) ease((playing = true))
      try {
        measured = await finished
        kept.set(key, measured)
        for (const oldest of [...kept.keys()].slice(0, -KEPT)) kept.delete(oldest)
        tell({ name: 'measured', measured })
      } catch (error) {
        tell({ name: 'failed', reason: reasonOf(error), measured })
      } finally {
        leave()
      }
    }
    const timer = setTimeout(() => void begin(), before ? 0 : SETTLED)
    return () => {
      clearTimeout(timer)
      leave?.()
      controller.abort()
    }
  }, [viewer, pair, kept, measure])

  const state = useMemo((): SimilarityState => {
    if (pair) return known.of === pair ? known.state : { name: 'measuring', measured: null }
    return { name: isPair && !hasFailed ? 'opening' : 'none' }
  }, [pair, isPair, hasFailed, known])
  useHeat(viewer, measuredOf(state))
  return state
}
