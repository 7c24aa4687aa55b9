import { type FocusEvent, type KeyboardEvent, useEffect, useLayoutEffect, useMemo, useState } from 'react'
import { jobIdOf } from './cards.ts'
import { type At, cardBeside, createGridActs, type GridNow, type GridView } from './grid-acts.ts'
import { cardAfterKey } from './moves.ts'
import { cardsIn } from './rows.ts'
import { type GridAct, onGridKey } from './use-grid-keys.ts'

/** What keys and presses do in the grid, and which card has the focus, a menu, its name being written, or is large. */
export const useGridActs = (given: GridView) => {
  const { rows, cards, chosen } = given
  const [wanted, setFocused] = useState<string | null>(null)
  const [named, setNamed] = useState<string | null>(null)
  const [menu, setMenu] = useState<{ card: string; at: At } | null>(null)
  const [peeked, setPeeked] = useState<string | null>(null)
  const order = useMemo(() => cardsIn(rows), [rows])
  const onStage = order.find(({ takes }) => takes.some(({ jobId }) => jobId !== null && jobId === chosen))
  const focused = wanted !== null && cards.has(wanted) ? wanted : (onStage ?? order[0])?.id
  // What cards are given must be the same all along: an event about one take must not draw all the others again.
  const now: GridNow = { ...given, order, focused, onStage: onStage?.id }
  const [{ acts, focusNext, update, focusDrawn }] = useState(() =>
    createGridActs({ setFocused, setNamed, setMenu, setPeeked }, now),
  )
  useLayoutEffect(() => update(now))
  useEffect(focusDrawn)

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
      if (peeked !== null) focusNext(peeked)
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
