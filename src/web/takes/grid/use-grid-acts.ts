import {
  type FocusEvent,
  type KeyboardEvent,
  type MouseEvent,
  type RefObject,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
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
import { cardsIn, type Row } from './rows.ts'
import { type GridAct, onGridKey } from './use-grid-keys.ts'

type Given = {
  rows: readonly Row[]
  cards: ReadonlyMap<string, Card>
  look: 'column' | 'wall'
  chosen: string | null
  scroller: RefObject<HTMLElement | null>
}

type At = { x: number; y: number }

const choosable = ({ id, takes }: Card) => ({ id, jobIds: takes.map(jobIdOf) })

const show = (card: Card) => useStudio.getState().select(jobIdOf(card.cover))

/** The card to go on from once others are gone: the next that stays, else the last before. */
const cardBeside = (order: readonly Card[], from: string, gone: ReadonlySet<string>): Card | undefined => {
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

/** What keys and presses do in the grid, and which card has the focus, a menu, its name being written, or is large. */
export const useGridActs = (given: Given) => {
  const { rows, cards, chosen, scroller } = given
  const [wanted, setFocused] = useState<string | null>(null)
  const [named, setNamed] = useState<string | null>(null)
  const [menu, setMenu] = useState<{ card: string; at: At } | null>(null)
  const [peeked, setPeeked] = useState<string | null>(null)
  const order = useMemo(() => cardsIn(rows), [rows])
  const onStage = order.find(({ takes }) => takes.some(({ jobId }) => jobId !== null && jobId === chosen))
  const focused = wanted !== null && cards.has(wanted) ? wanted : (onStage ?? order[0])?.id
  // What cards are given must be the same all along: an event about one take must not draw all the others again.
  const latest = useRef({ ...given, order, focused, onStage: onStage?.id })
  useLayoutEffect(() => {
    latest.current = { ...given, order, focused, onStage: onStage?.id }
  })

  /** Where the focus is to go once the card is drawn. */
  const goingTo = useRef<string | null>(null)
  useEffect(() => {
    if (goingTo.current === null) return
    const button = drawnAs(scroller.current, goingTo.current)
    if (!button) return
    goingTo.current = null
    button.focus({ preventScroll: true })
  })

  const acts = useMemo((): CardActs & { goTo: (card: Card) => void; act: (asked: GridAct) => boolean } => {
    const goTo = (card: Card) => {
      const { scroller: within, rows: all } = latest.current
      const button = drawnAs(within.current, card.id)
      if (button) button.focus({ preventScroll: true })
      else goingTo.current = card.id
      setFocused(card.id)
      reveal(within.current, all, card.id)
    }
    /** A range goes on from where one was last; a click has taken the focus along before it is heard. */
    const extendTo = (card: Card, start: string | undefined) =>
      useSelection.setState((state) => extend(state, latest.current.order.map(choosable), card.id, start ?? null))
    const toggleCard = (card: Card) => useSelection.setState((state) => toggle(state, choosable(card)))
    const open = (card: Card, event: Pick<MouseEvent, 'ctrlKey' | 'metaKey' | 'shiftKey'> & { nativeEvent: Event }) => {
      const how = howOf(event)
      const byFinger = 'pointerType' in event.nativeEvent && event.nativeEvent.pointerType === 'touch'
      if (how === 'range') extendTo(card, latest.current.onStage)
      else if (how === 'toggle' || (byFinger && useSelection.getState().ids.size > 0)) toggleCard(card)
      else {
        useSelection.setState({ ids: new Set(), anchor: card.id })
        show(card)
        closeComparison()
        useLayout.getState().showWall(false)
        useStudio.getState().showTab('stage')
      }
      setFocused(card.id)
    }
    /** The takes that are meant by a key at a card: those selected where it is one of them. */
    const meant = (card: Card) => {
      const { ids } = useSelection.getState()
      const isOne = card.takes.some((take) => ids.has(jobIdOf(take)))
      const all = [...latest.current.cards.values()].flatMap(({ takes }) => takes)
      return isOne ? all.filter((take) => ids.has(jobIdOf(take))) : card.takes
    }
    const bin = (card: Card): boolean => {
      const takes = meant(card).filter(({ binned }) => !binned)
      if (takes.length === 0) return false
      const gone = new Set(takes.map(jobIdOf))
      const next = cardBeside(latest.current.order, card.id, gone)
      if (next) {
        goTo(next)
        if (latest.current.chosen !== null && gone.has(latest.current.chosen)) show(next)
      }
      void binJobs([...gone])
      return true
    }
    const compare = (card: Card): boolean => {
      const takes = meant(card)
      if (takes.length < 2) toggleCard(card)
      else {
        useLayout.getState().showWall(false)
        compareTakes(takes)
      }
      return true
    }
    const walk = (card: Card, key: string, extending: boolean): boolean => {
      const { rows: all, look, scroller: within } = latest.current
      const next = cardAfterKey(all, card.id, key, within.current?.clientHeight ?? 0)
      if (!next) return false
      if (extending) extendTo(next, card.id)
      // The stage follows: one leafs through takes by the arrows.
      else if (look === 'column') show(next)
      if (!extending) useSelection.setState({ anchor: next.id })
      goTo(next)
      return true
    }
    const act = (asked: GridAct): boolean => {
      const { focused: id, cards: all, order: ordered, chosen: shown, look } = latest.current
      const card = id === undefined ? undefined : all.get(id)
      if (!card) return false
      switch (asked.name) {
        case 'walk':
          return walk(card, asked.key, asked.extends)
        case 'peek':
          // In the column what stands on the stage is large already: Space plays it there.
          if (look === 'column' && card.takes.some(({ jobId }) => jobId === shown)) return false
          setPeeked(card.id)
          return true
        case 'star':
          void starTakes(meant(card))
          return true
        case 'bin':
          return bin(card)
        case 'compare':
          return compare(card)
        case 'rename':
          setNamed(card.id)
          return true
        case 'toggle':
          toggleCard(card)
          return true
        case 'all':
          useSelection.setState({ ids: new Set(ordered.flatMap(({ takes }) => takes.map(jobIdOf))), anchor: card.id })
          return true
        case 'clear':
          if (useSelection.getState().ids.size === 0) return false
          clearSelection()
          return true
        default:
          return false
      }
    }
    return {
      goTo,
      act,
      open,
      toggle: (card) => {
        toggleCard(card)
        setFocused(card.id)
      },
      star: (card) => void starTakes(card.takes),
      menu: (card, at) => setMenu({ card: card.id, at }),
      drag: ({ cover }, data) => dragTake(cover, data),
      rename: (card) => {
        setNamed(card?.id ?? null)
        const { focused: id } = latest.current
        if (card === null && id !== undefined) goingTo.current = id
      },
    }
  }, [])

  const peekedCard = peeked === null ? undefined : cards.get(peeked)
  const menuCard = menu === null ? undefined : cards.get(menu.card)
  return {
    acts,
    focused,
    named,
    peeked: peekedCard,
    menu: menu && menuCard ? { card: menuCard, at: menu.at } : null,
    onKeyDown: (event: KeyboardEvent) => onGridKey(acts.act)(event),
    onFocus: ({ target }: FocusEvent) => {
      const id = target.closest<HTMLElement>('[data-take]')?.dataset['take']
      if (id !== undefined) setFocused(id)
    },
    closeMenu: () => setMenu(null),
    closePeek: () => {
      setPeeked(null)
      if (peeked !== null) goingTo.current = peeked
    },
    /** Keys in the large picture walk on, and judge what it shows. */
    onPeekKey: (asked: GridAct): boolean => {
      if (peeked === null || asked.name === 'peek') return false
      if (asked.name !== 'walk') {
        const next = cardBeside(order, peeked, new Set(cards.get(peeked)?.takes.map(jobIdOf)))
        const did = acts.act(asked)
        if (did && asked.name === 'bin') setPeeked(next?.id ?? null)
        return did
      }
      const next = cardAfterKey(rows, peeked, asked.key, 0)
      if (!next) return false
      setFocused(next.id)
      setPeeked(next.id)
      return true
    },
  }
}
