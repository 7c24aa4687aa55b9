import { type CSSProperties, type KeyboardEvent, useCallback, useEffect, useEffectEvent, useRef } from 'react'
import { finishedJobs } from '../../data/batch.ts'
import { isRunning, type Take } from '../../data/take.ts'
import { showNotLoaded, useComparison } from '../../state/comparison.ts'
import { hearNumbers } from '../number-keys.ts'
import { useStudio } from '../../state/studio.ts'
import { isBehindModal } from '../../ui/behind-modal.ts'
import { pressedKey } from '../../ui/pressed-key.ts'
import { takesLetters } from '../../compare/typing.ts'
import { textFieldAt } from '../../ui/takes-text.ts'
import { Cell } from './cell.tsx'
import { goBy, takeByKey } from './walk.ts'

/** Whether Page Up and Page Down are the stage's: nothing else that scrolls has the focus. */
const isFree = ({ target }: globalThis.KeyboardEvent): boolean =>
  target instanceof Element &&
  !textFieldAt(target) &&
  (target.matches('body') || target.closest('#column-stage') !== null)

/** Opens the choice among the finished takes of a batch, with those kept whose numbers are pressed until it is there. */
const chooseByNumber = (siblings: readonly Take[], nth: number): boolean => {
  const done = finishedJobs(siblings)
  const idOf = (number: number): string | null => {
    const id = siblings[number - 1]?.jobId ?? null
    return id !== null && done.includes(id) ? id : null
  }
  const first = idOf(nth)
  if (siblings.some(isRunning) || done.length < 2 || first === null) return false
  let isOnItsWay = true
  const giveUp = hearNumbers(first, idOf, () => isOnItsWay || useComparison.getState().isOpen)
  const parts = [import('../../state/marking.ts'), import('../comparison/comparison-on-stage.tsx')] as const
  void Promise.all(parts)
    .then(
      ([{ chooseAmong }]) => chooseAmong(done),
      () => {
        giveUp()
        showNotLoaded()
      },
    )
    .finally(() => (isOnItsWay = false))
  return true
}

/**
 * Wherever the focus is on the stage, Page Up and Page Down walk through the batch, for the arrows are the clip's there.
 * A number begins to choose among it once all of it is made, wherever it is not written.
 */
const useStageKeys = (siblings: readonly Take[], shown: string) => {
  const press = useEffectEvent((event: globalThis.KeyboardEvent) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
    if (isBehindModal()) return
    const key = pressedKey(event)
    if (/^[1-8]$/.test(key)) {
      if (!takesLetters(event.target) && chooseByNumber(siblings, Number(key))) event.preventDefault()
      return
    }
    const by = event.key === 'PageDown' ? 1 : event.key === 'PageUp' ? -1 : 0
    if (by === 0 || !isFree(event)) return
    event.preventDefault()
    goBy(siblings, shown, by)
  })
  useEffect(() => {
    const listener = (event: globalThis.KeyboardEvent) => press(event)
    document.addEventListener('keydown', listener)
    return () => document.removeEventListener('keydown', listener)
  }, [])
}

/** So many cells in a row, where there is one row and where there are two. */
const columnsOf = (count: number): CSSProperties =>
  ({ '--in-one': count, '--in-two': Math.ceil(count / 2) }) as CSSProperties

/**
 * The batch of the take on the stage: a cell for each, which fills when it is finished. It takes its room also where
 * there is nothing in it, so that the picture does not move from take to take.
 */
export const BatchStrip = ({ siblings, shown }: { siblings: readonly Take[]; shown: string }) => {
  const list = useRef<HTMLOListElement>(null)
  useStageKeys(siblings, shown)
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
          style={columnsOf(siblings.length)}
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
