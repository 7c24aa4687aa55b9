import { isAboutRenderer } from '../data/advice.ts'
import { rendererTitle } from '../data/renderer-titles.ts'
import { isRunning, type Take } from '../data/take.ts'
import { showRenderers } from '../state/dialogs.ts'
import { Button } from '../ui/button.tsx'
import { onePress } from '../ui/one-press.ts'
import { useResume } from '../data/resume.ts'
import type { TakeActions } from './take-actions.ts'

/** What can be done with the chosen take, and what went wrong with it. */
export const RowActions = ({ take, actions }: { take: Take; actions: TakeActions }) => {
  const { state } = take
  const over = !isRunning(take)
  const resume = useResume()
  const who = rendererTitle(take.renderer)
  return (
    <div className="flex flex-col gap-2 pr-2 pb-2 pl-3">
      {state.name === 'failed' && (
        <p className="text-soft">
          {state.error.message} {state.advice}
          {state.error.billed === 'maybe' && ` ${who} may have billed it.`}
        </p>
      )}
      {state.name === 'lost' && (
        <p className="text-soft">{state.message} Retry is safe: the server makes it only once.</p>
      )}
      {state.name === 'cancelled' && state.billed && <p className="text-soft">{who} may still bill it.</p>}
      {take.cancelProblem !== null && <p className="text-trouble">It could not be cancelled: {take.cancelProblem}</p>}
      {resume.error && <p className="text-trouble">{resume.error.message}</p>}
      {over && (
        <div className="flex flex-wrap gap-1">
          {state.name === 'failed' && state.error.resumable && take.jobId !== null && (
            <Button
              size="small"
              disabled={resume.isPending}
              title={`${who} still has it: fetches the result without a second order`}
              onClick={() => take.jobId !== null && resume.mutate(take.jobId)}
            >
              Fetch the result
            </Button>
          )}
          {state.name === 'failed' && take.renderer !== 'local' && isAboutRenderer(state.error) && (
            <Button size="small" onClick={() => showRenderers(take.renderer)}>
              Renderers…
            </Button>
          )}
          {state.name === 'done' && (
            <Button size="small" onClick={() => void actions.toInput(take)}>
              Use as input
            </Button>
          )}
          <Button size="small" onClick={() => void actions.reuse(take)}>
            Same settings
          </Button>
          {(state.name === 'done' || state.name === 'cancelled') && (
            <Button
              size="small"
              {...onePress(() => actions.retry(take))}
              title="The same inputs; a new seed where none was given"
            >
              {state.name === 'done' ? 'Again' : 'Retry'}
            </Button>
          )}
          {state.name === 'lost' && (
            <Button size="small" onClick={() => actions.dismiss(take)}>
              Dismiss
            </Button>
          )}
        </div>
      )}
    </div>
  )
}
