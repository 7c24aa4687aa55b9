import { Check, RotateCcw, Undo2, X } from 'lucide-react'
import { type ReactNode, useId } from 'react'
import { Button, IconButton } from '../../ui/button.tsx'
import { classes } from '../../ui/classes.ts'
import { Switch } from '../../ui/switch.tsx'
import { type Choice, type ChoiceAct, namesFor, outcomeOf } from '../choose.ts'

const wordsOf = (choice: Choice, names: readonly string[]): string => {
  const outcome = outcomeOf(choice)
  const round = choice.round > 1 ? `Round ${choice.round}: ` : ''
  switch (outcome.name) {
    case 'judging':
      return `${round}${outcome.left} of ${choice.shown.length} to judge`
    case 'round over':
      return `${round}${outcome.kept.length} of ${choice.shown.length} kept`
    case 'all kept':
      return `${round}all are kept: reject at least one`
    case 'all rejected':
      return `${round}all are rejected: undo, or begin again`
    case 'won':
      return `Winner: ${names[outcome.winner]}`
    default:
      return outcome satisfies never
  }
}

const VERDICT_WORDS = { undecided: 'not judged', kept: 'kept', rejected: 'rejected' } as const

/** One side of the round: its number, its name, and what is said of it. */
const Candidate = ({
  choice,
  act,
  side,
  nth,
  name,
}: {
  choice: Choice
  act: (act: ChoiceAct) => void
  side: number
  nth: number
  name: string
}) => {
  const verdict = choice.verdicts[side] ?? 'undecided'
  const judge = (wanted: 'kept' | 'rejected') =>
    act({ name: 'judge', side, verdict: verdict === wanted ? 'undecided' : wanted })
  return (
    <li
      data-candidate={side}
      className="flex shrink-0 items-center rounded border border-edge/60 pl-2"
      aria-label={`${name}, ${VERDICT_WORDS[verdict]}`}
    >
      <span className="pr-1.5 text-faint" aria-hidden>
        {nth}
      </span>
      <span
        className={classes(
          'max-w-40 truncate pr-1',
          verdict === 'kept' && 'font-semibold',
          verdict === 'rejected' && 'text-faint line-through',
        )}
      >
        {name}
      </span>
      <IconButton
        label={`Keep ${name}`}
        title={`Keep (${nth})`}
        aria-pressed={verdict === 'kept'}
        className={verdict === 'kept' ? 'bg-ink text-panel hover:bg-ink hover:text-panel' : ''}
        onClick={() => judge('kept')}
      >
        <Check size={15} aria-hidden />
      </IconButton>
      <IconButton
        label={`Reject ${name}`}
        title="Reject (X)"
        aria-pressed={verdict === 'rejected'}
        className={verdict === 'rejected' ? 'bg-raised text-trouble' : ''}
        onClick={() => judge('rejected')}
      >
        <X size={15} aria-hidden />
      </IconButton>
    </li>
  )
}

/**
 * The controls of choosing. `names` are the real ones: what may be told of them now is decided here. `prize` stands
 * beside the winner's name.
 */
export const ChooseBar = ({
  choice,
  act,
  names,
  prize,
  drawSeed = () => crypto.getRandomValues(new Uint32Array(1))[0] ?? 0,
}: {
  choice: Choice
  act: (act: ChoiceAct) => void
  names: readonly string[]
  prize: (winner: number) => ReactNode
  /** What blind mode shuffles by. */
  drawSeed?: () => number
}) => {
  const blindId = useId()
  const told = namesFor(choice, names)
  const outcome = outcomeOf(choice)
  return (
    <section aria-label="Choose" className="flex flex-wrap items-center gap-x-3 gap-y-1 border-t border-line px-3 py-1">
      <label htmlFor={blindId} className="flex pointer-coarse:min-h-11 items-center gap-2 text-soft">
        <Switch
          id={blindId}
          checked={choice.blind}
          onChange={(blind) => act({ name: 'blind', blind, seed: drawSeed() })}
        />
        Blind
      </label>
      <ol className="scrollbar-quiet order-last flex w-full min-w-0 gap-1 overflow-x-auto p-0.5 xl:order-none xl:w-auto xl:min-w-72 xl:flex-1">
        {choice.shown.map((side, index) => (
          <Candidate key={side} {...{ choice, act, side }} nth={index + 1} name={told[side] ?? ''} />
        ))}
      </ol>
      <p
        role="status"
        className={classes(
          'max-w-full min-w-0 truncate xl:max-w-[38%]',
          outcome.name === 'won' ? 'font-semibold' : 'text-soft',
        )}
      >
        {wordsOf(choice, told)}
      </p>
      {outcome.name === 'won' && prize(outcome.winner)}
      <div className="ml-auto flex items-center gap-1">
        {outcome.name === 'round over' && (
          <Button size="small" look="accent" title="Next round (N)" onClick={() => act({ name: 'next round' })}>
            Next round
          </Button>
        )}
        <IconButton
          label="Undo"
          title="Undo (U)"
          disabled={choice.past.length === 0}
          onClick={() => act({ name: 'undo' })}
        >
          <Undo2 size={15} aria-hidden />
        </IconButton>
        <IconButton label="Begin again" disabled={choice.past.length === 0} onClick={() => act({ name: 'again' })}>
          <RotateCcw size={15} aria-hidden />
        </IconButton>
      </div>
    </section>
  )
}
