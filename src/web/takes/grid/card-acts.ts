import type { MouseEvent } from 'react'
import type { Card } from './cards.ts'

/** What can be done at a card. The same functions all along, so that cards that were not changed are not drawn again. */
export type CardActs = {
  open: (card: Card, event: MouseEvent) => void
  toggle: (card: Card) => void
  star: (card: Card) => void
  menu: (card: Card, at: { x: number; y: number }) => void
  drag: (card: Card, data: DataTransfer) => void
  rename: (card: Card | null) => void
}
