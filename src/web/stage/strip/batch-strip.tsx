import { type KeyboardEvent, useCallback, useEffect, useEffectEvent, useRef } from 'react'
import type { Take } from '../../data/take.ts'
import { useStudio } from '../../state/studio.ts'
import { isBehindModal } from '../../ui/behind-modal.ts'
import { textFieldAt } from '../../ui/takes-text.ts'
import { Cell } from './cell.tsx'
import { goBy, takeByKey } from './walk.ts'

/** Whether Page Up and Page Down are the stage's: nothing else that scrolls has the focus. */
const isFree = ({ target }: globalThis.KeyboardEvent): boolean =>
  target instanceof Element &&
  !textFieldAt(target) &&
  (target.matches('body') || target.closest('#column-stage') !== null)

/** Page Up and Page Down walk through the batch wherever the focus is on the stage: the arrows are the clip's there. */
const usePageKeys = (siblings: readonly Take[], shown: string) => {
  const press = useEffectEvent((event: globalThis.KeyboardEvent) => {
    const by = event.key === 'PageDown' ? 1 : event.key === 'PageUp' ? -1 : 0
    if (by === 0 || event.defaultPrevented || !isFree(event) || isBehindModal()) return
    event.preventDefault()
    goBy(siblings, shown, by)
  })
  useEffect(() => {
    const listener = (event: globalThis.KeyboardEvent) => press(event)
    document.addEventListener('keydown', listener)
    return () => document.removeEventListener('keydown', listener)
  }, [])
}

/**
 * The batch of the take on the stage: a cell for each, which fills when it is finished. It takes its room also where
 * there is nothing in it, so that the picture does not move from take to take.
 */
export const BatchStrip = ({ siblings, shown }: { siblings: readonly Take[]; shown: string }) => {
  const list = useRef<HTMLOListElement>(null)
  usePageKeys(siblings, shown)
  const look = useCallback((take: Take) => useStudio.getState().select(take.id), [])
  useEffect(() => {
    list.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [shown])
  const walk = (event: KeyboardEvent) => {
    const next = takeByKey(event.key, siblings, shown)
    if (!next || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    useStudio.getState().select(next.id, 'replace')
    list.current?.querySelector<HTMLElement>(`[data-cell="${next.id}"]`)?.focus()
  }
  return (
    <div className="strip">
      {siblings.length > 1 && (
        // The keys of its cells, one of which has the focus.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
        <ol
          ref={list}
          aria-label={`Batch of ${siblings.length}`}
          data-many={siblings.length > 4 || undefined}
          className="strip-cells scrollbar-quiet"
          onKeyDown={walk}
        >
          {siblings.map((take, index) => (
            <Cell
              key={take.id}
              take={take}
              nth={index + 1}
              count={siblings.length}
              shown={take.id === shown}
              onLook={look}
            />
          ))}
        </ol>
      )}
    </div>
  )
}
