import { useEffect } from 'react'
import { useLayout } from '../state/layout.ts'
import { isBehindModal } from '../ui/behind-modal.ts'
import { pressedKey } from '../ui/pressed-key.ts'
import { textFieldAt } from '../ui/takes-text.ts'
import { leaveTheatre, toggleFullScreen, toggleTheatre } from './theatre.ts'

type Press = Pick<KeyboardEvent, 'key' | 'code' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey' | 'repeat'>

export type LayoutAct = 'left' | 'right' | 'both' | 'full screen' | 'theatre'

/** What a key means for the columns: the brackets by their place too, since few keyboards write them without help. */
export const layoutActOf = (press: Press): LayoutAct | null => {
  if (press.ctrlKey || press.metaKey || press.altKey || press.shiftKey || press.repeat) return null
  const key = pressedKey(press)
  if (key === '[' || press.code === 'BracketLeft') return 'left'
  if (key === ']' || press.code === 'BracketRight') return 'right'
  if (key === '\\' || press.code === 'Backslash') return 'both'
  if (key === 'f') return 'full screen'
  return key === 't' ? 'theatre' : null
}

const does = (act: LayoutAct): void => {
  const { toggle, toggleBoth } = useLayout.getState()
  if (act === 'full screen') return toggleFullScreen()
  if (act === 'theatre') return toggleTheatre()
  leaveTheatre()
  if (act === 'both') toggleBoth()
  else toggle(act)
}

/** [ and ] fold the columns, \ both; T gives the stage the window, F the screen. Not where a person types. */
export const useLayoutKeys = (): void =>
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const act = layoutActOf(event)
      const chooses = event.target instanceof Element && event.target.closest('select, [role=listbox]') !== null
      if (!act || event.defaultPrevented || textFieldAt(event.target) || chooses || isBehindModal()) return
      event.preventDefault()
      does(act)
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [])
