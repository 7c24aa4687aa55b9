import { useEffect, useEffectEvent } from 'react'

/** What is done as keys of the page go down and up, and when the window loses the keyboard, so that no key is up. */
type PressedKeys = { down: (event: KeyboardEvent) => void; up: (event: KeyboardEvent) => void; leave: () => void }

/** Listens to the page's keys for as long as the component that calls it stands. */
export const useHeldKeys = (keys: PressedKeys): void => {
  const down = useEffectEvent(keys.down)
  const up = useEffectEvent(keys.up)
  const leave = useEffectEvent(keys.leave)
  useEffect(() => {
    const listening = new AbortController()
    const { signal } = listening
    document.addEventListener('keydown', (event) => down(event), { signal })
    document.addEventListener('keyup', (event) => up(event), { signal })
    window.addEventListener('blur', () => leave(), { signal })
    return () => listening.abort()
  }, [])
}
