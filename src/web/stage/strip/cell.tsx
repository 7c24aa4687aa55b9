import { CircleSlash, Star, TriangleAlert } from 'lucide-react'
import { memo } from 'react'
import type { JobOutput } from '../../../shared/job.ts'
import { SPRITE_FRAMES } from '../../../shared/library.ts'
import { routes } from '../../../shared/routes.ts'
import { isRunning, type Take } from '../../data/take.ts'
import { classes } from '../../ui/classes.ts'
import { Ring } from '../../ui/ring.tsx'
import { Sprite } from '../../ui/sprite.tsx'

const STATES: Record<Take['state']['name'], string> = {
  submitting: 'being sent',
  queued: 'waiting',
  sending: 'being sent',
  rendering: 'being made',
  fetching: 'almost there',
  cancelling: 'being cancelled',
  done: 'ready',
  failed: 'failed',
  cancelled: 'cancelled',
  lost: 'not sent',
}

/** What a cell is called: by what sets the take apart from its siblings. */
export const cellWords = ({ batch, seed, state, starred }: Take, nth: number, count: number): string =>
  [
    `${nth} of ${count}`,
    batch?.label ?? null,
    seed === null ? null : `seed ${seed}`,
    STATES[state.name],
    starred ? 'starred' : null,
  ]
    .filter((words) => words !== null)
    .join(', ')

/** The shape of a cell, as the style sheet has it. */
const CELL = 16 / 9

const Result = ({ jobId, output }: { jobId: string; output: JobOutput }) => {
  const { width, height, duration } = output
  return (
    <span
      className={classes('relative block overflow-hidden', width / height >= CELL ? 'w-full' : 'h-full')}
      style={{ aspectRatio: `${width} / ${height}` }}
    >
      <img
        src={routes.jobThumbnail(jobId)}
        alt=""
        draggable={false}
        className="absolute inset-0 size-full object-cover"
      />
      {duration !== null && <Sprite url={routes.jobSprite(jobId)} frames={SPRITE_FRAMES} />}
    </span>
  )
}

const Inside = ({ take: { state, jobId } }: { take: Take }) => {
  if (state.name === 'done' && jobId !== null) return <Result jobId={jobId} output={state.output} />
  if (state.name === 'failed' || state.name === 'lost')
    return <TriangleAlert size={16} strokeWidth={1.5} className="text-trouble" aria-hidden />
  if (state.name === 'cancelled') return <CircleSlash size={16} strokeWidth={1.5} className="text-faint" aria-hidden />
  // One that only waits is an empty ring.
  const value = state.name === 'rendering' ? state.progress : state.name === 'queued' ? 0 : null
  return <Ring value={value} className="size-6" />
}

/** One take of the batch: its picture or how far it is, its number and its star. */
export const Cell = memo(
  ({
    take,
    nth,
    count,
    shown,
    onLook,
  }: {
    take: Take
    nth: number
    count: number
    shown: boolean
    onLook: (take: Take) => void
  }) => (
    <li className="strip-cell">
      <button
        type="button"
        aria-label={cellWords(take, nth, count)}
        aria-current={shown || undefined}
        data-tip={take.batch?.label ?? (take.seed === null ? undefined : `Seed ${take.seed}`)}
        tabIndex={shown ? 0 : -1}
        data-cell={take.id}
        data-state={take.state.name}
        // What it shows plays by Space.
        data-yields-space={shown || undefined}
        aria-busy={isRunning(take) || undefined}
        onClick={() => onLook(take)}
        className={classes(
          'relative flex size-full items-center justify-center overflow-hidden rounded-sm bg-sunken outline-offset-1',
          shown ? 'ring-2 ring-amber' : 'ring-1 ring-line hover:ring-edge',
        )}
      >
        <Inside take={take} />
        <span className="strip-number" aria-hidden>
          {nth}
          {take.starred && <Star size={10} fill="currentColor" />}
        </span>
      </button>
    </li>
  ),
)
