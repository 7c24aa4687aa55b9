import { useEffect, useEffectEvent, useReducer, useRef, useState } from 'react'
import { pressedKey } from '../../ui/pressed-key.ts'
import type { Viewer } from '../viewer.ts'
import { viewerSides, type Choice, type ChoiceAct, choose, outcomeOf, type Verdict } from '../choose.ts'
import { GAP, placesOf } from '../geometry.ts'
import { takesLetters } from '../typing.ts'
import type { View } from '../view.ts'
import { growFrom } from './grow.ts'

type Point = { x: number; y: number }

/** Choosing, and the sides among all that the viewer is to be opened with, in its order. */
export type Choosing = {
  choice: Choice
  act: (act: ChoiceAct) => void
  opened: readonly number[]
  /** The side, among all, that a number pointed at last; null once the pointer moves. */
  pointed: number | null
  point: (side: number | null) => void
}

/** What is said of the sides of a viewer, by its own indices, and how to say something. */
export type Judging = {
  verdicts: readonly Verdict[]
  judge: (side: number, verdict: Verdict) => void
  /** The one that was kept by its number last, which X rejects as long as the pointer rests. */
  pointed: number | null
}

/** Choosing, which begins with that choice. */
export const useChoice = (begun: () => Choice): Choosing => {
  const [choice, act] = useReducer(choose, undefined, begun)
  const [pointed, point] = useState<number | null>(null)
  const [before, setOpened] = useState<readonly number[]>()
  const opened = viewerSides(choice, before)
  if (opened !== before) setOpened(opened)
  return { choice, act, opened, pointed, point }
}

type Shown = Pick<Choosing, 'choice' | 'opened'>

/** What is shown, in its order, by the viewer's indices. */
const orderOf = ({ choice, opened }: Shown): readonly number[] => choice.shown.map((side) => opened.indexOf(side))

/** The winner by its index on the viewer; null where there is none. */
const winnerOf = ({ choice, opened }: Shown): number | null => {
  const outcome = outcomeOf(choice)
  return outcome.name === 'won' ? opened.indexOf(outcome.winner) : null
}

/** What a viewer of these shows: the group as a grid, or the winner alone. */
export const viewOf = (choosing: Shown): Partial<View> => {
  const winner = winnerOf(choosing)
  return winner === null ? { mode: 'grid', order: orderOf(choosing) } : { mode: 'single', other: winner }
}

export const judgingOf = ({ choice, act, opened, pointed }: Choosing): Judging => ({
  verdicts: opened.map((side) => choice.verdicts[side] ?? 'undecided'),
  judge: (side, verdict) => act({ name: 'judge', side: opened[side] ?? -1, verdict }),
  pointed: pointed === null ? null : opened.indexOf(pointed),
})

/** The side whose picture is at a point of the page; null where there is none. */
const sideAt = (viewer: Viewer, { x, y }: Point): number | null => {
  const box = document.querySelector('.viewer-canvas')?.getBoundingClientRect()
  if (!box) return null
  const { view, sides } = viewer.state()
  const sizes = sides.map((side) => (side.name === 'ready' ? side.info : undefined))
  const [left, top] = [x - box.left, y - box.top]
  const at = placesOf(view, box, sizes, GAP).findLast(
    ({ clip }) => left >= clip.x && left < clip.x + clip.width && top >= clip.y && top < clip.y + clip.height,
  )
  return at?.side ?? null
}

/** What a key means for choosing; null for nothing. `side` is the one that is pointed at or has the focus. */
const choiceActOf = (
  press: Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>,
  side: number | null,
): ChoiceAct | null => {
  const key = pressedKey(press)
  if (press.altKey) return null
  if (press.ctrlKey || press.metaKey) return key === 'z' && !press.shiftKey ? { name: 'undo' } : null
  if (/^[1-8]$/.test(key)) return { name: 'keep nth', nth: Number(key) }
  if (key === 'x') return side === null ? null : { name: 'judge', side, verdict: 'rejected' }
  if (key === 'n') return { name: 'go on' }
  return key === 'backspace' || key === 'u' ? { name: 'undo' } : null
}

/** Shows what is chosen among: every group as a grid, and the winner alone, grown out of its place. */
const useShown = (viewer: Viewer | undefined, choosing: Choosing): void => {
  const winner = winnerOf(choosing)
  const look = JSON.stringify([orderOf(choosing), winner])
  const known = useRef({ look, opened: choosing.opened })
  const show = useEffectEvent(() => {
    if (!viewer) return
    const grow = winner === null ? null : growFrom(viewer, winner)
    viewer.setView(viewOf(choosing))
    grow?.()
  })
  useEffect(() => {
    const before = known.current
    known.current = { look, opened: choosing.opened }
    // What the viewer was opened with is left as it is.
    if (before.look !== look && before.opened === choosing.opened) show()
  }, [look, choosing.opened])
}

/**
 * Choosing on the viewer, by keys: 1 to 8 keep, X rejects what has the focus (marked by `data-candidate`), what a number
 * kept last or what the pointer is on, whichever came last; U, Backspace and Ctrl+Z undo, N goes on to the next group or
 * round. `heard` are the sides whose numbers were pressed before this was there; it is asked once.
 */
export const useChoosing = (viewer: Viewer | undefined, choosing: Choosing, heard: () => readonly number[]): void => {
  const { choice, act, opened, pointed, point } = choosing
  const pointer = useRef<Point>({ x: -1, y: -1 })
  /** The same as `pointed`, at once: a pointer that has just moved is what the next key is about. */
  const numbered = useRef(pointed)
  useShown(viewer, choosing)
  const pointAt = useEffectEvent((side: number | null) => {
    numbered.current = side
    point(side)
  })
  /** What X is about, as a side among all. */
  const meant = (): number | null => {
    const marked = document.activeElement?.closest<HTMLElement>('[data-candidate]')?.dataset['candidate']
    if (marked === undefined && numbered.current !== null) return numbered.current
    const side = marked === undefined ? viewer && sideAt(viewer, pointer.current) : Number(marked)
    return opened[side ?? -1] ?? null
  }
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (choice.verdicts.length < 2 || event.defaultPrevented || takesLetters(event.target)) return
    const next = choiceActOf(event, meant())
    if (!next) return
    if (next.name === 'keep nth') pointAt(choice.shown[next.nth - 1] ?? null)
    if (choose(choice, next) === choice) return
    event.preventDefault()
    act(next)
  })
  const keepHeard = useEffectEvent(() => {
    for (const side of heard()) {
      pointAt(side)
      act({ name: 'judge', side, verdict: 'kept' })
    }
  })
  useEffect(() => {
    keepHeard()
    const onKey = (event: KeyboardEvent) => press(event)
    const onMove = ({ clientX: x, clientY: y }: PointerEvent) => {
      pointer.current = { x, y }
      if (numbered.current !== null) pointAt(null)
    }
    document.addEventListener('keydown', onKey)
    document.addEventListener('pointermove', onMove, { passive: true })
    return () => {
      document.removeEventListener('keydown', onKey)
      document.removeEventListener('pointermove', onMove)
    }
  }, [])
}
