import { type PointerEvent, useRef } from 'react'

/** A finger that moves so far in one direction, and hardly in the other, swipes. CSS pixels. */
const FAR = 60
const LEVEL = 0.5

/** Where one swipes: on the picture, and on the lines that tell of it. */
const SURFACES = '.viewer-canvas, .facts'

/** What of these has a use of its own for a finger: the wipe's edge, and a picture that is moved about. */
const TAKEN = 'input, button, a, [data-pans], .facts[data-open]'

/** Where the finger went. */
export type Swipe = 'left' | 'right' | 'up' | 'down'

/** The way from where a finger went down to where it left, if it was a swipe. CSS pixels. */
export const swipeOf = (x: number, y: number): Swipe | null => {
  const [far, aside] = Math.abs(x) > Math.abs(y) ? [x, y] : [y, x]
  if (Math.abs(far) < FAR || Math.abs(aside) > Math.abs(far) * LEVEL) return null
  if (far === x) return x < 0 ? 'left' : 'right'
  return y < 0 ? 'up' : 'down'
}

/** Props of an element on whose picture a finger swipes. */
export const useSwipe = (onSwipe: (swipe: Swipe) => void) => {
  const start = useRef<{ id: number; x: number; y: number }>(null)
  const forget = () => {
    start.current = null
  }
  return {
    onPointerDown: ({ pointerType, isPrimary, pointerId, target, clientX, clientY }: PointerEvent) => {
      const isFree = target instanceof Element && target.closest(SURFACES) && !target.closest(TAKEN)
      // A second finger zooms.
      start.current = pointerType === 'touch' && isPrimary && isFree ? { id: pointerId, x: clientX, y: clientY } : null
    },
    onPointerUp: ({ pointerId, clientX, clientY }: PointerEvent) => {
      const from = start.current
      forget()
      if (from?.id !== pointerId) return
      const swipe = swipeOf(clientX - from.x, clientY - from.y)
      if (swipe) onSwipe(swipe)
    },
    onPointerCancel: forget,
  }
}
