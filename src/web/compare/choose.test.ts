import { describe, expect, it } from 'vitest'
import {
  viewerSides,
  type Choice,
  type ChoiceAct,
  choose,
  chosenOf,
  isHidden,
  listOrder,
  namesFor,
  newChoice,
  outcomeOf,
  progressOf,
  shuffle,
} from './choose.ts'

const after = (choice: Choice, ...acts: ChoiceAct[]): Choice => acts.reduce(choose, choice)
const keep = (nth: number): ChoiceAct => ({ name: 'keep nth', nth })
const reject = (side: number): ChoiceAct => ({ name: 'judge', side, verdict: 'rejected' })
const next: ChoiceAct = { name: 'go on' }
const undo: ChoiceAct = { name: 'undo' }
const names = ['one', 'two', 'three', 'four']

describe('judging', () => {
  it('keeps by place and rejects by side, and can change its mind', () => {
    const choice = after(newChoice(4), keep(2), reject(0), keep(1))
    expect(choice.verdicts).toEqual(['kept', 'kept', 'undecided', 'undecided'])
    expect(outcomeOf(choice)).toEqual({ name: 'judging', left: 2 })
  })

  it('does nothing for a place or a side that is not shown, or what was said already', () => {
    const choice = after(newChoice(3), keep(1))
    for (const act of [keep(4), keep(0), keep(1), reject(7), next]) expect(choose(choice, act)).toBe(choice)
    expect(choose(newChoice(3), undo)).toEqual(newChoice(3))
  })

  it('knows what decides nothing', () => {
    expect(outcomeOf(after(newChoice(2), keep(1), keep(2)))).toEqual({ name: 'all kept' })
    expect(outcomeOf(after(newChoice(2), reject(0), reject(1)))).toEqual({ name: 'all rejected' })
    expect(outcomeOf(newChoice(1)).name).toBe('judging')
    expect(outcomeOf(after(newChoice(1), keep(1))).name).toBe('judging')
  })
})

describe('rounds', () => {
  it('go on with what was kept, where more than one was and something was not', () => {
    const over = after(newChoice(4), keep(1), keep(3), keep(4), reject(1))
    expect(outcomeOf(over)).toEqual({ name: 'round over', kept: [0, 2, 3] })
    const second = choose(over, next)
    expect([second.round, second.shown, outcomeOf(second)]).toEqual([2, [0, 2, 3], { name: 'judging', left: 3 }])
    // Places are those of this round.
    const third = after(second, keep(2), keep(3), reject(0), next, keep(2), reject(2))
    expect(third.round).toBe(3)
    expect(outcomeOf(third)).toEqual({ name: 'won', winner: 3 })
  })

  it('end when of two that were kept one is rejected, and go on after Undo', () => {
    const over = after(newChoice(4), keep(2), keep(4), reject(3))
    expect(outcomeOf(over)).toEqual({ name: 'won', winner: 1 })
    expect(chosenOf(over)).toEqual([1])
    const again = choose(over, undo)
    expect(outcomeOf(again)).toEqual({ name: 'judging', left: 2 })
    expect(again.verdicts).toEqual(['undecided', 'kept', 'undecided', 'rejected'])
    // Where others of the round were not seen yet, nothing is over.
    expect(outcomeOf(after(newChoice(12), keep(1), keep(2), reject(1))).name).toBe('judging')
  })

  it('end as soon as all but one are out', () => {
    expect(outcomeOf(after(newChoice(3), reject(0), reject(2)))).toEqual({ name: 'won', winner: 1 })
    expect(outcomeOf(after(newChoice(3), keep(1))).name).toBe('judging')
  })

  it('are undone step by step, also back into the one before', () => {
    const acts = [keep(1), keep(2), reject(2), next, reject(0)]
    let choice = newChoice(3)
    const standings = acts.map((act) => {
      const before = choice
      choice = choose(choice, act)
      return before
    })
    expect(outcomeOf(choice)).toEqual({ name: 'won', winner: 1 })
    for (const before of standings.toReversed()) {
      choice = choose(choice, undo)
      expect(choice).toEqual(before)
    }
  })

  it('begin again with all', () => {
    const choice = after(newChoice(3), keep(1), keep(2), reject(2), next, { name: 'again' })
    expect(choice).toEqual(newChoice(3))
  })
})

describe('more than eight', () => {
  /** Keeps the first so many of those that are shown and rejects the others. */
  const keepFirst = (choice: Choice, count: number): Choice =>
    choice.shown.reduce(
      (judged, side, place) => choose(judged, { name: 'judge', side, verdict: place < count ? 'kept' : 'rejected' }),
      choice,
    )

  it('are seen in groups as equal as can be, and those that are kept meet in the next round', () => {
    const first = newChoice(23)
    expect([first.shown.length, first.waiting.length]).toEqual([8, 15])
    const judged = keepFirst(first, 2)
    expect([outcomeOf(judged), progressOf(judged)]).toEqual([
      { name: 'group over', next: 8 },
      { judged: 8, of: 23, kept: 2 },
    ])
    const second = choose(judged, next)
    expect([second.round, second.shown[0], second.waiting.length]).toEqual([1, 8, 7])
    const third = choose(keepFirst(second, 0), next)
    expect(third.shown).toHaveLength(7)
    const over = keepFirst(third, 1)
    expect(outcomeOf(over)).toEqual({ name: 'round over', kept: [0, 1, 16] })
    const final = after(over, next, reject(0), reject(16))
    expect([final.round, final.shown, chosenOf(final)]).toEqual([2, [0, 1, 16], [1]])
    // Back through the round, the groups and every verdict.
    expect(final.past.reduce<Choice>((choice) => choose(choice, undo), final)).toEqual(first)
    expect(newChoice(9).shown).toHaveLength(5)
  })

  it('may be left at what is kept, which is told then', () => {
    const begun = keepFirst(choose(newChoice(20), { name: 'blind', blind: true, seed: 3 }), 2)
    expect(namesFor(begun, Array.from({ length: 30 }, String))[begun.waiting.at(-1) ?? 0]).toBe('T')
    const left = choose(begun, { name: 'stop' })
    expect(outcomeOf(left)).toEqual({ name: 'stopped', kept: begun.shown.slice(0, 2) })
    expect([left.shown, isHidden(left)]).toEqual([begun.shown.slice(0, 2), false])
    expect(choose(left, reject(left.shown[0] ?? 0))).toBe(left)
    expect(choose(left, undo)).toEqual(begun)
    expect(choose(newChoice(20), { name: 'stop' })).toEqual(newChoice(20))
  })

  it('open only what is shown, and nothing again that is open', () => {
    const first = newChoice(12)
    const opened = viewerSides(first)
    expect(opened).toEqual([0, 1, 2, 3, 4, 5])
    const second = choose(keepFirst(first, 2), next)
    expect(viewerSides(second, opened)).toEqual([6, 7, 8, 9, 10, 11])
    expect(viewerSides(choose(second, undo), opened)).toBe(opened)
    const few = newChoice(3)
    expect(viewerSides(after(few, keep(1), keep(2), reject(2), next), viewerSides(few))).toEqual([0, 1, 2])
  })
})

describe('blind', () => {
  const blind = (seed: number, count = 4): Choice => choose(newChoice(count), { name: 'blind', blind: true, seed })

  it('shuffles by its seed: the same for the same, all orders about as often', () => {
    expect(blind(7)).toEqual(blind(7))
    const counts = new Map<string, number>()
    for (let seed = 0; seed < 6000; seed++) {
      const order = shuffle([0, 1, 2], seed * 7919).join('')
      counts.set(order, (counts.get(order) ?? 0) + 1)
    }
    expect(counts.size).toBe(6)
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(150)
  })

  it('calls what is shown first A, keeps letters through the rounds, and tells names at the end', () => {
    const start = blind(3)
    expect(start.shown.map((side) => namesFor(start, names)[side])).toEqual(['A', 'B', 'C', 'D'])
    expect(listOrder(start, [0, 1, 2, 3])).toEqual(start.shown)
    const [a = 0, b = 0, c = 0, d = 0] = start.shown
    const second = after(start, reject(b), keep(1), keep(3), keep(4), next)
    expect(second.shown).toEqual([a, c, d].sort((x, y) => start.shown.indexOf(x) - start.shown.indexOf(y)))
    expect(second.shown.map((side) => namesFor(second, names)[side])).toEqual(['A', 'C', 'D'])
    const won = after(second, reject(a), reject(d))
    expect([outcomeOf(won), isHidden(won)]).toEqual([{ name: 'won', winner: c }, false])
    expect(namesFor(won, names)).toBe(names)
    expect(listOrder(won, [0, 1, 2, 3])).toEqual([0, 1, 2, 3])
    // Taking the last step back hides them again.
    expect(isHidden(choose(won, undo))).toBe(true)
  })

  it('begins anew when it is turned on or off, and keeps its letters when it is begun again', () => {
    const judged = after(blind(3), keep(1), { name: 'again' })
    expect(judged).toEqual(blind(3))
    expect(choose(judged, { name: 'blind', blind: false, seed: 0 })).toEqual(newChoice(4))
    expect(namesFor(newChoice(4), names)).toBe(names)
  })
})
