import { pressedKey } from '../../ui/pressed-key.ts'
import { useEffect, useEffectEvent, useReducer, useRef } from 'react'
import type { Bench } from '../bench.ts'
import { type Choice, type ChoiceAct, choose, newChoice } from '../choose.ts'
import { GAP, placesOf } from '../geometry.ts'
import { takesLetters } from '../typing.ts'

type Point = { x: number; y: number }

/** The side whose picture is at a point of the page; null where there is none. */
const sideAt = (bench: Bench, { x, y }: Point): number | null => {
  const box = document.querySelector('.bench-canvas')?.getBoundingClientRect()
  if (!box) return null
  const { view, sides } = bench.state()
  const sizes = sides.map((side) => (side.name === 'ready' ? side.info : undefined))
  const [left, top] = [x - box.left, y - box.top]
  const at = placesOf(view, box, sizes, GAP).findLast(
    ({ clip }) => left >= clip.x && left < clip.x + clip.width && top >= clip.y && top < clip.y + clip.height,
  )
  return at?.side ?? null
}

/** What a key means for choosing; null for nothing. `side` is the one that is pointed at or has the focus. */
const choiceActOf = (
  press: Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey'>,
  side: number | null,
): ChoiceAct | null => {
  if (press.ctrlKey || press.metaKey || press.altKey) return null
  const key = pressedKey(press)
  if (/^[1-8]$/.test(key)) return { name: 'keep nth', nth: Number(key) }
  if (key === 'x') return side === null ? null : { name: 'judge', side, verdict: 'rejected' }
  if (key === 'n') return { name: 'next round' }
  return key === 'backspace' || key === 'u' ? { name: 'undo' } : null
}

/**
 * Choosing among the sides of a bench, by what it returns and by keys: 1 to 8 keep, X rejects what is pointed at or has
 * the focus (marked by `data-candidate`), U and Backspace undo, N goes on to the next round. Every round is shown as a
 * grid. `order` is what the bench shows at first, where not all.
 */
export const useChoice = (
  bench: Bench | undefined,
  count: number,
  order?: readonly number[],
): [Choice, (act: ChoiceAct) => void] => {
  const [choice, act] = useReducer(choose, undefined, () => newChoice(count, order))
  const pointer = useRef<Point>({ x: -1, y: -1 })
  const { shown } = choice
  const known = useRef(shown)
  useEffect(() => {
    // What the bench was opened with is left as it is.
    if (known.current === shown) return
    known.current = shown
    bench?.setView({ order: shown, mode: 'grid' })
  }, [bench, shown])
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (!bench || count < 2 || event.defaultPrevented || takesLetters(event.target)) return
    const marked = document.activeElement?.closest<HTMLElement>('[data-candidate]')?.dataset['candidate']
    const side = marked === undefined ? sideAt(bench, pointer.current) : Number(marked)
    const next = choiceActOf(event, side)
    if (!next || choose(choice, next) === choice) return
    event.preventDefault()
    act(next)
  })
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => press(event)
    const onMove = ({ clientX: x, clientY: y }: PointerEvent) => {
      pointer.current = { x, y }
    }
    document.addEventListener('keydown', onKey)
    document.addEventListener('pointermove', onMove, { passive: true })
    return () => {
      document.removeEventListener('keydown', onKey)
      document.removeEventListener('pointermove', onMove)
    }
  }, [])
  return [choice, act]
}
