import { type PointerEvent, useEffect, useRef } from 'react'

/** Milliseconds after which a finger that rests is holding. */
const HELD = 350

/** Pixels within which it rests. */
const STILL = 10

/** What of the picture has a use of its own for a finger. The wipe's edge has one for a finger that moves. */
const TAKEN = 'button, a, select, input:not(.wipe)'

/** What was pressed hears no more of that finger, as if the system had taken it away: what is held is not tapped. */
const cancelPointer = (target: Element, pointerId: number): boolean =>
  target.dispatchEvent(new globalThis.PointerEvent('pointercancel', { bubbles: true, pointerId, pointerType: 'touch' }))

/**
 * Props of an element on whose picture a finger can be held: `onHold` is called when that begins, and what it gives
 * when the finger leaves.
 */
export const useHold = (onHold: () => (() => void) | undefined) => {
  const resting = useRef<{ x: number; y: number; timer: number }>(null)
  const forget = () => {
    clearTimeout(resting.current?.timer)
    resting.current = null
  }
  const hold = (target: Element, pointerId: number) => {
    cancelPointer(target, pointerId)
    const release = onHold()
    if (!release) return
    // What was pressed may be gone by then.
    const held = new AbortController()
    const end = () => {
      held.abort()
      release()
    }
    for (const name of ['pointerup', 'pointercancel'] as const)
      document.addEventListener(name, end, { signal: held.signal, capture: true })
  }
  useEffect(() => forget, [])
  return {
    onPointerDown: ({ pointerType, isPrimary, pointerId, target, clientX: x, clientY: y }: PointerEvent) => {
      forget()
      if (pointerType !== 'touch' || !isPrimary || !(target instanceof Element)) return
      if (!target.closest('.viewer-canvas') || target.closest(TAKEN)) return
      resting.current = { x, y, timer: window.setTimeout(hold, HELD, target, pointerId) }
    },
    onPointerMove: ({ clientX, clientY }: PointerEvent) => {
      const { current } = resting
      if (current && Math.hypot(clientX - current.x, clientY - current.y) > STILL) forget()
    },
    onPointerUp: forget,
    onPointerCancel: forget,
  }
}
