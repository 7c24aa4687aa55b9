import { z } from 'zod'
import type { ViewerState } from '../../compare/viewer-state.ts'
import type { Choice } from '../../compare/choose.ts'
import type { Range } from '../../compare/protocol.ts'
import { ARRANGEMENTS, FITS, GAINS, initialView, MODES, sidesIn, type View } from '../../compare/view.ts'
import { LINK_PREFIX } from '../../state/address.ts'
import type { Entry } from '../../state/comparison.ts'
import { MAX_MARKED } from '../../state/marking.ts'
import { choiceFields, choiceOf, choiceWords } from './choice-link.ts'
import { isOneOf, number, numbers } from './link-numbers.ts'

/** How a comparison is looked at, and where it stands. Sides are indices. */
export type Outlook = {
  view: View
  /** Seconds. */
  time: number
  offsets: readonly number[]
  range: Range | null
  rate: number
  loop: boolean
}

/** What an address says of a comparison; all of its entries are on the server. Null where nothing is chosen among them. */
export type Linked = { entries: readonly Entry[]; outlook: Outlook; choice: Choice | null }

export const outlookOf = ({ view, target, offsets, range, rate, loop }: ViewerState): Outlook => ({
  view: { ...view, blinking: false },
  time: target,
  offsets,
  range,
  rate,
  loop,
})

export const initialOutlook = (count: number): Outlook => ({
  view: initialView(count),
  time: 0,
  offsets: Array.from({ length: count }, () => 0),
  range: null,
  rate: 1,
  loop: true,
})

/** The same outlook for other sides: `from` says for each new side which of the old ones it is; -1 for a new one. */
export const outlookFor = ({ view, offsets, ...rest }: Outlook, from: readonly number[]): Outlook => {
  const count = from.length
  const now = (side: number) => from.indexOf(side)
  const place = (side: number) => (now(side) < 0 ? null : now(side))
  const reference = place(view.reference) ?? 0
  const other = place(view.other)
  const pairs = other !== null && (other !== reference || count < 2)
  const kept = view.order.map(now).filter((side) => side >= 0)
  const added = from.flatMap((old, side) => (old < 0 ? [side] : []))
  const order = [...kept, ...added]
  return {
    ...rest,
    offsets: from.map((old) => offsets[old] ?? 0),
    view: {
      ...view,
      mode: count < 2 ? 'single' : added.length > 0 && count > 2 ? 'grid' : view.mode,
      reference,
      other: pairs ? other : count < 2 || reference > 0 ? 0 : 1,
      order: order.length > 0 ? order : from.map((_, side) => side),
    },
  }
}

/** As few digits as tell the same: a ten-thousandth of a second, or of a picture's width. */
const short = (number: number): string => String(Math.round(number * 10_000) / 10_000)
const list = (numbers: readonly number[]): string => numbers.map(short).join(',')

/** How a comparison of so many sides is looked at, by name; what is usual is left out. */
const outlookWords = ({ view, time, offsets, range, rate, loop }: Outlook, count: number): Record<string, string> => {
  const usual = initialView(count)
  return {
    mode: view.mode,
    pair: list([view.reference, view.other]),
    time: short(time),
    ...(view.mode === 'wipe' && { edge: `${view.edgeStands},${short(view.edge)}` }),
    ...(view.mode === 'overlay' && { opacity: short(view.opacity) }),
    ...(view.mode === 'difference' && { gain: String(view.gain) }),
    ...(view.fit !== usual.fit && { fit: view.fit }),
    ...(view.arrangement !== usual.arrangement && { arrangement: view.arrangement }),
    ...(view.zoom !== 1 && { zoom: short(view.zoom), centre: list([view.centre.x, view.centre.y]) }),
    ...(view.heat && { heat: 'on' }),
    ...(view.order.join() !== usual.order.join() && { order: list(view.order) }),
    ...(offsets.some((offset) => offset !== 0) && { offsets: list(offsets) }),
    ...(range && { range: list([range.from, range.to]) }),
    ...(rate !== 1 && { rate: short(rate) }),
    ...(!loop && { loop: 'off' }),
  }
}

/**
 * The address' fragment that opens a comparison, or null where nothing of it is on the server. `leftOut` counts files of
 * this machine, which nobody else could open. Without an outlook it opens as any does; a choice that such a file is part
 * of is left out with it.
 */
export const linkTo = (
  entries: readonly Entry[],
  outlook: Outlook | null,
  choice: Choice | null = null,
): { hash: string | null; leftOut: number } => {
  const from = entries.flatMap(({ kind }, side) => (kind === 'local' ? [] : [side]))
  const leftOut = entries.length - from.length
  if (from.length === 0) return { hash: null, leftOut }
  const ids = entries.flatMap((entry) => (entry.kind === 'local' ? [] : [`${entry.kind}:${entry.id}`]))
  const words = {
    ...(outlook && outlookWords(leftOut > 0 ? outlookFor(outlook, from) : outlook, from.length)),
    ...(choice && leftOut === 0 && choiceWords(choice)),
  }
  const rest = Object.entries(words).map(([name, value]) => `&${name}=${value}`)
  return { hash: `${LINK_PREFIX}${ids.join(',')}${rest.join('')}`, leftOut }
}

const positive = number.pipe(z.number().min(0))
const part = number.pipe(z.number().min(0).max(1))
// Not a tuple, and no other kind of schema that only a link would bring into the first load.
const two = numbers.refine((pair) => pair.length === 2).transform(([first = 0, second = 0]) => ({ first, second }))

const ID = /^(take|file):([\w-]{1,100})$/
const entry = z
  .string()
  .regex(ID)
  .transform((text): Entry => {
    const [kind, id = ''] = text.split(':')
    return { kind: kind === 'file' ? 'file' : 'take', id }
  })

const schema = z.strictObject({
  compare: z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(entry).min(1).max(MAX_MARKED)),
  mode: z.enum(MODES).optional(),
  pair: two.optional(),
  time: positive.optional(),
  edge: z
    .string()
    .regex(/^(upright|level),(0(\.\d{1,9})?|1)$/)
    .optional(),
  opacity: part.optional(),
  gain: number.pipe(z.literal(GAINS)).optional(),
  fit: z.enum(FITS).optional(),
  arrangement: z.enum(ARRANGEMENTS).optional(),
  zoom: number.pipe(z.number().min(0.01).max(10_000)).optional(),
  centre: two.optional(),
  heat: z.literal('on').optional(),
  order: numbers.pipe(z.array(z.number()).min(1)).optional(),
  offsets: numbers.optional(),
  range: two.refine(({ first, second }) => first >= 0 && first < second).optional(),
  rate: number.refine((rate) => Math.abs(rate) >= 0.1 && Math.abs(rate) <= 2).optional(),
  loop: z.literal('off').optional(),
  ...choiceFields,
})

/** What an address' fragment asks for; null where it is not one that this studio could have written. */
export const readLink = (hash: string): Linked | null => {
  const asked = [...new URLSearchParams(hash.slice(1))]
  const fields = Object.fromEntries(asked)
  const parsed = schema.safeParse(fields)
  // What is said twice contradicts itself.
  if (!parsed.success || Object.keys(fields).length !== asked.length) return null
  const said = parsed.data
  const count = said.compare.length
  const ids = new Set(said.compare.map((each) => (each.kind === 'local' ? each.key : `${each.kind}:${each.id}`)))
  if (ids.size !== count) return null
  const usual = initialOutlook(count)
  const { first: reference, second: other } = said.pair ?? { first: usual.view.reference, second: usual.view.other }
  const order = said.order ?? usual.view.order
  const offsets = said.offsets ?? usual.offsets
  if (![reference, other].every((side) => isOneOf([side], count))) return null
  if (!isOneOf(order, count) || offsets.length !== count) return null
  const [stands, at] = said.edge?.split(',') ?? []
  const view: View = {
    ...usual.view,
    mode: said.mode ?? usual.view.mode,
    reference,
    other,
    order,
    edge: at === undefined ? usual.view.edge : Number(at),
    edgeStands: stands === 'level' ? 'level' : usual.view.edgeStands,
    opacity: said.opacity ?? usual.view.opacity,
    gain: said.gain ?? usual.view.gain,
    fit: said.fit ?? usual.view.fit,
    arrangement: said.arrangement ?? usual.view.arrangement,
    zoom: said.zoom ?? 1,
    centre: said.centre ? { x: said.centre.first, y: said.centre.second } : usual.view.centre,
    heat: said.heat === 'on',
  }
  const choice = choiceOf(said, count)
  if (sidesIn(view).length === 0 || choice === undefined) return null
  const range = said.range ? { from: said.range.first, to: said.range.second } : null
  return {
    entries: said.compare,
    outlook: { view, time: said.time ?? 0, offsets, range, rate: said.rate ?? 1, loop: said.loop !== 'off' },
    choice,
  }
}
