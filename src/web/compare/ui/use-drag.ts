import { type PointerEvent, useEffect, useRef } from 'react'
import type { Viewer } from '../viewer.ts'

/** No animation frame is asked for. */
const NONE = 0

/**
 * Dragging with the pointer: `move` is told the pointer's place once for each frame that the screen draws, the newest
 * one, and once more at the end. Playing pauses meanwhile and goes on afterwards. Spread the answer onto the element.
 */
export const useDrag = (
  viewer: Viewer,
  { start, move, end }: { start?: () => void; move: (clientX: number) => void; end?: () => void },
) => {
  const drag = useRef<{ pointer: number; played: boolean; clientX: number; frame: number } | null>(null)
  useEffect(
    () => () => {
      if (drag.current) cancelAnimationFrame(drag.current.frame)
    },
    [],
  )
  const finish = (event: PointerEvent) => {
    const now = drag.current
    if (now?.pointer !== event.pointerId) return
    drag.current = null
    if (now.frame !== NONE) {
      cancelAnimationFrame(now.frame)
      move(now.clientX)
    }
    end?.()
    if (now.played) viewer.play()
  }
  return {
    /** Whether a drag is under way: what the platform makes of the same pointer is to be ignored then. */
    dragging: () => drag.current !== null,
    handlers: {
      onPointerDown: (event: PointerEvent<HTMLElement>) => {
        if (event.button !== 0 || drag.current) return
        event.currentTarget.setPointerCapture(event.pointerId)
        const { playing } = viewer.state()
        drag.current = { pointer: event.pointerId, played: playing, clientX: event.clientX, frame: NONE }
        if (playing) viewer.pause()
        start?.()
        move(event.clientX)
      },
      onPointerMove: (event: PointerEvent) => {
        const now = drag.current
        if (now?.pointer !== event.pointerId) return
        now.clientX = event.clientX
        if (now.frame !== NONE) return
        now.frame = requestAnimationFrame(() => {
          now.frame = NONE
          move(now.clientX)
        })
      },
      onPointerUp: finish,
      onPointerCancel: finish,
    },
  }
}
