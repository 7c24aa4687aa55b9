import { takeTitle } from '../../data/take-title.ts'
import type { Take } from '../../data/take.ts'
import { type Card, groupedBy } from './cards.ts'

/** The library from top to bottom: what stands over cards, and the cards under it. */
export type Block =
  | { kind: 'day'; key: string; words: string }
  | { kind: 'batch'; key: string; words: string; cards: readonly Card[] }
  | { kind: 'cards'; key: string; cards: readonly Card[] }

const dayKey = (time: number): string => new Date(time).toDateString()

/** `Today`, `Yesterday`, `Saturday 28 November`, and the year where it is another one. */
export const dayWords = (time: number, now: number): string => {
  const date = new Date(time)
  const today = new Date(now)
  const yesterday = new Date(today.getFullYear(), today.getMonth(), today.getDate() - 1)
  if (date.toDateString() === today.toDateString()) return 'Today'
  if (date.toDateString() === yesterday.toDateString()) return 'Yesterday'
  const isThisYear = date.getFullYear() === today.getFullYear()
  return date
    .toLocaleDateString('en-GB', {
      weekday: 'long',
      day: 'numeric',
      month: 'long',
      ...(isThisYear ? {} : { year: 'numeric' }),
    })
    .replace(',', '')
}

/** `a fox in a snowy birch forest · 8 takes` */
export const batchWords = (takes: readonly Take[]): string => {
  const [first] = takes
  return first ? `${takeTitle(first)} · ${takes.length} ${takes.length === 1 ? 'take' : 'takes'}` : ''
}

const timeOf = ({ takes, cover }: Card): number => takes[0]?.createdAt ?? cover.createdAt

/** Where one batch's cards stand together, in the order of the batch. */
const batchOf = ({ cover, takes }: Card): string | null => (takes.length === 1 ? (cover.batch?.id ?? null) : null)

const inBatchOrder = (cards: readonly Card[]): Card[] =>
  cards.toSorted((a, b) => (a.cover.batch?.position ?? 0) - (b.cover.batch?.position ?? 0))

/** The cards of one day: each batch of several under its own heading, at the place of its newest. */
const blocksOfDay = (day: string, cards: readonly Card[]): Block[] => {
  const byBatch = groupedBy(cards, batchOf)
  const blocks: Block[] = []
  let loose: Card[] = []
  const endLoose = () => {
    const [first] = loose
    if (first) blocks.push({ kind: 'cards', key: `cards:${day}:${blocks.length}`, cards: loose })
    loose = []
  }
  for (const card of cards) {
    const batch = batchOf(card)
    const members = batch === null ? [] : (byBatch.get(batch) ?? [])
    if (batch === null || members.length < 2) loose.push(card)
    else if (members[0] === card) {
      endLoose()
      const ordered = inBatchOrder(members)
      const words = batchWords(ordered.map(({ cover }) => cover))
      blocks.push({ kind: 'batch', key: `batch:${day}:${batch}`, words, cards: ordered })
      blocks.push({ kind: 'cards', key: `cards:${day}:${batch}`, cards: ordered })
    }
  }
  endLoose()
  return blocks
}

/** Cards by day and batch, newest first. `now` in milliseconds since 1970. */
export const blocksOf = (cards: readonly Card[], now: number): Block[] =>
  [...groupedBy(cards, (card) => dayKey(timeOf(card)))].flatMap(([day, ofDay]): Block[] => {
    const [first] = ofDay
    if (!first) return []
    return [{ kind: 'day', key: `day:${day}`, words: dayWords(timeOf(first), now) }, ...blocksOfDay(day, ofDay)]
  })
