export type Verdict = 'undecided' | 'kept' | 'rejected'

/** How the choosing stood at one time. Sides are indices into the sources. */
type Standing = {
  /** From 1. */
  round: number
  /** The sides of this round, in the order that they are shown in. */
  shown: readonly number[]
  /** By side. Those that are not shown keep what an earlier round said of them. */
  verdicts: readonly Verdict[]
}

/** Choosing the best of several sides, by rounds. */
export type Choice = Standing & {
  /** Hides what is what until there is a winner. */
  blind: boolean
  /** The letter of each side in blind mode, as an index: A is 0. */
  letters: readonly number[]
  /** What `undo` goes back to, the latest last. */
  past: readonly Standing[]
}

export type ChoiceAct =
  /** The nth that is shown, from 1. */
  | { name: 'keep nth'; nth: number }
  | { name: 'judge'; side: number; verdict: Verdict }
  | { name: 'undo' }
  | { name: 'next round' }
  /** Begins again with all sides, shuffled by the seed where it is blind. */
  | { name: 'blind'; blind: boolean; seed: number }
  | { name: 'again' }

/** Nothing judged yet: all sides in their own order, or those that are shown. */
export const newChoice = (count: number, shown?: readonly number[]): Choice => {
  const sides = Array.from({ length: count }, (_, side) => side)
  return {
    round: 1,
    shown: shown ?? sides,
    verdicts: sides.map(() => 'undecided'),
    blind: false,
    letters: sides,
    past: [],
  }
}

/** Numbers from 0 to 1 that look random and are the same for the same seed: mulberry32, by T. Ettinger. */
const randomFrom = (seed: number) => {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** The items in an order that depends on the seed alone, every order as likely as any other. */
export const shuffle = <Item>(items: readonly Item[], seed: number): readonly Item[] => {
  const random = randomFrom(seed)
  const drawn = items.map((item) => ({ item, lot: random() }))
  return drawn.sort((a, b) => a.lot - b.lot).map(({ item }) => item)
}

/** What comes of a choice so far. */
export type Outcome =
  /** Some are not judged yet: so many. */
  | { name: 'judging'; left: number }
  /** More than one was kept, and something was rejected: these go on. */
  | { name: 'round over'; kept: readonly number[] }
  /** All were kept: that decides nothing. */
  | { name: 'all kept' }
  | { name: 'all rejected' }
  | { name: 'won'; winner: number }

export const outcomeOf = ({ shown, verdicts }: Pick<Standing, 'shown' | 'verdicts'>): Outcome => {
  const having = (verdict: Verdict) => shown.filter((side) => verdicts[side] === verdict)
  const [kept, rejected] = [having('kept'), having('rejected')]
  const open = shown.filter((side) => verdicts[side] !== 'rejected')
  const [last] = open
  // With all others out, nobody need say that the last is kept.
  if (last !== undefined && open.length === 1 && rejected.length > 0) return { name: 'won', winner: last }
  const left = shown.length - kept.length - rejected.length
  if (left > 0 || shown.length < 2) return { name: 'judging', left }
  if (kept.length === 0) return { name: 'all rejected' }
  return rejected.length === 0 ? { name: 'all kept' } : { name: 'round over', kept }
}

const standingOf = ({ round, shown, verdicts }: Choice): Standing => ({ round, shown, verdicts })

/** What a key or a button makes of a choice. What changes nothing answers the choice itself. */
export const choose = (choice: Choice, act: ChoiceAct): Choice => {
  switch (act.name) {
    case 'keep nth': {
      const side = choice.shown[act.nth - 1]
      return side === undefined ? choice : choose(choice, { name: 'judge', side, verdict: 'kept' })
    }
    case 'judge': {
      const { side, verdict } = act
      if (!choice.shown.includes(side) || choice.verdicts[side] === verdict) return choice
      return { ...choice, verdicts: choice.verdicts.with(side, verdict), past: [...choice.past, standingOf(choice)] }
    }
    case 'undo': {
      const before = choice.past.at(-1)
      return before ? { ...choice, ...before, past: choice.past.slice(0, -1) } : choice
    }
    case 'next round': {
      const outcome = outcomeOf(choice)
      if (outcome.name !== 'round over') return choice
      const verdicts = choice.verdicts.map((verdict) => (verdict === 'kept' ? 'undecided' : verdict))
      const past = [...choice.past, standingOf(choice)]
      return { ...choice, round: choice.round + 1, shown: outcome.kept, verdicts, past }
    }
    case 'blind': {
      const fresh = newChoice(choice.verdicts.length)
      if (!act.blind) return fresh
      const shown = shuffle(fresh.shown, act.seed)
      return { ...fresh, blind: true, shown, letters: fresh.shown.map((side) => shown.indexOf(side)) }
    }
    case 'again': {
      const fresh = newChoice(choice.verdicts.length)
      const shown = choice.blind
        ? fresh.shown.toSorted((a, b) => letterOf(choice, a) - letterOf(choice, b))
        : fresh.shown
      return { ...choice, round: 1, shown, verdicts: fresh.verdicts, past: [] }
    }
    default:
      return act satisfies never
  }
}

const letterOf = ({ letters }: Pick<Choice, 'letters'>, side: number): number => letters[side] ?? side

/** Whether names must not be told now. */
export const isHidden = (choice: Choice): boolean => choice.blind && outcomeOf(choice).name !== 'won'

/**
 * What the sides are called now: by their names, or by letters as long as nobody may know what is what. Whatever shows
 * a name anywhere must have it from here.
 */
export const namesFor = (choice: Choice, names: readonly string[]): readonly string[] =>
  isHidden(choice) ? names.map((_, side) => String.fromCharCode(65 + letterOf(choice, side))) : names

/**
 * The order in which lists name the sides: their own, or by letter as long as nobody may know what is what, since their
 * own order would tell.
 */
export const listOrder = (choice: Choice): readonly number[] => {
  const sides = choice.verdicts.map((_, side) => side)
  return isHidden(choice) ? sides.sort((a, b) => letterOf(choice, a) - letterOf(choice, b)) : sides
}
