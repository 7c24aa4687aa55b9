import { type KeyboardEvent, type PointerEvent, useRef } from 'react'
import { fittingWidth, LIBRARY_WIDTH, useLayout } from '../state/layout.ts'
import './column-edge.css'

/** What one press of an arrow key moves the edge by. */
const STEP = 16

const widthByKey = (key: string, width: number): number | null => {
  if (key === 'ArrowLeft') return width + STEP
  if (key === 'ArrowRight') return width - STEP
  if (key === 'Home') return LIBRARY_WIDTH.least
  return key === 'End' ? LIBRARY_WIDTH.most : null
}

/** The edge between stage and library: it is dragged, moved by arrow keys, and put back by a double click. */
export const LibraryEdge = ({ width }: { width: number }) => {
  const setWidth = useLayout((state) => state.setLibraryWidth)
  const drag = useRef<{ from: number; width: number }>(null)
  const onKeyDown = (event: KeyboardEvent) => {
    const next = widthByKey(event.key, width)
    if (next === null || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    setWidth(next)
  }
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0) return
    event.currentTarget.setPointerCapture(event.pointerId)
    drag.current = { from: event.clientX, width }
  }
  return (
    // A separator that can be moved has a value and keys, and is focusable: that is its role's pattern.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      role="separator"
      aria-orientation="vertical"
      aria-label="Width of the library"
      aria-valuemin={LIBRARY_WIDTH.least}
      aria-valuemax={LIBRARY_WIDTH.most}
      aria-valuenow={fittingWidth(width)}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      data-tip="Drag to make the library wider"
      className="column-edge"
      onKeyDown={onKeyDown}
      onPointerDown={onPointerDown}
      onPointerMove={({ clientX }) => drag.current && setWidth(drag.current.width + drag.current.from - clientX)}
      onPointerUp={() => {
        drag.current = null
      }}
      onPointerCancel={() => {
        drag.current = null
      }}
      onDoubleClick={() => setWidth(null)}
    />
  )
}
