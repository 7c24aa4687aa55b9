import { useDialogs } from '../state/dialogs.ts'
import { isBehindModal } from '../ui/behind-modal.ts'
import { isComposing, pressedKey } from '../ui/pressed-key.ts'
import { textFieldAt } from '../ui/takes-text.ts'
import { COMMANDS, type Command } from './table.ts'

type Press = Pick<KeyboardEvent, 'key' | 'code' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'>

/** Where letters and signs mean something: where text is written, or chosen from. */
const takesKeys = (target: EventTarget | null): boolean =>
  textFieldAt(target) !== null || (target instanceof Element && target.closest('select, [role=listbox]') !== null)

/** These work while one writes, too: they are no part of a text. Undo is the text's own there. */
const ANYWHERE = new Set(['palette'])

/** What a press is called in the table. What Shift makes of a sign is the sign itself. */
export const nameOf = (press: Press): string => {
  const mod = press.ctrlKey || press.metaKey
  const key = pressedKey(press)
  const shifted = press.shiftKey && (mod || key.length > 1)
  return `${mod ? 'mod+' : ''}${shifted ? 'shift+' : ''}${press.shiftKey && !shifted ? press.key.toLowerCase() : key}`
}

/** Few keyboards write these without help: there, the key at their place means them too. */
const PLACES: Readonly<Record<string, string>> = { BracketLeft: '[', BracketRight: ']', Backslash: '\\' }

const placeOf = ({ code, shiftKey, ctrlKey, metaKey }: Press): string | undefined =>
  shiftKey || ctrlKey || metaKey ? undefined : PLACES[code]

/** The command of a key press where that has the focus. */
export const commandOf = (press: Press, target: EventTarget | null): Command | undefined => {
  if (press.altKey) return undefined
  const names = [nameOf(press), placeOf(press)]
  const writes = takesKeys(target)
  return COMMANDS.find(
    ({ id, keys }) =>
      // The form hears its own keys itself, also while one writes in it.
      id !== 'generate' && keys?.some((key) => names.includes(key)) && (!writes || ANYWHERE.has(id)),
  )
}

/** Hears the keys of the commands. Gives the undoing. */
export const hearCommandKeys = (): (() => void) => {
  const press = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.repeat || isComposing(event) || isBehindModal()) return
    // One that was asked for may still be on its way.
    if (useDialogs.getState().open) return
    const command = commandOf(event, event.target)
    if (!command) return
    event.preventDefault()
    command.run()
  }
  addEventListener('keydown', press)
  return () => removeEventListener('keydown', press)
}
