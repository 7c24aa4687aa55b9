import { useRef } from 'react'
import { togglePlay } from '../acts.ts'
import type { Viewer } from '../viewer.ts'

/**
 * A click on the picture plays or pauses. The second click of a double click has another meaning: `undo` brings back
 * what the first has changed, to the frame.
 */
export const usePlayClick = (viewer: Viewer | undefined) => {
  const before = useRef<{ playing: boolean; time: number; at: number }>(null)
  return {
    click: () => {
      if (!viewer) return
      const { playing, target } = viewer.state()
      // Only the first of two: the second comes soon after it.
      if (!before.current || performance.now() - before.current.at > 600)
        before.current = { playing, time: target, at: performance.now() }
      togglePlay(viewer)
    },
    undo: () => {
      const { current } = before
      before.current = null
      if (!viewer || !current) return
      if (current.playing) {
        if (!viewer.state().playing) viewer.play()
        return
      }
      viewer.pause()
      viewer.seek(current.time)
    },
  }
}
