import { RotateCcw, Undo2 } from 'lucide-react'
import { type ReactNode, useId } from 'react'
import { Button, IconButton } from '../../ui/button.tsx'
import { classes } from '../../ui/classes.ts'
import { Switch } from '../../ui/switch.tsx'
import { type Choice, type ChoiceAct, chosenOf, namesFor, outcomeOf, progressOf } from '../choose.ts'

const outcomeWords = (choice: Choice, names: readonly string[]): string => {
  const outcome = outcomeOf(choice)
  const { of, kept } = progressOf(choice)
  switch (outcome.name) {
    case 'judging':
      return `${outcome.left} left`
    case 'group over':
      return `${kept} kept so far`
    case 'round over':
      return `${kept} of ${of} kept`
    case 'all kept':
      return 'All are kept: reject at least one'
    case 'all rejected':
      return 'All are rejected: undo, or begin again'
    case 'won':
      return `Winner: ${names[outcome.winner]}`
    case 'stopped':
      return `${outcome.kept.length} kept`
    default:
      return outcome satisfies never
  }
}

/** `Round 2 · 8 of 23 seen · 3 left` */
const wordsOf = (choice: Choice, names: readonly string[]): string => {
  const { judged, of } = progressOf(choice)
  const inGroups = choice.passed.length + choice.waiting.length > 0
  if (chosenOf(choice).length > 0) return outcomeWords(choice, names)
  return [
    ...(choice.round > 1 || inGroups ? [`Round ${choice.round}`] : []),
    ...(inGroups ? [`${judged} of ${of} seen`] : []),
    outcomeWords(choice, names),
  ].join(' · ')
}

const Onward = ({ choice, act }: { choice: Choice; act: (act: ChoiceAct) => void }) => {
  const outcome = outcomeOf(choice)
  if (outcome.name !== 'round over' && outcome.name !== 'group over') return null
  return (
    <Button size="small" variant="accent" data-tip="Go on" data-keys="n" onClick={() => act({ name: 'go on' })}>
      {outcome.name === 'round over' ? 'Next round' : `Next ${outcome.next}`}
      <kbd className="font-normal opacity-80">N</kbd>
    </Button>
  )
}

/**
 * The controls of choosing; what is said of a side stands on its picture. `names` are the real ones: what may be told of
 * them now is decided here. `prize` stands beside what was chosen, when it is over.
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
  prize: (chosen: readonly number[]) => ReactNode
  /** What blind mode shuffles by. */
  drawSeed?: () => number
}) => {
  const blindId = useId()
  const chosen = chosenOf(choice)
  const isOver = chosen.length > 0
  const nothingDone = choice.past.length === 0
  return (
    <section
      aria-label="Choose"
      className="flex min-h-10 flex-wrap items-center gap-x-3 gap-y-1 border-t border-line px-3 py-1"
    >
      <p role="status" className={classes('max-w-full min-w-0 truncate', isOver ? 'font-semibold' : 'text-soft')}>
        {wordsOf(choice, namesFor(choice, names))}
      </p>
      {isOver ? (
        prize(chosen)
      ) : (
        <>
          <Onward choice={choice} act={act} />
          {choice.verdicts.length > choice.shown.length && progressOf(choice).kept > 1 && (
            <Button size="small" variant="quiet" onClick={() => act({ name: 'stop' })}>
              Stop with {progressOf(choice).kept} kept
            </Button>
          )}
          <label htmlFor={blindId} className="flex pointer-coarse:min-h-11 items-center gap-2 text-soft">
            <Switch
              id={blindId}
              checked={choice.blind}
              onChange={(blind) => act({ name: 'blind', blind, seed: drawSeed() })}
            />
            Blind
          </label>
          <p className="text-xs text-faint max-xl:hidden pointer-coarse:hidden">
            Click or 1–{choice.shown.length} keeps, Alt-click or X rejects
          </p>
        </>
      )}
      <div className="ml-auto flex items-center gap-1">
        <IconButton label="Undo" data-keys="u mod+z" disabled={nothingDone} onClick={() => act({ name: 'undo' })}>
          <Undo2 size={15} aria-hidden />
        </IconButton>
        <IconButton label="Begin again" disabled={nothingDone} onClick={() => act({ name: 'again' })}>
          <RotateCcw size={15} aria-hidden />
        </IconButton>
      </div>
    </section>
  )
}
