import { type RefObject, useLayoutEffect, useRef, useState } from 'react'
import { useFirstLookOver } from '../../data/first-look.ts'
import { noteScroll } from '../../ui/scroll-speed.ts'
import type { Row } from './rows.ts'

/** Pixels beyond what is seen in which rows are drawn as well, once what is seen has been drawn. */
const BEYOND = 400
/** Pixels that are scrolled before it is looked again which rows are seen. */
const STEP = 100

/** The first row that ends below `top`, by halving: rows stand in the order of their tops. */
const firstBelow = (rows: readonly Row[], top: number): number => {
  let [low, high] = [0, rows.length]
  while (low < high) {
    const middle = (low + high) >> 1
    const row = rows[middle]
    if (row && row.top + row.height <= top) low = middle + 1
    else high = middle
  }
  return low
}

/** The rows between two heights. `kept` is one that stays wherever one scrolls, since it has the focus. */
export const rowsBetween = (rows: readonly Row[], top: number, bottom: number, kept: number): Row[] => {
  const first = firstBelow(rows, top)
  let end = first
  while ((rows[end]?.top ?? Infinity) < bottom) end += 1
  const between = rows.slice(first, end)
  const row = rows[kept]
  if (!row || (kept >= first && kept < end)) return between
  return kept < first ? [row, ...between] : [...between, row]
}

type View = { top: number; height: number }

const viewOf = ({ scrollTop, clientHeight }: HTMLElement): View => ({
  top: Math.floor(scrollTop / STEP) * STEP,
  height: clientHeight,
})

/** The rows that are seen or nearly so. */
export const useSeenRows = (rows: readonly Row[], scroller: RefObject<HTMLElement | null>, kept: number): Row[] => {
  const [view, setView] = useState<View>({ top: 0, height: 0 })
  useLayoutEffect(() => {
    const element = scroller.current
    if (!element) return
    const look = () =>
      setView((before) => {
        const now = viewOf(element)
        return now.top === before.top && now.height === before.height ? before : now
      })
    look()
    const observer = new ResizeObserver(look)
    observer.observe(element)
    const scrolled = ({ timeStamp }: Event) => {
      noteScroll(element, timeStamp)
      look()
    }
    element.addEventListener('scroll', scrolled, { passive: true })
    return () => {
      observer.disconnect()
      element.removeEventListener('scroll', scrolled)
    }
  }, [scroller])
  const beyond = useFirstLookOver() ? BEYOND : 0
  return rowsBetween(rows, view.top - beyond, view.top + view.height + STEP + beyond, kept)
}

/** The first card that is seen, and how far its row is from the upper edge. */
const topmost = (rows: readonly Row[], scrollTop: number) => {
  const row = rows.slice(firstBelow(rows, scrollTop)).find(({ kind }) => kind === 'cards')
  return row?.kind === 'cards' ? { id: row.cards[0]?.card.id, by: row.top - scrollTop } : undefined
}

const topOf = (rows: readonly Row[], id: string | undefined): number | undefined =>
  rows.find((row) => row.kind === 'cards' && row.cards.some(({ card }) => card.id === id))?.top

/** What is looked at stays where it is when something comes in above it. At the very top, what is new is seen. */
export const useSteadyScroll = (rows: readonly Row[], scroller: RefObject<HTMLElement | null>): void => {
  const before = useRef(rows)
  useLayoutEffect(() => {
    const old = before.current
    before.current = rows
    const element = scroller.current
    if (old === rows || !element || element.scrollTop < STEP / 10) return
    const seen = topmost(old, element.scrollTop)
    const top = seen && topOf(rows, seen.id)
    if (seen && top !== undefined) element.scrollTo({ top: top - seen.by })
  }, [rows, scroller])
}
