import { type RefObject, useCallback, useEffect, useRef, useSyncExternalStore } from 'react'
import { type Viewer, createViewer } from '../viewer.ts'
import type { Source } from '../protocol.ts'
import type { View } from '../view.ts'
import type { ScreenViewport } from './use-viewport.ts'

// By the array of sources, which is what tells one comparison from another.
const open = new WeakMap<readonly Source[], Viewer>()

/**
 * A viewer that draws into `host`, from the first layout until the component goes or `sources` is another array. Every
 * viewer gets a canvas of its own: it takes a canvas over for good. `view` is what it opens with.
 */
export const useOpenViewer = (
  host: RefObject<HTMLElement | null>,
  sources: readonly Source[],
  viewport: ScreenViewport | undefined,
  view?: View,
): Viewer | undefined => {
  const first = useRef({ viewport, view })
  useEffect(() => {
    first.current = { viewport, view }
  })
  const measured = viewport !== undefined
  const keepOpen = useCallback(
    (changed: () => void) => {
      const place = first.current.viewport
      if (!measured || !place || !host.current) return () => {}
      const canvas = document.createElement('canvas')
      canvas.className = 'absolute inset-0 block size-full'
      host.current.append(canvas)
      const { width, height, gap } = place
      const viewer = createViewer(canvas, sources, { width, height, gap }, first.current.view)
      open.set(sources, viewer)
      changed()
      return () => {
        open.delete(sources)
        canvas.remove()
        void viewer.close()
      }
    },
    [host, sources, measured],
  )
  return useSyncExternalStore(keepOpen, () => open.get(sources))
}
