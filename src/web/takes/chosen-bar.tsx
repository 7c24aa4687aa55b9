import { takeName } from '../data/take-title.ts'
import { Download, Star } from 'lucide-react'
import { routes } from '../../shared/routes.ts'
import { isAboutRenderer } from '../data/advice.ts'
import { rendererTitle } from '../data/renderer-titles.ts'
import { makerWords } from '../data/renderer-words.ts'
import { useResume } from '../data/resume.ts'
import { isRunning, type Take } from '../data/take.ts'
import { showRenderers } from '../state/dialogs.ts'
import { Button, IconButton, IconLink } from '../ui/button.tsx'
import { later } from '../ui/later.tsx'
import { onePress } from '../ui/one-press.ts'
import { restoreJobs, starTakes } from './acts/tidy.ts'
import { useTakeActions } from './take-actions.ts'
import { stateWords } from './take-words.ts'

const FrameMenu = later<{ job: string }>(async () => (await import('./acts/frame-menu.tsx')).FrameMenu)

const Trouble = ({ take }: { take: Take }) => {
  const { state } = take
  const who = rendererTitle(take.renderer)
  if (state.name === 'failed')
    return (
      <p className="text-soft">
        {state.error.message} {state.advice}
        {state.error.billed === 'maybe' && ` ${who} may have billed it.`}
      </p>
    )
  return state.name === 'cancelled' && state.billed ? <p className="text-soft">{who} may still bill it.</p> : null
}

/** What the take on the stage is, and what can be done with it. */
export const ChosenBar = ({ take }: { take: Take }) => {
  const { state, jobId } = take
  const actions = useTakeActions()
  const resume = useResume()
  const who = rendererTitle(take.renderer)
  if (isRunning(take) || state.name === 'lost') return null
  const name = takeName(take)
  return (
    <section
      aria-label="The take on the stage"
      className="flex shrink-0 flex-col gap-1 border-t border-line px-2 py-1.5"
    >
      <div className="flex items-center gap-1 pl-1">
        <p className="min-w-0 flex-1 leading-4">
          <span className="block truncate text-soft">{name}</span>
          <span className="block truncate text-xs text-faint">
            {makerWords(take)} · {stateWords(take, 0)}
            {take.seed !== null && ` · seed ${take.seed}`}
          </span>
        </p>
        {state.name === 'done' && jobId !== null && (
          <>
            <IconButton
              label="Star the take on the stage"
              pressed={take.starred}
              onClick={() => void starTakes([take])}
            >
              <Star size={16} fill={take.starred ? 'currentColor' : 'none'} aria-hidden />
            </IconButton>
            <IconLink
              label="Download the take on the stage"
              href={routes.jobContent(jobId)}
              download={state.output.filename}
            >
              <Download size={16} aria-hidden />
            </IconLink>
          </>
        )}
      </div>
      <Trouble take={take} />
      {resume.error && <p className="text-trouble">{resume.error.message}</p>}
      <div className="flex flex-wrap gap-1">
        {take.binned && jobId !== null && (
          <Button size="small" onClick={() => void restoreJobs([jobId])}>
            Restore
          </Button>
        )}
        {state.name === 'failed' && state.error.resumable && jobId !== null && (
          <Button
            size="small"
            disabled={resume.isPending}
            data-tip={`${who} still has it: fetches the result without a second order`}
            onClick={() => resume.mutate(jobId)}
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
        {state.name === 'done' && jobId !== null && <FrameMenu job={jobId} />}
        <Button size="small" onClick={() => void actions.reuse(take)}>
          Same settings
        </Button>
        <Button
          size="small"
          {...onePress(() => actions.retry(take))}
          data-tip="The same inputs; a new seed where none was given"
        >
          {state.name === 'done' ? 'Again' : 'Retry'}
        </Button>
      </div>
    </section>
  )
}
