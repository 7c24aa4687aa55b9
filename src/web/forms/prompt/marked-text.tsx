import { type RefObject, useLayoutEffect, useRef } from 'react'
import { classes } from '../../ui/classes.ts'
import { type Mark, piecesOf } from './marks.ts'
import './prompt-marks.css'

/**
 * The lines under the words of a text field: the same text over it, in the same place, of which only the lines are seen.
 * The field itself stays what it is. `look` is all that decides where the field puts its words.
 */
export const MarkedText = ({
  field,
  text,
  marks,
  look,
}: {
  field: RefObject<HTMLTextAreaElement | null>
  text: string
  marks: readonly Mark[]
  look: string
}) => {
  const frame = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const written = field.current
    const shown = frame.current
    if (!written || !shown) return undefined
    const follow = () => {
      // Without what a scroll bar takes.
      shown.style.width = `${written.clientWidth}px`
      shown.style.height = `${written.clientHeight}px`
      shown.scrollTop = written.scrollTop
    }
    follow()
    const sizes = typeof ResizeObserver === 'undefined' ? null : new ResizeObserver(follow)
    sizes?.observe(written)
    written.addEventListener('scroll', follow)
    return () => {
      sizes?.disconnect()
      written.removeEventListener('scroll', follow)
    }
  }, [field, text, marks])
  return (
    <div
      ref={frame}
      aria-hidden
      className={classes(look, 'prompt-marks pointer-events-none absolute top-px left-px overflow-hidden')}
    >
      {piecesOf(text, marks).map(({ at, text: piece, known }) =>
        known === null ? (
          piece
        ) : (
          <span key={at} data-known={known}>
            {piece}
          </span>
        ),
      )}
      {/* A line break at the end counts in a field, and here only before something. */}
      {'\u200b'}
    </div>
  )
}
