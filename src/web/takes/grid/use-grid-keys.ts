import type { KeyboardEvent } from 'react'
import { pressedKey } from '../../ui/pressed-key.ts'
import { undoLast } from '../acts/toast.ts'

/** What a key in the grid asks for. `walk` leads to another card, as far as `key` says. */
export type GridAct =
  | { name: 'walk'; key: string; extends: boolean }
  | { name: 'peek' | 'star' | 'bin' | 'compare' | 'rename' | 'toggle' | 'all' | 'clear' | 'undo' }

const WALKS = new Set(['ArrowRight', 'ArrowLeft', 'ArrowDown', 'ArrowUp', 'Home', 'End', 'PageUp', 'PageDown'])

const PLAIN: Partial<Record<string, GridAct>> = {
  ' ': { name: 'peek' },
  s: { name: 'star' },
  '*': { name: 'star' },
  x: { name: 'bin' },
  delete: { name: 'bin' },
  backspace: { name: 'bin' },
  c: { name: 'compare' },
  f2: { name: 'rename' },
  escape: { name: 'clear' },
}
const WITH_CONTROL: Partial<Record<string, GridAct>> = {
  a: { name: 'all' },
  z: { name: 'undo' },
  ' ': { name: 'toggle' },
}

type Press = Pick<KeyboardEvent, 'key' | 'code' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey' | 'repeat'>

/** What a key press means in the grid; null for nothing. */
export const gridActOf = (press: Press): GridAct | null => {
  if (press.altKey) return null
  const control = press.ctrlKey || press.metaKey
  if (WALKS.has(press.key) && !control) return { name: 'walk', key: press.key, extends: press.shiftKey }
  const key = pressedKey(press)
  // The asterisk needs Shift on most keyboards.
  if (press.repeat || (press.shiftKey && key !== '*')) return null
  return (control ? WITH_CONTROL : PLAIN)[key] ?? null
}

/** Calls `act` with what keys ask for, unless something is being written. It tells whether there was anything to do. */
export const onGridKey =
  (act: (asked: GridAct) => boolean) =>
  (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.target instanceof HTMLInputElement) return
    const asked = gridActOf(event)
    if (!asked) return
    if (asked.name === 'undo' ? undoLast() : act(asked)) event.preventDefault()
  }
