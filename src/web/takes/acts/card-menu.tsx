import { takeName } from '../../data/take-title.ts'
import { type KeyboardEvent, useLayoutEffect, useRef } from 'react'
import { isAboutRenderer } from '../../data/advice.ts'
import { useResume } from '../../data/resume.ts'
import type { Take } from '../../data/take.ts'
import { showRenderers } from '../../state/dialogs.ts'
import { type Card, jobIdOf } from '../grid/cards.ts'
import type { CardActs } from '../grid/card-view.tsx'
import { addToSelection } from '../selection.ts'
import { showShelving } from '../shelving.ts'
import { type TakeActions, useTakeActions } from '../take-actions.ts'
import { compareTakes } from './compare.ts'
import { binJobs, countWords, downloadTakes, restoreJobs, starTakes } from './tidy.ts'

type Item = { words: string; keys?: string; act: () => void }

const ofResult = (take: Take, actions: TakeActions): Item[] => [
  { words: 'Use as input', act: () => void actions.toInput(take) },
  { words: 'Same settings', act: () => void actions.reuse(take) },
  { words: 'Again', act: () => actions.retry(take) },
]

const ofFailure = (take: Take, actions: TakeActions, resume: (jobId: string) => void): Item[] => {
  const { state, jobId } = take
  const isResumable = state.name === 'failed' && state.error.resumable && jobId !== null
  return [
    ...(isResumable ? [{ words: 'Fetch the result', act: () => resume(jobId) }] : []),
    ...(state.name === 'failed' && take.renderer !== 'local' && isAboutRenderer(state.error)
      ? [{ words: 'Renderers…', act: () => showRenderers(take.renderer) }]
      : []),
    { words: 'Retry', act: () => actions.retry(take) },
    { words: 'Same settings', act: () => void actions.reuse(take) },
  ]
}

const itemsOf = (
  card: Card,
  acts: CardActs,
  actions: TakeActions,
  resume: (jobId: string) => void,
): readonly Item[] => {
  const { takes, cover } = card
  const ids = takes.map(jobIdOf)
  if (cover.binned) return [{ words: 'Restore', act: () => void restoreJobs(ids) }]
  const done = takes.filter(({ state }) => state.name === 'done')
  const isStack = takes.length > 1
  const starred = done.length > 0 && done.every((take) => take.starred)
  const [only] = isStack ? [] : [cover]
  return [
    ...(only === undefined
      ? [{ words: `Select all ${takes.length}`, act: () => addToSelection(ids) }]
      : only.state.name === 'done'
        ? ofResult(only, actions)
        : ofFailure(only, actions, resume)),
    ...(done.length > 1 ? [{ words: `Compare ${countWords(done.length)}`, act: () => compareTakes(done) }] : []),
    ...(done.length > 0
      ? [
          { words: starred ? 'Take the star away' : 'Star', keys: 'S', act: () => void starTakes(takes) },
          { words: 'Shelf…', act: () => showShelving(done) },
          { words: 'Download', act: () => void downloadTakes(done) },
        ]
      : []),
    ...(only ? [{ words: 'Rename…', keys: 'F2', act: () => acts.rename(card) }] : []),
    { words: isStack ? `Bin ${countWords(takes.length)}` : 'Bin', keys: 'X', act: () => void binJobs(ids) },
  ]
}

const STEPS: Partial<Record<string, (at: number, count: number) => number>> = {
  ArrowDown: (at, count) => (at + 1) % count,
  ArrowUp: (at, count) => (at - 1 + count) % count,
  Home: () => 0,
  End: (_, count) => count - 1,
}

/** Pixels that stay free at the edges of the window. */
const MARGIN = 8

/** All that can be done with a card, beside the place where it was asked for. */
export const CardMenu = ({
  card,
  at,
  acts,
  onClose,
}: {
  card: Card
  at: { x: number; y: number }
  acts: CardActs
  onClose: () => void
}) => {
  const menu = useRef<HTMLDivElement>(null)
  const actions = useTakeActions()
  const resume = useResume()
  useLayoutEffect(() => {
    const { current } = menu
    if (!current) return
    const before = document.activeElement
    const { offsetWidth, offsetHeight } = current
    current.showPopover?.()
    const { width, height } = current.getBoundingClientRect()
    current.style.left = `${Math.max(MARGIN, Math.min(at.x, innerWidth - (width || offsetWidth) - MARGIN))}px`
    current.style.top = `${Math.max(MARGIN, Math.min(at.y, innerHeight - (height || offsetHeight) - MARGIN))}px`
    current.querySelector<HTMLElement>('[role=menuitem]')?.focus()
    return () => {
      if (before instanceof HTMLElement && current.contains(document.activeElement)) before.focus()
    }
  }, [at])
  const walk = (event: KeyboardEvent<HTMLElement>) => {
    // The grid's keys mean other things.
    event.stopPropagation()
    if (event.key === 'Tab' || event.key === 'Escape') {
      event.preventDefault()
      return onClose()
    }
    const items = [...event.currentTarget.querySelectorAll<HTMLElement>('[role=menuitem]')]
    const step = STEPS[event.key]
    if (!step) return
    event.preventDefault()
    items[
      step(
        items.findIndex((item) => item === document.activeElement),
        items.length,
      )
    ]?.focus()
  }
  return (
    <div
      ref={menu}
      popover="auto"
      role="menu"
      tabIndex={-1}
      aria-label={`Actions for ${takeName(card.cover)}`}
      className="fixed inset-auto m-0 min-w-44 rounded-md border border-edge bg-panel p-1 text-ink shadow-lg"
      onToggle={({ newState }) => newState === 'closed' && onClose()}
      onKeyDown={walk}
    >
      {itemsOf(card, acts, actions, resume.mutate).map(({ words, keys, act }) => (
        <button
          key={words}
          type="button"
          role="menuitem"
          tabIndex={-1}
          className="touch-target flex h-7 w-full items-center justify-between gap-6 rounded px-2 text-left hover:bg-raised focus:bg-raised"
          onClick={() => {
            onClose()
            act()
          }}
        >
          {words}
          {keys !== undefined && (
            <span aria-hidden className="text-xs text-faint">
              {keys}
            </span>
          )}
        </button>
      ))}
    </div>
  )
}
