import { CloudDownload, PencilLine, RotateCcw, Server, X } from 'lucide-react'
import { cancelTake } from '../data/generate.ts'
import { useMayChange } from '../data/me.ts'
import { useResume } from '../data/resume.ts'
import { billWords, isAboutRenderer, resumableJob } from '../data/failure.ts'
import { rendererTitle } from '../data/renderer-titles.ts'
import { makerWords } from '../data/renderer-words.ts'
import { isRunning, sourceIdOf, type Take } from '../data/take.ts'
import { showRenderers } from '../state/dialogs.ts'
import { routes } from '../../shared/routes.ts'
import { Button } from '../ui/button.tsx'
import { formatElapsed } from '../ui/format.ts'
import { onePress } from '../ui/one-press.ts'
import { Progress } from '../ui/progress.tsx'
import { useNow } from '../ui/use-now.ts'

type Words = { title: string; text: string; progress?: number | null }

const wordsOf = (take: Take, now: number): Words => {
  const { state } = take
  const isLocal = take.renderer === 'local'
  const who = isLocal ? 'The local engine' : rendererTitle(take.renderer)
  switch (state.name) {
    case 'submitting':
      return { title: 'Submitting', text: 'The server takes the job in.' }
    case 'queued':
      return {
        title: state.position === 1 ? 'Next in the queue' : `Number ${state.position} in the queue`,
        text: 'It starts by itself when the takes before it are done.',
      }
    case 'sending':
      return {
        title: 'Sending',
        text: `The inputs are on their way to ${isLocal ? 'the engine' : who}.`,
      }
    case 'rendering': {
      const elapsed = formatElapsed((now - state.since) / 1000)
      return {
        title: state.progress === null ? `Rendering, ${elapsed}` : `Rendering, ${Math.floor(state.progress * 100)} %`,
        text: state.progress === null ? `${who} does not tell how far it is.` : `${who} has been at it for ${elapsed}.`,
        progress: state.progress,
      }
    }
    case 'fetching':
      return { title: 'Fetching', text: 'The result is on its way to this page.' }
    case 'cancelling':
      return { title: 'Cancelling', text: 'The server has been told.' }
    case 'failed':
      return {
        title: 'This take failed',
        text: [
          state.error.message,
          state.advice,
          billWords(state.error, take.renderer, take.renderer === 'decart' || take.estimate !== null),
        ]
          .filter((part) => part !== '')
          .join(' '),
      }
    case 'cancelled':
      return {
        title: 'Cancelled',
        text: state.billed
          ? take.renderer === 'decart'
            ? 'Decart may still bill it: its cloud has no way to stop a job.'
            : `${who} may still bill it.`
          : 'Nothing was kept of it.',
      }
    case 'lost':
      return { title: 'Not sent', text: `${state.message} Retry is safe: the server makes it only once.` }
    case 'done':
      return { title: 'Done', text: '' }
    default:
      return state satisfies never
  }
}

const CancelButton = ({ take }: { take: Take }) => {
  const mayChange = useMayChange()
  if (!mayChange(take)) return null
  return (
    <Button {...onePress(() => cancelTake(take))}>
      <X size={16} aria-hidden />
      Cancel
    </Button>
  )
}

type Again = {
  take: Take
  onRetry: () => void
  /** Makes it with the local engine instead; null where that has no draft of it. */
  onDraft: (() => void) | null
}

/** What can be done about a take that ended without a result. */
const WaysOn = ({ take, onRetry, onDraft }: Again) => {
  const mayChange = useMayChange()
  const resume = useResume()
  const resumable = resumableJob(take)
  return (
    <>
      {resume.error && <p className="text-trouble">{resume.error.message}</p>}
      <div className="flex flex-wrap justify-center gap-2">
        {resumable !== null && mayChange(take) && (
          <Button disabled={resume.isPending} onClick={() => resume.mutate(resumable)}>
            <CloudDownload size={16} aria-hidden />
            Fetch the result
          </Button>
        )}
        <Button {...onePress(onRetry)}>
          <RotateCcw size={16} aria-hidden />
          Retry
        </Button>
        {onDraft && (
          <Button {...onePress(onDraft)} data-tip="Free, on this machine">
            <PencilLine size={16} aria-hidden />
            Make it locally
          </Button>
        )}
        {isAboutRenderer(take) && (
          <Button onClick={() => showRenderers(take.renderer)}>
            <Server size={16} aria-hidden />
            Renderers
          </Button>
        )}
      </div>
    </>
  )
}

/** What the stage shows of a take that has nothing to show yet, or never will. */
export const Waiting = ({ take, onRetry, onDraft }: Again) => {
  const running = isRunning(take)
  const now = useNow(running)
  const { title, text, progress } = wordsOf(take, now)
  const sourceId = sourceIdOf(take)
  return (
    <div className="flex size-full flex-col items-center justify-center gap-4 text-center">
      {sourceId?.startsWith('file_') && (
        <img
          src={routes.fileThumbnail(sourceId)}
          alt="Source"
          className="max-h-[45%] max-w-[min(28rem,100%)] object-contain opacity-60"
        />
      )}
      <div className="flex w-full max-w-md flex-col items-center gap-3">
        <h2 className="text-base font-semibold">{title}</h2>
        {running && take.state.name !== 'queued' && (
          <Progress value={progress ?? null} label={`${title}, ${makerWords(take)}`} className="w-full max-w-64" />
        )}
        <p className="text-soft" role={running ? undefined : 'alert'}>
          {text}
        </p>
        {!running && <WaysOn take={take} onRetry={onRetry} onDraft={onDraft} />}
        {running && take.state.name !== 'cancelling' && <CancelButton take={take} />}
      </div>
    </div>
  )
}
