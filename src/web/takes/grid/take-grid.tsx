import { type RefObject, useEffect, useMemo, useRef, useState } from 'react'
import type { Take } from '../../data/take.ts'
import { endFirstLookWith } from '../../data/first-look.ts'
import { later } from '../../ui/later.tsx'
import { useNow } from '../../ui/use-now.ts'
import { useSize } from '../../ui/use-size.ts'
import { useSelection } from '../selection.ts'
import { blocksOf } from './blocks.ts'
import { type Card, cardsOf, jobIdOf } from './cards.ts'
import { CardView } from './card-view.tsx'
import { Heading } from './heading.tsx'
import { heightOf, type Row, rowsOf } from './rows.ts'
import { useGridActs } from './use-grid-acts.ts'
import { useSeenRows, useSteadyScroll } from './window.ts'

// Nothing of it is seen before it is asked for.
const CardMenu = later(async () => (await import('../acts/card-menu.tsx')).CardMenu)
const Peek = later(async () => (await import('../acts/peek.tsx')).Peek)

/** How the grid looks: a column of stacks, or a wall of all takes with their names, so high. */
export type Look = { kind: 'column' } | { kind: 'wall'; height: number }

const GAP = { column: 6, wall: 8 } as const
const CAPTION = 36

/** About so wide is a landscape picture in the column. */
const USUAL_WIDTH = 150

const columnHeight = (width: number): number => {
  const aRow = Math.max(2, Math.round(width / USUAL_WIDTH))
  // A little less, so that so many of the usual shape do fit.
  return (width - GAP.column * (aRow - 1)) / ((aRow * 16) / 9) - 0.5
}

/** `wallHeight` is how high the pictures of a wall are; null in the column. */
const measuresOf = (wallHeight: number | null, width: number) =>
  wallHeight === null
    ? { width, height: columnHeight(width), gap: GAP.column, caption: 0 }
    : { width, height: wallHeight, gap: GAP.wall, caption: CAPTION }

/** The same cards for the same takes, whatever else comes and goes. */
const useCards = (takes: readonly Take[], stacked: boolean): ReadonlyMap<string, Card> => {
  const [cached, setCached] = useState(() => ({ takes, stacked, cards: cardsOf(takes, stacked) }))
  if (cached.takes === takes && cached.stacked === stacked) return cached.cards
  const cards = cardsOf(takes, stacked, cached.stacked === stacked ? cached.cards : undefined)
  setCached({ takes, stacked, cards })
  return cards
}

const isIn = (ids: ReadonlySet<string>, { takes }: Card): boolean =>
  ids.size > 0 && takes.every((take) => ids.has(jobIdOf(take)))

/** The rows that all cards are laid out in, so wide. None before the width is known. */
const useRows = (cards: ReadonlyMap<string, Card>, look: Look, width: number): readonly Row[] => {
  const today = useToday()
  const blocks = useMemo(() => blocksOf([...cards.values()], today), [cards, today])
  const wallHeight = look.kind === 'wall' ? look.height : null
  return useMemo(() => (width === 0 ? [] : rowsOf(blocks, measuresOf(wallHeight, width))), [blocks, width, wallHeight])
}

/** Asks for more once the last rows that there are come near. */
const useMoreAtEnd = (rows: readonly Row[], seen: readonly Row[], more: (() => void) | null): void => {
  const last = seen.at(-1)
  const isNearEnd = last !== undefined && rows.indexOf(last) >= rows.length - 4
  useEffect(() => {
    if (isNearEnd && more) more()
  }, [isNearEnd, more])
}

/** Ends the first look with the pictures of the cards that are drawn; where there is no room for cards, at once. */
const useEndOfFirstLook = (grid: RefObject<HTMLElement | null>, isMeasured: boolean): void =>
  useEffect(() => {
    if (isMeasured && grid.current) return endFirstLookWith([...grid.current.querySelectorAll('img')])
  }, [grid, isMeasured])

/** When the day began, in milliseconds since 1970. */
const useToday = (): number => new Date(useNow(false)).setHours(0, 0, 0, 0)

type CardsRow = Extract<Row, { kind: 'cards' }>

/** A card at its place in the grid. */
const CardAt = ({
  row,
  place: { card, index, left, width },
  look,
  chosen,
  grid,
}: {
  row: CardsRow
  place: CardsRow['cards'][number]
  look: Look['kind']
  /** The job that stands on the stage. */
  chosen: string | null
  grid: Pick<ReturnType<typeof useGridActs>, 'focused' | 'named' | 'acts'>
}) => {
  const selected = useSelection((state) => isIn(state.ids, card))
  return (
    <div
      role="row"
      aria-rowindex={index + 1}
      // What comes and goes in one card is laid out without the others.
      className="absolute [contain:layout_size_style]"
      style={{ top: row.top, left, width, height: row.height }}
    >
      <CardView
        card={card}
        isTabStop={card.id === grid.focused}
        isChosen={card.takes.some(({ jobId }) => jobId !== null && jobId === chosen)}
        selected={selected}
        isNamed={card.id === grid.named}
        captions={look === 'wall'}
        acts={grid.acts}
      />
    </div>
  )
}

/** The library's takes as moving pictures, by day. */
export const TakeGrid = ({
  takes,
  look,
  chosen,
  isStill,
  more,
}: {
  takes: readonly Take[]
  look: Look
  /** The job that stands on the stage. */
  chosen: string | null
  /** Whether pictures move only under the pointer. */
  isStill: boolean
  more: (() => void) | null
}) => {
  const scroller = useRef<HTMLDivElement>(null)
  const measured = useRef<HTMLDivElement>(null)
  const size = useSize(measured)
  const width = size?.width ?? 0
  const cards = useCards(takes, look.kind === 'column')
  const rows = useRows(cards, look, width)
  const grid = useGridActs({ rows, cards, look: look.kind, chosen, scroller })
  const kept = rows.findIndex((row) => row.kind === 'cards' && row.cards.some(({ card }) => card.id === grid.focused))
  const seen = useSeenRows(rows, scroller, kept)
  useSteadyScroll(rows, scroller)
  useMoreAtEnd(rows, seen, more)
  useEndOfFirstLook(measured, size !== undefined)
  // One list, whatever the rows: a card that comes to stand in another row is not made anew.
  const draw = (row: Row) =>
    row.kind === 'heading' ? (
      <Heading key={row.key} row={row} />
    ) : (
      row.cards.map((place) => (
        <CardAt key={place.card.id} row={row} place={place} look={look.kind} chosen={chosen} grid={grid} />
      ))
    )
  return (
    <div ref={scroller} className="scrollbar-quiet min-h-0 flex-1 overflow-y-auto [scrollbar-gutter:stable]">
      <div className={look.kind === 'column' ? 'mx-2 mb-2' : 'mx-4 mb-4'}>
        <div
          ref={measured}
          role="grid"
          tabIndex={-1}
          aria-label="Finished takes"
          aria-multiselectable
          aria-rowcount={cards.size}
          data-still={isStill || undefined}
          className="relative"
          style={{ height: heightOf(rows) }}
          onKeyDown={grid.onKeyDown}
          onFocus={grid.onFocus}
        >
          {seen.flatMap(draw)}
        </div>
      </div>
      {grid.menu && <CardMenu card={grid.menu.card} at={grid.menu.at} acts={grid.acts} onClose={grid.closeMenu} />}
      {grid.peeked && <Peek take={grid.peeked.cover} onClose={grid.closePeek} onKey={grid.onPeekKey} />}
    </div>
  )
}
