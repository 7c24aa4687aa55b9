import type { Card } from './cards.ts'
import type { PlacedCard, Row } from './rows.ts'

type CardRow = Extract<Row, { kind: 'cards' }>

const middleOf = ({ left, width }: PlacedCard): number => left + width / 2

/** The card of a row that stands most straight above or below. */
const nearest = (row: CardRow | undefined, middle: number): Card | undefined =>
  row?.cards.toSorted((a, b) => Math.abs(middleOf(a) - middle) - Math.abs(middleOf(b) - middle))[0]?.card

/**
 * The card that a key leads to from another one, or undefined for a key that leads nowhere. `page` is how many pixels are
 * seen at once.
 */
export const cardAfterKey = (rows: readonly Row[], from: string, key: string, page: number): Card | undefined => {
  const withCards = rows.filter((row) => row.kind === 'cards')
  const at = withCards.findIndex(({ cards }) => cards.some(({ card }) => card.id === from))
  const row = withCards[at]
  const placed = row?.cards.find(({ card }) => card.id === from)
  if (!row || !placed) return withCards[0]?.cards[0]?.card
  const inRow = row.cards.indexOf(placed)
  const middle = middleOf(placed)
  switch (key) {
    case 'ArrowRight':
      return (row.cards[inRow + 1] ?? withCards[at + 1]?.cards[0])?.card
    case 'ArrowLeft':
      return (row.cards[inRow - 1] ?? withCards[at - 1]?.cards.at(-1))?.card
    case 'ArrowDown':
      // Below a short last row there may be nothing straight under it, but there is always an end.
      return nearest(withCards[at + 1], middle) ?? row.cards.at(-1)?.card
    case 'ArrowUp':
      return nearest(withCards[at - 1], middle) ?? row.cards[0]?.card
    case 'Home':
      return withCards[0]?.cards[0]?.card
    case 'End':
      return withCards.at(-1)?.cards.at(-1)?.card
    case 'PageDown':
      return nearest(withCards.findLast(({ top }) => top <= row.top + page) ?? withCards.at(-1), middle)
    case 'PageUp':
      return nearest(withCards.find(({ top }) => top >= row.top - page) ?? withCards[0], middle)
    default:
      return undefined
  }
}
