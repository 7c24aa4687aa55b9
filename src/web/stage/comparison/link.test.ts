import { describe, expect, it } from 'vitest'
import { choose, type ChoiceAct, newChoice, type Verdict } from '../../compare/choose.ts'
import { type Entry } from '../../state/comparison.ts'
import { localEntry } from '../../state/marking.ts'
import { initialOutlook, linkTo, type Outlook, outlookFor, readLink } from './link.ts'

const entries: Entry[] = [
  { kind: 'take', id: 'job_1a' },
  { kind: 'file', id: 'file_2b' },
  { kind: 'take', id: 'job_3c' },
]
const local = localEntry(new File(['x'], 'mine.mp4'))

const outlook = (view: Partial<Outlook['view']> = {}, part: Partial<Outlook> = {}): Outlook => {
  const usual = initialOutlook(3)
  return { ...usual, ...part, view: { ...usual.view, ...view } }
}
const judge = (side: number, verdict: Verdict): ChoiceAct => ({ name: 'judge', side, verdict })
const roundTrip = (wanted: Outlook) => readLink(linkTo(entries, wanted).hash ?? '')

describe('a link', () => {
  it('is short where nothing special is said', () => {
    expect(linkTo(entries, outlook())).toEqual({
      hash: '#compare=take:job_1a,file:file_2b,take:job_3c&mode=grid&pair=0,1&time=0',
      leftOut: 0,
    })
  })

  it.each([
    ['a wipe', outlook({ mode: 'wipe', reference: 2, other: 0, edge: 0.25, edgeStands: 'level' }, { time: 1.48 })],
    ['an overlay', outlook({ mode: 'overlay', opacity: 0.3 }, { rate: -0.5, loop: false })],
    ['a difference', outlook({ mode: 'difference', gain: 16, fit: 'one' }, { offsets: [0, -0.04, 1.2] })],
    [
      'a grid',
      outlook(
        { order: [2, 0], arrangement: 'stacked', zoom: 6.5, centre: { x: 0.31, y: 0.9 } },
        { range: { from: 0.5, to: 2.52 } },
      ),
    ],
    ['one alone with heat', outlook({ mode: 'single', other: 2, heat: true })],
  ])('says all of %s', (_, wanted) => {
    expect(roundTrip(wanted)).toEqual({ entries, outlook: wanted, choice: null })
  })

  it('leaves out files of this machine, and tells the sides that remain by their new places', () => {
    const mixed = [local, ...entries.slice(0, 2)]
    const { hash, leftOut } = linkTo(
      mixed,
      outlook({ mode: 'wipe', reference: 2, other: 1, order: [2, 0, 1] }, { offsets: [9, 0, 0.5] }),
    )
    expect(leftOut).toBe(1)
    const read = readLink(hash ?? '')
    expect(read?.entries).toEqual(entries.slice(0, 2))
    expect(read?.outlook).toMatchObject({ offsets: [0, 0.5], view: { reference: 1, other: 0, order: [1, 0] } })
    expect(linkTo([local], initialOutlook(1))).toEqual({ hash: null, leftOut: 1 })
  })

  const good = '#compare=take:a,take:b'
  it.each([
    '#compare=',
    '#compare=take:a,take:a',
    '#compare=local:a,take:b',
    `#compare=${Array.from({ length: 65 }, (_, index) => `take:${index}`).join()}`,
    '#compare=take:../../x',
    `${good}&mode=spin`,
    `${good}&pair=0,2`,
    `${good}&pair=0`,
    `${good}&pair=0.5,1`,
    `${good}&order=0,0`,
    `${good}&order=`,
    `${good}&time=-1`,
    `${good}&time=1e9`,
    `${good}&time=NaN`,
    `${good}&gain=3`,
    `${good}&edge=0.5`,
    `${good}&edge=upright,1.5`,
    `${good}&zoom=0`,
    `${good}&rate=0`,
    `${good}&rate=40`,
    `${good}&range=2,1`,
    `${good}&offsets=0,0,0`,
    `${good}&colour=red`,
    `${good}&mode=grid&mode=wipe`,
    `${good}&__proto__=x`,
    `${good}&verdicts=k`,
    `${good}&verdicts=kx`,
    `${good}&verdicts=ku&shown=0,2`,
    `${good}&verdicts=ku&shown=0&passed=0`,
    `${good}&verdicts=ku&letters=1,1`,
    '#other=1',
    '',
    '#compare=%E0%A4%A',
  ])('that no studio wrote is none: %s', (hash) => {
    expect(readLink(hash)).toBeNull()
  })

  it('may say no more than what is compared', () => {
    expect(readLink(good)).toEqual({
      entries: [
        { kind: 'take', id: 'a' },
        { kind: 'take', id: 'b' },
      ],
      outlook: initialOutlook(2),
      choice: null,
    })
  })

  it('says how a choice stands, and nothing of how it came about', () => {
    const begun = choose(newChoice(3), { name: 'blind', blind: true, seed: 5 })
    const [kept = 0, rejected = 0] = begun.shown
    const judged = choose(choose(begun, judge(kept, 'kept')), judge(rejected, 'rejected'))
    const { hash } = linkTo(entries, outlook({ mode: 'wipe' }), judged)
    expect(readLink(hash ?? '')).toMatchObject({ outlook: { view: { mode: 'wipe' } }, choice: { ...judged, past: [] } })
    // The rest would be another choice without it.
    expect(readLink(linkTo([local, ...entries.slice(1)], outlook(), judged).hash ?? '')?.choice).toBeNull()
  })

  it('leads to the same group of the same round of many', () => {
    const many = Array.from({ length: 20 }, (_, index): Entry => ({ kind: 'take', id: String(index) }))
    let choice = newChoice(20)
    for (let group = 0; group < 3; group++) {
      for (const side of choice.shown) choice = choose(choice, judge(side, side % 2 === 0 ? 'kept' : 'rejected'))
      choice = choose(choice, { name: 'go on' })
    }
    choice = choose(choice, judge(choice.shown[0] ?? 0, 'rejected'))
    expect(choice).toMatchObject({ round: 2, shown: [0, 2, 4, 6, 8], waiting: [10, 12, 14, 16, 18] })
    const read = readLink(linkTo(many, null, choice).hash ?? '')
    expect(read).toMatchObject({ entries: many, choice: { ...choice, past: [] } })
  })
})

describe('an outlook for other sides', () => {
  it('follows those that are left, and shows what is new in a grid', () => {
    const before = outlook({ mode: 'wipe', reference: 2, other: 0 }, { offsets: [0, 1, 2] })
    expect(outlookFor(before, [0, 2])).toMatchObject({
      offsets: [0, 2],
      view: { mode: 'wipe', reference: 1, other: 0, order: [0, 1] },
    })
    expect(outlookFor(before, [0, 1, 2, -1])).toMatchObject({
      offsets: [0, 1, 2, 0],
      view: { mode: 'grid', order: [0, 1, 2, 3] },
    })
    expect(outlookFor(before, [1])).toMatchObject({ view: { mode: 'single', reference: 0, other: 0, order: [0] } })
    expect(outlookFor(initialOutlook(1), [0, -1])).toMatchObject({ view: { reference: 0, other: 1, order: [0, 1] } })
  })
})
