import { describe, expect, it } from 'vitest'
import {
  type Choice,
  type ChoiceAct,
  choose,
  isHidden,
  listOrder,
  namesFor,
  newChoice,
  outcomeOf,
  shuffle,
} from './choose.ts'

const after = (choice: Choice, ...acts: ChoiceAct[]): Choice => acts.reduce(choose, choice)
const keep = (nth: number): ChoiceAct => ({ name: 'keep nth', nth })
const reject = (side: number): ChoiceAct => ({ name: 'judge', side, verdict: 'rejected' })
const next: ChoiceAct = { name: 'next round' }
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
    expect(listOrder(start)).toEqual(start.shown)
    const [a = 0, b = 0, c = 0, d = 0] = start.shown
    const second = after(start, reject(b), keep(1), keep(3), keep(4), next)
    expect(second.shown).toEqual([a, c, d].sort((x, y) => start.shown.indexOf(x) - start.shown.indexOf(y)))
    expect(second.shown.map((side) => namesFor(second, names)[side])).toEqual(['A', 'C', 'D'])
    const won = after(second, reject(a), reject(d))
    expect([outcomeOf(won), isHidden(won)]).toEqual([{ name: 'won', winner: c }, false])
    expect(namesFor(won, names)).toBe(names)
    expect(listOrder(won)).toEqual([0, 1, 2, 3])
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
