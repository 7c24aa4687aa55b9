import type { MouseEvent, RefObject } from 'react'
import { closeComparison } from '../../state/comparison.ts'
import { useLayout } from '../../state/layout.ts'
import { useStudio } from '../../state/studio.ts'
import { howOf } from '../how.ts'
import { compareTakes } from '../acts/compare.ts'
import { binJobs, starTakes } from '../acts/tidy.ts'
import { clearSelection, extend, toggle, useSelection } from '../selection.ts'
import { type Card, jobIdOf } from './cards.ts'
import type { CardActs } from './card-acts.ts'
import { dragTake } from './drag-take.ts'
import { cardAfterKey } from './moves.ts'
import type { Row } from './rows.ts'
import type { GridAct } from './use-grid-keys.ts'

/** What a grid shows. `chosen` is the job on the stage. */
export type GridView = {
  rows: readonly Row[]
  cards: ReadonlyMap<string, Card>
  look: 'column' | 'wall'
  chosen: string | null
  scroller: RefObject<HTMLElement | null>
}

/** Where a menu opens. Pixels of the window. */
export type At = { x: number; y: number }

const choosable = ({ id, takes }: Card) => ({ id, jobIds: takes.map(jobIdOf) })

const show = (card: Card) => useStudio.getState().select(jobIdOf(card.cover))

/** The card to go on from once others are gone: the next that stays, else the last before. */
export const cardBeside = (order: readonly Card[], from: string, gone: ReadonlySet<string>): Card | undefined => {
  const at = order.findIndex(({ id }) => id === from)
  const stays = ({ takes }: Card) => !takes.every((take) => gone.has(jobIdOf(take)))
  return order.slice(at + 1).find(stays) ?? order.slice(0, Math.max(0, at)).findLast(stays)
}

const drawnAs = (scroller: HTMLElement | null, id: string): HTMLElement | undefined =>
  [...(scroller?.querySelectorAll<HTMLElement>('[data-take]') ?? [])].find(({ dataset }) => dataset['take'] === id)

/** Scrolls as far as needed to see a row whole. */
const reveal = (scroller: HTMLElement | null, rows: readonly Row[], id: string) => {
  const row = rows.find((each) => each.kind === 'cards' && each.cards.some(({ card }) => card.id === id))
  if (!scroller || !row) return
  // The day over a first row is worth seeing as well.
  const top = row.top <= 64 ? 0 : row.top - 8
  const bottom = row.top + row.height + 8
  const { scrollTop, clientHeight } = scroller
  if (top < scrollTop) scroller.scrollTo({ top })
  else if (bottom > scrollTop + clientHeight) scroller.scrollTo({ top: bottom - clientHeight })
}

/** The grid as it is now: its cards in their order, and by their ids the one with the focus and the one on the stage. */
export type GridNow = GridView & { order: readonly Card[]; focused: string | undefined; onStage: string | undefined }

/** How the grid is told of what an act changes in it. */
export type GridSetters = {
  setFocused: (id: string) => void
  setNamed: (id: string | null) => void
  setMenu: (menu: { card: string; at: At }) => void
  setPeeked: (id: string) => void
}

type GridState = GridSetters & {
  now: () => GridNow
  /** The focus goes there once the card is drawn. */
  focusNext: (id: string) => void
}

export type GridActs = CardActs & { goTo: (card: Card) => void; act: (asked: GridAct) => boolean }

const goTo = ({ now, setFocused, focusNext }: GridState, card: Card) => {
  const { scroller, rows } = now()
  const button = drawnAs(scroller.current, card.id)
  if (button) button.focus({ preventScroll: true })
  else focusNext(card.id)
  setFocused(card.id)
  reveal(scroller.current, rows, card.id)
}

/** A range goes on from where one was last; a click has taken the focus along before it is heard. */
const extendTo = ({ now }: GridState, card: Card, start: string | undefined) =>
  useSelection.setState((state) => extend(state, now().order.map(choosable), card.id, start ?? null))

const toggleCard = (card: Card) => useSelection.setState((state) => toggle(state, choosable(card)))

type Press = Pick<MouseEvent, 'ctrlKey' | 'metaKey' | 'shiftKey'> & { nativeEvent: Event }

const open = (grid: GridState, card: Card, event: Press) => {
  const how = howOf(event)
  const byFinger = 'pointerType' in event.nativeEvent && event.nativeEvent.pointerType === 'touch'
  if (how === 'range') extendTo(grid, card, grid.now().onStage)
  else if (how === 'toggle' || (byFinger && useSelection.getState().ids.size > 0)) toggleCard(card)
  else {
    useSelection.setState({ ids: new Set(), anchor: card.id })
    show(card)
    closeComparison()
    useLayout.getState().showWall(false)
    useStudio.getState().showTab('stage')
  }
  grid.setFocused(card.id)
}

/** The takes that are meant by a key at a card: those selected where it is one of them. */
const meant = ({ now }: GridState, card: Card) => {
  const { ids } = useSelection.getState()
  const isOne = card.takes.some((take) => ids.has(jobIdOf(take)))
  const all = [...now().cards.values()].flatMap(({ takes }) => takes)
  return isOne ? all.filter((take) => ids.has(jobIdOf(take))) : card.takes
}

const bin = (grid: GridState, card: Card): boolean => {
  const takes = meant(grid, card).filter(({ binned }) => !binned)
  if (takes.length === 0) return false
  const gone = new Set(takes.map(jobIdOf))
  const next = cardBeside(grid.now().order, card.id, gone)
  if (next) {
    goTo(grid, next)
    const { chosen } = grid.now()
    if (chosen !== null && gone.has(chosen)) show(next)
  }
  void binJobs([...gone])
  return true
}

const compare = (grid: GridState, card: Card): boolean => {
  const takes = meant(grid, card)
  if (takes.length < 2) toggleCard(card)
  else {
    useLayout.getState().showWall(false)
    compareTakes(takes)
  }
  return true
}

const walk = (grid: GridState, card: Card, key: string, extending: boolean): boolean => {
  const { rows, look, scroller } = grid.now()
  const next = cardAfterKey(rows, card.id, key, scroller.current?.clientHeight ?? 0)
  if (!next) return false
  if (extending) extendTo(grid, next, card.id)
  // The stage follows: one leafs through takes by the arrows.
  else if (look === 'column') show(next)
  if (!extending) useSelection.setState({ anchor: next.id })
  goTo(grid, next)
  return true
}

/** Does what a key asks for, at the card with the focus. Returns whether there was anything to do. */
const act = (grid: GridState, asked: GridAct): boolean => {
  const { focused, cards, order, chosen, look } = grid.now()
  const card = focused === undefined ? undefined : cards.get(focused)
  if (!card) return false
  switch (asked.name) {
    case 'walk':
      return walk(grid, card, asked.key, asked.extends)
    case 'peek':
      // In the column what stands on the stage is large already: Space plays it there.
      if (look === 'column' && card.takes.some(({ jobId }) => jobId === chosen)) return false
      grid.setPeeked(card.id)
      return true
    case 'star':
      void starTakes(meant(grid, card))
      return true
    case 'bin':
      return bin(grid, card)
    case 'compare':
      return compare(grid, card)
    case 'rename':
      grid.setNamed(card.id)
      return true
    case 'toggle':
      toggleCard(card)
      return true
    case 'all':
      useSelection.setState({ ids: new Set(order.flatMap(({ takes }) => takes.map(jobIdOf))), anchor: card.id })
      return true
    case 'clear':
      if (useSelection.getState().ids.size === 0) return false
      clearSelection()
      return true
    default:
      return false
  }
}

/**
 * What keys and presses do in the grid: the same functions for as long as it stands. `update` tells what it shows now,
 * `focusDrawn` puts the focus where it was to go, once that card is drawn.
 */
export const createGridActs = (setters: GridSetters, first: GridNow) => {
  let latest = first
  let pending: string | null = null
  const focusNext = (id: string) => {
    pending = id
  }
  const grid: GridState = { ...setters, now: () => latest, focusNext }
  const acts: GridActs = {
    goTo: (card) => goTo(grid, card),
    act: (asked) => act(grid, asked),
    open: (card, event) => open(grid, card, event),
    toggle: (card) => {
      toggleCard(card)
      grid.setFocused(card.id)
    },
    star: (card) => void starTakes(card.takes),
    menu: (card, at) => grid.setMenu({ card: card.id, at }),
    drag: ({ cover }, data) => dragTake(cover, data),
    rename: (card) => {
      grid.setNamed(card?.id ?? null)
      if (card === null && latest.focused !== undefined) focusNext(latest.focused)
    },
  }
  return {
    acts,
    focusNext,
    update: (now: GridNow) => {
      latest = now
    },
    focusDrawn: () => {
      const button = pending === null ? undefined : drawnAs(latest.scroller.current, pending)
      if (!button) return
      pending = null
      button.focus({ preventScroll: true })
    },
  }
}
