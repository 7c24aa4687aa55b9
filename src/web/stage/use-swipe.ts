import { type PointerEvent, useRef } from 'react'

/** A finger that moves so far to the side, and hardly up or down, swipes. CSS pixels. */
const FAR = 60
const LEVEL = 0.5

/** What of the picture has a use of its own for a finger: the wipe's edge, and a picture that is moved about. */
const TAKEN = 'input, button, a, [data-pans]'

/** Props of an element on whose picture a finger swipes: to the left for the next, to the right for the one before. */
export const useSwipe = (onSwipe: (by: 1 | -1) => void) => {
  const start = useRef<{ id: number; x: number; y: number }>(null)
  const forget = () => {
    start.current = null
  }
  return {
    onPointerDown: ({ pointerType, isPrimary, pointerId, target, clientX, clientY }: PointerEvent) => {
      const onPicture = target instanceof Element && target.closest('.bench-canvas') && !target.closest(TAKEN)
      // A second finger zooms.
      start.current =
        pointerType === 'touch' && isPrimary && onPicture ? { id: pointerId, x: clientX, y: clientY } : null
    },
    onPointerUp: ({ pointerId, clientX, clientY }: PointerEvent) => {
      const from = start.current
      forget()
      if (from?.id !== pointerId) return
      const [x, y] = [clientX - from.x, clientY - from.y]
      if (Math.abs(x) >= FAR && Math.abs(y) <= Math.abs(x) * LEVEL) onSwipe(x < 0 ? 1 : -1)
    },
    onPointerCancel: forget,
  }
}
