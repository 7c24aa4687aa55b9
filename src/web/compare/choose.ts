export type Verdict = 'undecided' | 'kept' | 'rejected'

/** So many are looked at together; with more, a round is seen in several groups. */
export const GROUP = 8

/** How the choosing stood at one time. Sides are indices into all that are chosen among. */
type Standing = {
  /** From 1. */
  round: number
  /** The sides that were seen before in this round. */
  passed: readonly number[]
  /** The sides that are looked at now, in the order that they are shown in. */
  shown: readonly number[]
  /** The sides of this round that are still to be seen. */
  waiting: readonly number[]
  /** By side. Those that are not in this round keep what an earlier one said of them. */
  verdicts: readonly Verdict[]
  /** Whether the person is content with what is kept. */
  stopped: boolean
}

/** Choosing the best of several sides, by rounds. */
export type Choice = Standing & {
  /** Hides what is what until it is over. */
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
  /** To the next group of this round, or to the next round. */
  | { name: 'go on' }
  /** Leaves it at those that are kept. */
  | { name: 'stop' }
  /** Begins again with all sides, shuffled by the seed where it is blind. */
  | { name: 'blind'; blind: boolean; seed: number }
  | { name: 'again' }

/** The next group of as many sides as there are, and the rest. Groups of a round are as equal as can be. */
const deal = (sides: readonly number[]): Pick<Standing, 'shown' | 'waiting'> => {
  const size = Math.ceil(sides.length / Math.max(1, Math.ceil(sides.length / GROUP)))
  return { shown: sides.slice(0, size), waiting: sides.slice(size) }
}

const beginning = (sides: readonly number[], round = 1) => ({ round, passed: [], ...deal(sides), stopped: false })

/** Nothing judged yet: all sides in their own order, or those that are shown. */
export const newChoice = (count: number, shown?: readonly number[]): Choice => {
  const sides = Array.from({ length: count }, (_, side) => side)
  return {
    ...beginning(shown ?? sides),
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
  /** Some of those that are shown are not judged yet: so many. */
  | { name: 'judging'; left: number }
  /** All that are shown are judged, and others of this round are still to be seen: so many come next. */
  | { name: 'group over'; next: number }
  /** More than one was kept, and something was rejected: these go on. */
  | { name: 'round over'; kept: readonly number[] }
  /** All were kept: that decides nothing. */
  | { name: 'all kept' }
  | { name: 'all rejected' }
  | { name: 'won'; winner: number }
  /** The person left it at these, more than one. */
  | { name: 'stopped'; kept: readonly number[] }

type Judged = Pick<Standing, 'passed' | 'shown' | 'waiting' | 'verdicts' | 'stopped'>

/** All sides of this round. */
const fieldOf = ({ passed, shown, waiting }: Judged): readonly number[] => [...passed, ...shown, ...waiting]

/** The sides of this round of which that was said. */
const having = (judged: Judged, verdict: Verdict): readonly number[] =>
  fieldOf(judged).filter((side) => judged.verdicts[side] === verdict)

export const outcomeOf = (judged: Judged): Outcome => {
  const { passed, shown, waiting, verdicts, stopped } = judged
  const [kept, rejected] = [having(judged, 'kept'), having(judged, 'rejected')]
  const open = fieldOf(judged).filter((side) => verdicts[side] !== 'rejected')
  const [last] = open
  // With all others out, nobody need say that the last is kept.
  if (last !== undefined && open.length === 1 && rejected.length > 0) return { name: 'won', winner: last }
  if (stopped)
    return kept.length === 1 && kept[0] !== undefined ? { name: 'won', winner: kept[0] } : { name: 'stopped', kept }
  const left = shown.filter((side) => verdicts[side] === 'undecided').length
  if (left > 0 || passed.length + shown.length < 2) return { name: 'judging', left }
  if (waiting.length > 0) return { name: 'group over', next: deal(waiting).shown.length }
  if (kept.length === 0) return { name: 'all rejected' }
  return rejected.length === 0 ? { name: 'all kept' } : { name: 'round over', kept }
}

/** How far this round is: sides that were judged, of all, and how many of them were kept. */
export const progressOf = (choice: Choice): { judged: number; of: number; kept: number } => ({
  judged: fieldOf(choice).length - having(choice, 'undecided').length,
  of: fieldOf(choice).length,
  kept: having(choice, 'kept').length,
})

/** The sides that the choice ended with: none as long as it goes on. */
export const chosenOf = (choice: Choice): readonly number[] => {
  const outcome = outcomeOf(choice)
  if (outcome.name === 'won') return [outcome.winner]
  return outcome.name === 'stopped' ? outcome.kept : []
}

const standingOf = ({ round, passed, shown, waiting, verdicts, stopped }: Choice): Standing => ({
  round,
  passed,
  shown,
  waiting,
  verdicts,
  stopped,
})

const goOn = (choice: Choice): Choice => {
  const outcome = outcomeOf(choice)
  const past = [...choice.past, standingOf(choice)]
  if (outcome.name === 'group over')
    return { ...choice, passed: [...choice.passed, ...choice.shown], ...deal(choice.waiting), past }
  if (outcome.name !== 'round over') return choice
  const verdicts = choice.verdicts.map((verdict) => (verdict === 'kept' ? 'undecided' : verdict))
  return { ...choice, ...beginning(outcome.kept, choice.round + 1), verdicts, past }
}

const stop = (choice: Choice): Choice => {
  const kept = having(choice, 'kept')
  if (kept.length === 0 || chosenOf(choice).length > 0) return choice
  const past = [...choice.past, standingOf(choice)]
  return { ...choice, passed: kept.slice(GROUP), shown: kept.slice(0, GROUP), waiting: [], stopped: true, past }
}

const judge = (choice: Choice, side: number, verdict: Verdict): Choice => {
  const before = choice.verdicts[side]
  if (choice.stopped || !choice.shown.includes(side) || before === verdict) return choice
  const judged = {
    ...choice,
    verdicts: choice.verdicts.with(side, verdict),
    past: [...choice.past, standingOf(choice)],
  }
  // Of two that were kept one goes: the choice was between these two, and is over. Undo goes on with all others.
  const isFinal = before === 'kept' && verdict === 'rejected' && choice.waiting.length === 0
  return isFinal && having(judged, 'kept').length === 1 ? stop(judged) : judged
}

/** What a key or a button makes of a choice. What changes nothing answers the choice itself. */
export const choose = (choice: Choice, act: ChoiceAct): Choice => {
  switch (act.name) {
    case 'keep nth': {
      const side = choice.shown[act.nth - 1]
      return side === undefined ? choice : judge(choice, side, 'kept')
    }
    case 'judge':
      return judge(choice, act.side, act.verdict)
    case 'undo': {
      const before = choice.past.at(-1)
      return before ? { ...choice, ...before, past: choice.past.slice(0, -1) } : choice
    }
    case 'go on':
      return goOn(choice)
    case 'stop':
      return stop(choice)
    case 'blind': {
      const fresh = newChoice(choice.verdicts.length)
      if (!act.blind) return fresh
      const order = shuffle(fresh.letters, act.seed)
      return { ...fresh, blind: true, ...deal(order), letters: fresh.letters.map((side) => order.indexOf(side)) }
    }
    case 'again': {
      const fresh = newChoice(choice.verdicts.length)
      const sides = choice.blind
        ? fresh.letters.toSorted((a, b) => letterOf(choice, a) - letterOf(choice, b))
        : fresh.letters
      return { ...choice, ...beginning(sides), verdicts: fresh.verdicts, past: [] }
    }
    default:
      return act satisfies never
  }
}

const letterOf = ({ letters }: Pick<Choice, 'letters'>, side: number): number => letters[side] ?? side

/** A to Z, and then AA and on. */
const letterName = (index: number): string =>
  (index < 26 ? '' : letterName(Math.floor(index / 26) - 1)) + String.fromCharCode(65 + (index % 26))

/** Whether names must not be told now. */
export const isHidden = (choice: Choice): boolean => choice.blind && chosenOf(choice).length === 0

/**
 * What the sides are called now: by their names, or by letters as long as nobody may know what is what. Whatever shows
 * a name anywhere must have it from here.
 */
export const namesFor = (choice: Choice, names: readonly string[]): readonly string[] =>
  isHidden(choice) ? names.map((_, side) => letterName(letterOf(choice, side))) : names

/**
 * The order in which lists name sides: their own, or by letter as long as nobody may know what is what, since their own
 * order would tell.
 */
export const listOrder = (choice: Choice, sides: readonly number[]): readonly number[] =>
  isHidden(choice) ? sides.toSorted((a, b) => letterOf(choice, a) - letterOf(choice, b)) : sides

/**
 * The sides that a viewer is opened with: all where they fit, else those that are shown. `before` stay as long as they
 * have what is shown, so that nothing is opened again.
 */
export const viewerSides = ({ shown, verdicts }: Choice, before?: readonly number[]): readonly number[] => {
  if (before && shown.every((side) => before.includes(side))) return before
  return verdicts.length <= GROUP ? verdicts.map((_, side) => side) : shown.toSorted((a, b) => a - b)
}
