import { useEffect } from 'react'
import { useLayout } from '../state/layout.ts'
import { later } from '../ui/later.tsx'
import { pressedKey } from '../ui/pressed-key.ts'

/** The library is fetched beside the list of what is in it, not before. */
export const Column = later(async () => (await import('./column.tsx')).Column)

const WallOfTakes = later(async () => (await import('./wall.tsx')).WallOfTakes)

const WRITES = 'input:not([type=range], [type=radio], [type=checkbox]), textarea, select, [contenteditable=true]'

/** G shows the wall and takes it away again, wherever nothing is being written. */
export const useWallKey = (): void =>
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      const { ctrlKey, metaKey, altKey, shiftKey, repeat, defaultPrevented, target } = event
      if (ctrlKey || metaKey || altKey || shiftKey || repeat || defaultPrevented || pressedKey(event) !== 'g') return
      if (target instanceof Element && target.closest(`${WRITES}, dialog`)) return
      event.preventDefault()
      const { wall, showWall } = useLayout.getState()
      showWall(!wall)
    }
    document.addEventListener('keydown', hear)
    return () => document.removeEventListener('keydown', hear)
  }, [])

/** The right column: every take, newest first. */
export const TakeList = () => {
  useEffect(() => {
    // Where the server is away just then, the column asks again.
    Column.load().catch(() => undefined)
  }, [])
  return <Column />
}

/** The library as the whole middle, in the place of the stage. */
export const Wall = () => <WallOfTakes />
