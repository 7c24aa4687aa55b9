import { type KeyboardEvent, type RefObject, useLayoutEffect, useRef } from 'react'
import { isComposing } from '../../ui/pressed-key.ts'
import { further, nearer, readPrompts, textAt, type Walk } from './history.ts'

type Keys = (event: KeyboardEvent<HTMLTextAreaElement>) => void

/**
 * Arrow up at the very start recalls what was asked for before, where nothing would be lost by it: the field is empty,
 * or says what was asked for last, or what was recalled. Arrow down goes forward again, Escape to what was written.
 */
export const useHistoryKeys = (
  field: RefObject<HTMLTextAreaElement | null>,
  text: string,
  onChange: (text: string) => void,
): Keys => {
  const walk = useRef<Walk | null>(null)
  const moved = useRef(false)
  useLayoutEffect(() => {
    if (!moved.current) return
    moved.current = false
    // The next arrow is pressed at the very start again.
    field.current?.setSelectionRange(0, 0)
  }, [field, text])
  return (event) => {
    const { key, currentTarget: at, nativeEvent } = event
    if (isComposing(nativeEvent) || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
    // Whoever changed what was recalled writes something of their own.
    if (walk.current && textAt(walk.current) !== text) walk.current = null
    const { current } = walk
    const isAtStart = at.selectionStart === 0 && at.selectionEnd === 0
    const go = (to: Walk | null, isOver: boolean) => {
      if (!to) return
      event.preventDefault()
      event.stopPropagation()
      walk.current = isOver ? null : to
      moved.current = true
      onChange(textAt(to))
    }
    if (key === 'ArrowUp' && isAtStart && (current || text.trim() === '' || text.trim() === readPrompts()[0]))
      go(further(current, text), false)
    else if (key === 'ArrowDown' && isAtStart && current) {
      const to = nearer(current)
      go(to, to.at < 0)
    } else if (key === 'Escape' && current) go({ ...current, at: -1 }, true)
  }
}
