import { takeName } from '../data/take-title.ts'
import { Download, Star } from 'lucide-react'
import { routes } from '../../shared/routes.ts'
import { isAboutRenderer, resumableJob } from '../data/failure.ts'
import { rendererTitle } from '../data/renderer-titles.ts'
import { makerWords } from '../data/renderer-words.ts'
import { useMayChange } from '../data/me.ts'
import { useResume } from '../data/resume.ts'
import { isRunning, type Take } from '../data/take.ts'
import { showRenderers } from '../state/dialogs.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { IconLink } from '../ui/button-link.tsx'
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

const Summary = ({ take }: { take: Take }) => (
  <p className="min-w-0 flex-1 leading-4">
    <span className="block truncate text-soft">{takeName(take)}</span>
    <span className="block truncate text-xs text-faint">
      {makerWords(take)} · {stateWords(take, 0)}
      {take.seed !== null && ` · seed ${take.seed}`}
    </span>
  </p>
)

const StarAndDownload = ({ take }: { take: Take }) => {
  const { state, jobId, starred } = take
  if (state.name !== 'done' || jobId === null) return null
  return (
    <>
      <IconButton label="Star the take on the stage" pressed={starred} onClick={() => void starTakes([take])}>
        <Star size={16} fill={starred ? 'currentColor' : 'none'} aria-hidden />
      </IconButton>
      <IconLink label="Download the take on the stage" href={routes.jobContent(jobId)} download={state.output.filename}>
        <Download size={16} aria-hidden />
      </IconLink>
    </>
  )
}

/** The ways out of a failure, beside asking again: fetching what was ordered, and mending the renderer. */
const AfterFailure = ({ take, resume }: { take: Take; resume: ReturnType<typeof useResume> }) => {
  const { renderer } = take
  const mayChange = useMayChange()
  const resumable = resumableJob(take)
  return (
    <>
      {resumable !== null && mayChange(take) && (
        <Button
          size="small"
          disabled={resume.isPending}
          data-tip={`${rendererTitle(renderer)} still has it: fetches the result without a second order`}
          onClick={() => resume.mutate(resumable)}
        >
          Fetch the result
        </Button>
      )}
      {isAboutRenderer(take) && (
        <Button size="small" onClick={() => showRenderers(renderer)}>
          Renderers…
        </Button>
      )}
    </>
  )
}

/** The ways on from any take that has ended. */
const WaysOn = ({ take }: { take: Take }) => {
  const { state, jobId } = take
  const actions = useTakeActions()
  const done = state.name === 'done'
  return (
    <>
      {done && (
        <Button size="small" onClick={() => void actions.toInput(take)}>
          Use as input
        </Button>
      )}
      {done && jobId !== null && <FrameMenu job={jobId} />}
      <Button size="small" onClick={() => void actions.reuse(take)}>
        Same settings
      </Button>
      <Button
        size="small"
        {...onePress(() => actions.retry(take))}
        data-tip="The same inputs; a new seed where none was given"
      >
        {done ? 'Again' : 'Retry'}
      </Button>
    </>
  )
}

/** What the take on the stage is, and what can be done with it. */
export const ChosenBar = ({ take }: { take: Take }) => {
  const { state, jobId } = take
  const resume = useResume()
  if (isRunning(take) || state.name === 'lost') return null
  return (
    <section
      aria-label="The take on the stage"
      className="flex shrink-0 flex-col gap-1 border-t border-line px-2 py-1.5"
    >
      <div className="flex items-center gap-1 pl-1">
        <Summary take={take} />
        <StarAndDownload take={take} />
      </div>
      <Trouble take={take} />
      {resume.error && <p className="text-trouble">{resume.error.message}</p>}
      <div className="flex flex-wrap gap-1">
        {take.binned && jobId !== null && (
          <Button size="small" onClick={() => void restoreJobs([jobId])}>
            Restore
          </Button>
        )}
        <AfterFailure take={take} resume={resume} />
        <WaysOn take={take} />
      </div>
    </section>
  )
}
