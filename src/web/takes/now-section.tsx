import { takeTitle } from '../data/take-title.ts'
import { RotateCcw, X } from 'lucide-react'
import { memo } from 'react'
import { useMayChange } from '../data/me.ts'
import { useQueue } from '../data/queue.ts'
import { isRunning, type Take } from '../data/take.ts'
import { makerWords } from '../data/renderer-words.ts'
import { IconButton } from '../ui/button.tsx'
import { onePress } from '../ui/one-press.ts'
import { Progress } from '../ui/progress.tsx'
import { useNow } from '../ui/use-now.ts'
import { type TakeActions, useTakeActions } from './take-actions.ts'
import { stateWords } from './take-words.ts'

/** Of those that wait, so many are shown: the rest is a number. */
const SHOWN_WAITING = 4

const isWaiting = ({ state }: Take): boolean => state.name === 'queued'

const placeOf = ({ state }: Take): number => (state.name === 'queued' ? state.position : 0)

const Row = memo(({ take, actions }: { take: Take; actions: TakeActions }) => {
  const { state } = take
  const now = useNow(isRunning(take))
  const mayChange = useMayChange()
  const title = takeTitle(take)
  const words = stateWords(take, now)
  return (
    <li className="px-3 py-1">
      <div className="flex items-center gap-2">
        <p className="min-w-0 flex-1 leading-4">
          <span className="block truncate text-soft">{title}</span>
          <span className={`block truncate text-xs ${state.name === 'lost' ? 'text-trouble' : 'text-faint'}`}>
            {makerWords(take)} · {words}
          </span>
        </p>
        {state.name === 'lost' ? (
          <>
            <IconButton label={`Retry ${title}`} {...onePress(() => actions.retry(take))}>
              <RotateCcw size={16} aria-hidden />
            </IconButton>
            <IconButton label={`Dismiss ${title}`} onClick={() => actions.dismiss(take)}>
              <X size={16} aria-hidden />
            </IconButton>
          </>
        ) : (
          // Nothing where Cancel just was: a second click must not hit something else.
          state.name !== 'cancelling' &&
          mayChange(take) && (
            <IconButton label={`Cancel ${title}`} {...onePress(() => actions.cancel(take))}>
              <X size={16} aria-hidden />
            </IconButton>
          )
        )}
      </div>
      {isRunning(take) && !isWaiting(take) && (
        <Progress
          value={state.name === 'rendering' ? state.progress : null}
          label={`${title}, progress`}
          className="mt-1"
        />
      )}
      {state.name === 'lost' && (
        <p className="text-xs text-soft">{state.message} Retry is safe: the server makes it only once.</p>
      )}
      {take.cancelProblem !== null && (
        <p role="alert" className="text-xs text-trouble">
          It could not be cancelled: {take.cancelProblem}
        </p>
      )}
    </li>
  )
})

/** What the server says of its queues, or what is known of it here where it has said nothing. */
const useCounts = (takes: readonly Take[]): { running: number; waiting: number } => {
  const totals = Object.values(useQueue((state) => state.totals))
  const waiting = takes.filter(isWaiting).length
  return totals.length === 0
    ? { running: takes.filter(isRunning).length - waiting, waiting }
    : {
        running: totals.reduce((sum, renderer) => sum + renderer.running, 0),
        waiting: Math.max(
          waiting,
          totals.reduce((sum, renderer) => sum + renderer.waiting, 0),
        ),
      }
}

/** What runs, the first that wait, how many do, and what was never answered for. Nothing while there is none of it. */
export const NowSection = ({ takes }: { takes: readonly Take[] }) => {
  const actions = useTakeActions()
  const { running, waiting } = useCounts(takes)
  const open = takes.filter((take) => isRunning(take) || take.state.name === 'lost')
  if (open.length === 0) return null
  const going = open.filter((take) => !isWaiting(take))
  const next = open.filter(isWaiting).toSorted((a, b) => placeOf(a) - placeOf(b))
  const rest = waiting - Math.min(next.length, SHOWN_WAITING)
  const counts = [running > 0 && `${running} running`, waiting > 0 && `${waiting} waiting`].filter(Boolean).join(', ')
  return (
    <section aria-label="Now" className="shrink-0 border-b border-line pb-1">
      <p role="status" className="flex justify-between px-3 pt-1.5 text-xs">
        <span className="font-medium text-soft">Now</span>
        <span className="text-faint">{counts}</span>
      </p>
      <ul className="scrollbar-quiet max-h-60 overflow-y-auto">
        {[...going, ...next.slice(0, SHOWN_WAITING)].map((take) => (
          <Row key={take.id} take={take} actions={actions} />
        ))}
      </ul>
      {rest > 0 && <p className="px-3 py-1 text-xs text-faint">and {rest} more waiting</p>}
    </section>
  )
}
