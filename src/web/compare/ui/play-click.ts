import { useRef } from 'react'
import { togglePlay } from '../acts.ts'
import type { Bench } from '../bench.ts'

/**
 * A click on the picture plays or pauses. The second click of a double click has another meaning: `undo` brings back
 * what the first has changed, to the frame.
 */
export const usePlayClick = (bench: Bench | undefined) => {
  const before = useRef<{ playing: boolean; time: number; at: number }>(null)
  return {
    click: () => {
      if (!bench) return
      const { playing, target } = bench.state()
      // Only the first of two: the second comes soon after it.
      if (!before.current || performance.now() - before.current.at > 600)
        before.current = { playing, time: target, at: performance.now() }
      togglePlay(bench)
    },
    undo: () => {
      const { current } = before
      before.current = null
      if (!bench || !current) return
      if (current.playing) {
        if (!bench.state().playing) bench.play()
        return
      }
      bench.pause()
      bench.seek(current.time)
    },
  }
}
