import { type RefObject, useEffect } from 'react'

/** Milliseconds without a hand on anything. */
const IDLE_AFTER = 2500

/** Sets `data-idle` on an element while nobody points, touches or types: what lies over the picture goes then. */
export const useIdle = (ref: RefObject<HTMLElement | null>, on: boolean): void =>
  useEffect(() => {
    const element = ref.current
    if (!on || !element) return
    let timer = 0
    const wake = () => {
      element.removeAttribute('data-idle')
      clearTimeout(timer)
      timer = window.setTimeout(() => element.setAttribute('data-idle', ''), IDLE_AFTER)
    }
    const events = ['pointermove', 'pointerdown', 'keydown', 'focusin'] as const
    for (const name of events) document.addEventListener(name, wake, { passive: true })
    wake()
    return () => {
      for (const name of events) document.removeEventListener(name, wake)
      clearTimeout(timer)
      element.removeAttribute('data-idle')
    }
  }, [ref, on])
