import { create } from 'zustand'
import { TAKE_TYPE } from '../state/take-drag.ts'
import { isBehindModal } from '../ui/behind-modal.ts'
import { type Dragged, draggedOf } from './dragged.ts'

/** What is being dragged over the window now; null for nothing that could be let go here. */
export const useDragged = create<{ dragged: Dragged | null }>()(() => ({ dragged: null }))

/**
 * Watches drags over the whole window. A count of entering and leaving goes wrong where an element is taken away under
 * the pointer: what was entered is kept instead, and forgotten with its element. Returns the undoing.
 */
export const watchDrags = (): (() => void) => {
  const entered = new Set<EventTarget>()
  let job: string | null = null
  const end = () => {
    entered.clear()
    job = null
    if (useDragged.getState().dragged) useDragged.setState({ dragged: null })
  }
  const settle = () => {
    for (const target of entered) if (target instanceof Node && !target.isConnected) entered.delete(target)
    if (entered.size === 0) end()
  }
  const start = ({ dataTransfer }: DragEvent) => {
    // Only now does the drag tell what it carries.
    job = dataTransfer?.getData(TAKE_TYPE) || null
  }
  const enter = ({ target, dataTransfer }: DragEvent) => {
    if (!target || !dataTransfer || isBehindModal()) return
    entered.add(target)
    settle()
    if (useDragged.getState().dragged) return
    const dragged = draggedOf(dataTransfer, job)
    if (dragged) useDragged.setState({ dragged })
  }
  // What is entered next was told before: where nothing is, the window was left.
  const leave = ({ target }: DragEvent) => {
    if (target) entered.delete(target)
    settle()
  }
  // What is dropped on must still be there when it hears of it.
  const dropped = () => void setTimeout(end)
  const escape = ({ key }: KeyboardEvent) => key === 'Escape' && end()

  const listening = new AbortController()
  const { signal } = listening
  const listen = { signal, capture: true }
  // After the element that starts the drag has said what it is.
  document.addEventListener('dragstart', start, { signal })
  document.addEventListener('dragenter', enter, listen)
  document.addEventListener('dragleave', leave, listen)
  document.addEventListener('drop', dropped, listen)
  document.addEventListener('dragend', end, listen)
  document.addEventListener('keydown', escape, listen)
  // No button is pressed anew in the middle of a drag: its end was not told.
  document.addEventListener('pointerdown', end, listen)
  return () => {
    listening.abort()
    end()
  }
}
