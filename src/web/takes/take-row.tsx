import { CircleSlash, Download, Hourglass, Plus, RotateCcw, Star, TriangleAlert, X } from 'lucide-react'
import { memo, type ReactNode } from 'react'
import { routes } from '../../shared/routes.ts'
import { useStarProblems } from '../data/star-problems.ts'
import { makerWords } from '../data/renderer-words.ts'
import { isRunning, type Take } from '../data/take.ts'
import { IconButton, IconLink } from '../ui/button.tsx'
import { classes } from '../ui/classes.ts'
import { onePress } from '../ui/one-press.ts'
import { pressedKey } from '../ui/pressed-key.ts'
import { Progress } from '../ui/progress.tsx'
import { useNow } from '../ui/use-now.ts'
import { type How, howOf } from './how.ts'
import type { TakeActions } from './take-actions.ts'
import { RowActions } from './row-actions.tsx'
import { walk } from './walk.ts'
import { stateWords, takeTime, takeTitle } from './take-words.ts'

const Thumbnail = ({ take }: { take: Take }) => {
  const { state, jobId } = take
  let inside: ReactNode = null
  if (state.name === 'done' && jobId !== null)
    inside = (
      <img
        src={routes.jobThumbnail(jobId)}
        alt=""
        loading="lazy"
        // Dragged, it would bring the small still along, not the take.
        draggable={false}
        decoding="async"
        className="size-full object-contain"
      />
    )
  else if (state.name === 'failed' || state.name === 'lost')
    inside = <TriangleAlert size={18} strokeWidth={1.5} className="text-trouble" aria-hidden />
  else if (state.name === 'cancelled')
    inside = <CircleSlash size={18} strokeWidth={1.5} className="text-faint" aria-hidden />
  else if (state.name === 'queued')
    inside = <Hourglass size={18} strokeWidth={1.5} className="text-faint" aria-hidden />
  else inside = <span className="working size-2 rounded-full bg-amber" aria-hidden />
  return (
    <span className="flex h-12 w-20 shrink-0 min-[900px]:max-xl:w-18 items-center justify-center overflow-hidden rounded-sm bg-room">
      {inside}
    </span>
  )
}

const QuickAction = ({ take, actions }: { take: Take; actions: TakeActions }) => {
  const title = takeTitle(take)
  switch (take.state.name) {
    case 'done':
      return take.jobId === null ? null : (
        <IconLink
          label={`Download ${title}`}
          href={routes.jobContent(take.jobId)}
          download={take.state.output.filename}
        >
          <Download size={16} aria-hidden />
        </IconLink>
      )
    case 'failed':
    case 'lost':
      return (
        <IconButton label={`Retry ${title}`} {...onePress(() => actions.retry(take))}>
          <RotateCcw size={16} aria-hidden />
        </IconButton>
      )
    // Nothing where Cancel just was: a second click must not start it again.
    case 'cancelling':
    case 'cancelled':
      return null
    default:
      return (
        <IconButton label={`Cancel ${title}`} {...onePress(() => actions.cancel(take))}>
          <X size={16} aria-hidden />
        </IconButton>
      )
  }
}

const StarButton = ({ take, actions }: { take: Take; actions: TakeActions }) => (
  <IconButton
    label={`Star ${takeTitle(take)}`}
    aria-pressed={take.starred}
    onClick={() => actions.star(take)}
    className={take.starred ? 'text-ink' : 'text-faint'}
  >
    <Star size={16} fill={take.starred ? 'currentColor' : 'none'} aria-hidden />
  </IconButton>
)

/** Marks a take to be compared: its number there, or a plus that is seen on the row that is pointed at. */
const MarkButton = ({ title, mark, onMark }: { title: string; mark: number; onMark: () => void }) => (
  <button
    type="button"
    aria-label={`Compare ${title}`}
    title="Compare"
    aria-pressed={mark > 0}
    onClick={onMark}
    className={classes(
      'absolute top-2 left-3 flex size-6 pointer-coarse:size-11 rounded-sm p-0.5',
      mark === 0 && 'opacity-0 group-hover:opacity-100 focus-visible:opacity-100 pointer-coarse:opacity-100',
    )}
  >
    <span
      className={classes(
        'flex size-5 items-center justify-center rounded-[3px] text-xs font-semibold',
        mark > 0 ? 'bg-white text-black' : 'bg-black/70 text-white',
      )}
    >
      {mark > 0 ? mark : <Plus size={14} aria-hidden />}
    </span>
  </button>
)

/** Small words in a row, which wrap whole; the dot before the first of each line is cut off. */
const Facts = ({ facts, trouble }: { facts: readonly string[]; trouble: boolean }) => (
  <span className={classes('block overflow-hidden text-xs', trouble ? 'text-trouble' : 'text-faint')}>
    <span className="-ml-3 flex flex-wrap">
      {facts.map((fact) => (
        <span key={fact} className="flex before:w-3 before:shrink-0 before:text-center before:content-['·']">
          {fact}
        </span>
      ))}
    </span>
  </span>
)

/** One take in the list. It shows; what goes on goes on without it. */
export const TakeRow = memo(
  ({
    take,
    chosen,
    mark,
    onChoose,
    actions,
  }: {
    take: Take
    chosen: boolean
    /** Its number in the comparison; 0 where it is not in it. */
    mark: number
    onChoose: (take: Take, how: How) => void
    actions: TakeActions
  }) => {
    const { state } = take
    const running = isRunning(take)
    const done = state.name === 'done'
    const starProblem = useStarProblems((problems) => problems[take.jobId ?? ''])
    const now = useNow(running)
    const words = stateWords(take, now)
    const title = takeTitle(take)
    return (
      <li
        className={classes(
          'group relative border-b border-line [contain-intrinsic-size:auto_65px] [content-visibility:auto]',
          chosen && 'bg-raised',
        )}
      >
        {chosen && <span className="chosen-bar absolute inset-y-0 left-0 w-0.5 bg-amber" aria-hidden />}
        <div className="flex items-center gap-1 pr-2">
          <button
            type="button"
            aria-pressed={chosen}
            aria-label={`${title}, ${makerWords(take)}, ${words}${take.starred ? ', starred' : ''}`}
            tabIndex={chosen ? 0 : -1}
            data-take={take.id}
            // The chosen row has nothing left to do: Space plays what it has put on the stage.
            data-yields-space={chosen || undefined}
            aria-keyshortcuts={done ? 'c' : undefined}
            onClick={(event) => onChoose(take, howOf(event))}
            onKeyDown={(event) => {
              if (pressedKey(event) === 'c' && howOf(event) === 'alone' && !event.altKey) onChoose(take, 'toggle')
              else walk(event)
            }}
            className="flex min-w-0 flex-1 items-center gap-3 py-2 pl-3 text-left select-none outline-offset-[-2px]"
          >
            <Thumbnail take={take} />
            <span className="min-w-0 flex-1 leading-[18px]">
              <span className={classes('line-clamp-2 break-words', chosen ? 'text-ink' : 'text-soft')}>{title}</span>
              <Facts
                facts={[...makerWords(take).split(' · '), words, ...(running ? [] : [takeTime(take.createdAt, now)])]}
                trouble={state.name === 'failed' || state.name === 'lost'}
              />
            </span>
          </button>
          {done && <MarkButton title={title} mark={mark} onMark={() => onChoose(take, 'toggle')} />}
          <div className="flex flex-col pointer-coarse:flex-row-reverse">
            <QuickAction take={take} actions={actions} />
            {done && <StarButton take={take} actions={actions} />}
          </div>
        </div>
        {running && state.name !== 'queued' && (
          <Progress
            value={state.name === 'rendering' ? state.progress : null}
            label={`${title}, progress`}
            className="mx-3 mb-2"
          />
        )}
        {starProblem !== undefined && (
          <p role="alert" className="pr-2 pb-2 pl-3 text-trouble">
            {starProblem}
          </p>
        )}
        {chosen && <RowActions take={take} actions={actions} />}
      </li>
    )
  },
)
