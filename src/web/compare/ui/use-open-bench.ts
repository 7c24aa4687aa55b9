import { type RefObject, useCallback, useEffect, useRef, useSyncExternalStore } from 'react'
import { type Bench, createBench } from '../bench.ts'
import type { Source } from '../protocol.ts'
import type { View } from '../view.ts'
import type { ScreenStage } from './use-stage.ts'

// By the array of sources, which is what tells one comparison from another.
const open = new WeakMap<readonly Source[], Bench>()

/**
 * A bench that draws into `host`, from the first layout until the component goes or `sources` is another array. Every
 * bench gets a canvas of its own: it takes a canvas over for good. `view` is what it opens with.
 */
export const useOpenBench = (
  host: RefObject<HTMLElement | null>,
  sources: readonly Source[],
  stage: ScreenStage | undefined,
  view?: View,
): Bench | undefined => {
  const first = useRef({ stage, view })
  useEffect(() => {
    first.current = { stage, view }
  })
  const measured = stage !== undefined
  const keepOpen = useCallback(
    (changed: () => void) => {
      const place = first.current.stage
      if (!measured || !place || !host.current) return () => {}
      const canvas = document.createElement('canvas')
      canvas.className = 'absolute inset-0 block size-full'
      host.current.append(canvas)
      const { width, height, gap } = place
      const bench = createBench(canvas, sources, { width, height, gap }, first.current.view)
      open.set(sources, bench)
      changed()
      return () => {
        open.delete(sources)
        canvas.remove()
        void bench.close()
      }
    },
    [host, sources, measured],
  )
  return useSyncExternalStore(keepOpen, () => open.get(sources))
}
