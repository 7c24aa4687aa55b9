import { pressedKey } from '../ui/pressed-key.ts'
import { takesLetters } from '../compare/typing.ts'

/** What was kept by its number so far, and what ends the listening. */
let heard: { kept: Set<string>; stop: () => void } | null = null

const end = (): readonly string[] => {
  const kept = [...(heard?.kept ?? [])]
  heard?.stop()
  heard = null
  return kept
}

/**
 * Hears the numbers that are pressed from the first on until the choice is there to hear them itself: its code, its
 * subjects and its first paint take a while, in which none may be lost. `idOf` is the job of a number, null where it
 * makes no choice; `isWanted` whether the choice is still to come. Returns what gives up.
 */
export const hearNumbers = (
  first: string,
  idOf: (nth: number) => string | null,
  isWanted: () => boolean,
): (() => void) => {
  end()
  const onKey = (event: KeyboardEvent) => {
    if (!isWanted()) return void end()
    if (event.ctrlKey || event.metaKey || event.altKey || takesLetters(event.target)) return
    const key = pressedKey(event)
    if (!/^[1-8]$/.test(key)) return
    const id = idOf(Number(key))
    if (id !== null) heard?.kept.add(id)
    event.preventDefault()
  }
  // Before who heard the first one, and is still there for a moment.
  document.addEventListener('keydown', onKey, { capture: true })
  heard = { kept: new Set([first]), stop: () => document.removeEventListener('keydown', onKey, { capture: true }) }
  return () => void end()
}

/** The jobs whose numbers were pressed meanwhile, for the choice that hears them itself from now on. */
export const collectHeardNumbers = end
