import { type RefObject, useEffect, useState } from 'react'

const DRAGGED = 'application/x-rushes-waiting'

/**
 * Lets a row be dragged onto another one, to stand before it. Answers whether one is dragged over this row. For a
 * pointer alone: keys and fingers have the row's buttons.
 */
export const useDragOrder = (
  row: RefObject<HTMLElement | null>,
  id: string,
  onMove: (id: string, before: string) => void,
): boolean => {
  const [over, setOver] = useState(false)
  useEffect(() => {
    const element = row.current
    if (!element) return undefined
    const listening = new AbortController()
    const { signal } = listening
    const isOurs = ({ dataTransfer }: DragEvent) => dataTransfer?.types.includes(DRAGGED) ?? false
    element.addEventListener('dragstart', ({ dataTransfer }) => dataTransfer?.setData(DRAGGED, id), { signal })
    element.addEventListener(
      'dragover',
      (event) => {
        if (!isOurs(event)) return
        event.preventDefault()
        event.stopPropagation()
        setOver(true)
      },
      { signal },
    )
    element.addEventListener('dragleave', () => setOver(false), { signal })
    element.addEventListener(
      'drop',
      (event) => {
        setOver(false)
        if (!isOurs(event)) return
        event.preventDefault()
        event.stopPropagation()
        const dragged = event.dataTransfer?.getData(DRAGGED) ?? ''
        if (dragged !== '' && dragged !== id) onMove(dragged, id)
      },
      { signal },
    )
    return () => listening.abort()
  }, [row, id, onMove])
  return over
}
