import { useEffect, useEffectEvent } from 'react'
import { takesLetters } from '../../compare/typing.ts'

/** Whether Escape closes something that is open over the page. */
const isCovered = (): boolean => document.querySelector(':popover-open, dialog[open]') !== null

/** Escape, where nothing else has a use for it. */
export const useEscape = (act: () => void): void => {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.repeat || event.defaultPrevented) return
    if (takesLetters(event.target) || isCovered() || document.fullscreenElement) return
    event.preventDefault()
    act()
  })
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => press(event)
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
}
