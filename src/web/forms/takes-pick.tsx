import { TAKES, type TakesAtOnce, useStudio } from '../state/studio.ts'
import { classes } from '../ui/classes.ts'
import { Segmented } from '../ui/segmented.tsx'
import type { Amount } from './plan-batch.ts'

const OPTIONS = TAKES.map((takes) => ({ value: String(takes), label: String(takes) }))

const takesOf = (picked: string): TakesAtOnce => TAKES.find((takes) => String(takes) === picked) ?? 1

/** How many takes are made of what stands in the form, and what that comes to with the alternatives of its prompt. */
export const TakesPick = ({ amount: { words, problem } }: { amount: Amount }) => {
  const takes = useStudio((state) => state.takes)
  const setTakes = useStudio((state) => state.setTakes)
  const fixed = useStudio((state) => typeof state.draft['seed'] === 'string' && takes > 1)
  const seeds = fixed ? 'Their seeds go on from the fixed one.' : null
  const said = problem ?? ([words, seeds].filter((each) => each !== null).join('. ') || null)
  return (
    <div className="flex flex-col gap-1">
      <div className="flex items-center gap-3">
        <span className="font-medium text-soft" aria-hidden>
          Takes
        </span>
        <div className="min-w-0 flex-1">
          <Segmented
            compact
            label="Takes"
            value={String(takes)}
            options={OPTIONS}
            onChange={(picked) => setTakes(takesOf(picked))}
          />
        </div>
      </div>
      <p role="status" className={classes('text-xs', problem === null ? 'text-faint' : 'text-trouble')} hidden={!said}>
        {said}
      </p>
    </div>
  )
}
