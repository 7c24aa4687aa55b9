import type { Block } from './blocks.ts'
import { aspectOf, type Card } from './cards.ts'
import { justify } from './justify.ts'

export type PlacedCard = { card: Card; index: number; left: number; width: number }

/** What stands side by side, and where. */
export type Row = { key: string; top: number; height: number } & (
  { kind: 'heading'; block: Exclude<Block, { kind: 'cards' }> } | { kind: 'cards'; cards: readonly PlacedCard[] }
)

/** The measures of a grid, in pixels. `caption` is what stands under each picture. */
export type Measures = { width: number; height: number; gap: number; caption: number }

const HEADINGS = { day: 32, batch: 28 } as const

/** Pixels between a batch and what comes after it without a heading. */
const AFTER_BATCH = 16

const keyOf = ([first]: readonly PlacedCard[]): string => `row:${first?.card.id}`

/** Blocks as rows, from the top to the bottom. */
export const rowsOf = (blocks: readonly Block[], { width, height, gap, caption }: Measures): Row[] => {
  const rows: Row[] = []
  let top = 0
  let index = 0
  for (const [at, block] of blocks.entries()) {
    // What stands alone after a batch is none of it.
    if (block.kind === 'cards' && blocks[at - 1]?.kind === 'cards') top += AFTER_BATCH
    if (block.kind !== 'cards') {
      rows.push({ kind: 'heading', key: block.key, top, height: HEADINGS[block.kind], block })
      top += HEADINGS[block.kind]
      continue
    }
    const justified = justify(
      block.cards.map(({ cover }) => aspectOf(cover)),
      { width, height, gap },
    )
    for (const { places, height: pictures } of justified) {
      const cards = places.flatMap(({ at, left, width: wide }): PlacedCard[] => {
        const card = block.cards[at]
        return card ? [{ card, index: index + at, left, width: wide }] : []
      })
      rows.push({ kind: 'cards', key: keyOf(cards), top, height: pictures + caption, cards })
      top += pictures + caption + gap
    }
    index += block.cards.length
  }
  return rows
}

/** The height of all rows together. */
export const heightOf = (rows: readonly Row[]): number => {
  const last = rows.at(-1)
  return last ? last.top + last.height : 0
}

/** The cards in the order in which they stand. */
export const cardsIn = (rows: readonly Row[]): Card[] =>
  rows.flatMap((row) => (row.kind === 'cards' ? row.cards.map(({ card }) => card) : []))
