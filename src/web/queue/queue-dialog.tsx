import { useQuery, useQueryClient } from '@tanstack/react-query'
import { ArrowUp, ArrowUpToLine, GripVertical, X } from 'lucide-react'
import { useCallback, useEffect, useRef } from 'react'
import type { Job } from '../../shared/job.ts'
import { cancelTake } from '../data/generate.ts'
import { useJobs } from '../data/job-store.ts'
import { jobTitle } from '../data/job-title.ts'
import { useIsAdmin, useMayChange } from '../data/me.ts'
import { useQueue } from '../data/queue.ts'
import { queueOptions, useQueueAct } from '../data/queue-control.ts'
import { rendererTitle } from '../data/renderer-titles.ts'
import { secondsLeft, useWork } from '../data/work.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { formatElapsed } from '../ui/format.ts'
import { Modal } from '../ui/modal.tsx'
import { onePress } from '../ui/one-press.ts'
import { Progress } from '../ui/progress.tsx'
import { asPlaces } from './places.ts'
import { useDragOrder } from './use-drag-order.ts'

const NONE: readonly string[] = []

/** Nothing for who may not. */
const Cancel = ({ job }: { job: Job }) => {
  const mayChange = useMayChange()
  if (!mayChange(job)) return null
  return (
    <IconButton label={`Cancel ${jobTitle(job)}`} {...onePress(() => cancelTake({ key: null, jobId: job.job_id }))}>
      <X size={16} aria-hidden />
    </IconButton>
  )
}

const Running = ({ job }: { job: Job }) => {
  const progress = useWork((work) => work.progress[job.job_id])
  const title = jobTitle(job)
  return (
    <li className="flex items-center gap-3 py-2 pr-2 pl-4">
      <span className="min-w-0 flex-1">
        <span className="block truncate">{title}</span>
        <span className="block text-xs text-faint">{rendererTitle(job.renderer)}</span>
        <Progress value={progress ?? job.progress} label={`${title}, progress`} className="mt-1" />
      </span>
      <Cancel job={job} />
    </li>
  )
}

const Named = ({ job }: { job: Job }) => (
  <span className="min-w-0 flex-1">
    <span className="block truncate">{jobTitle(job)}</span>
    <span className="block text-xs text-faint">{rendererTitle(job.renderer)}</span>
  </span>
)

/** One that waits, for who may not change the order. */
const InLine = ({ job }: { job: Job }) => (
  <li className="flex items-center gap-2 py-1 pr-2 pl-4">
    <Named job={job} />
    <Cancel job={job} />
  </li>
)

/** One that waits, and can be put elsewhere. */
const Waiting = ({
  job,
  before,
  first,
  onMove,
}: {
  job: Job
  /** The job that stands before it, and the first of its renderer; null for the first itself. */
  before: string | null
  first: string | null
  onMove: (jobId: string, before: string | null) => void
}) => {
  const row = useRef<HTMLLIElement>(null)
  const over = useDragOrder(row, job.job_id, onMove)
  const title = jobTitle(job)
  return (
    <li
      ref={row}
      draggable
      className={`flex items-center gap-2 border-t py-1 pr-2 pl-2 ${over ? 'border-amber' : 'border-transparent'}`}
    >
      <GripVertical size={14} className="shrink-0 cursor-grab text-faint pointer-coarse:hidden" aria-hidden />
      <Named job={job} />
      <IconButton label={`Make ${title} next`} disabled={first === null} onClick={() => onMove(job.job_id, first)}>
        <ArrowUpToLine size={16} aria-hidden />
      </IconButton>
      <IconButton label={`Move ${title} up`} disabled={before === null} onClick={() => onMove(job.job_id, before)}>
        <ArrowUp size={16} aria-hidden />
      </IconButton>
      <Cancel job={job} />
    </li>
  )
}

/** The queue as the server last told it. `waitingTotal` counts also those that it does not list. */
type Standing = { running: readonly Job[]; waiting: readonly Job[]; waitingTotal: number; paused: boolean }

const leftOf = ({ running, waitingTotal }: Standing): number => running.length + waitingTotal

/** Undefined until the server has told. */
const useStanding = (): { queue: Standing | undefined; error: Error | null } => {
  const queryClient = useQueryClient()
  const { data, error } = useQuery(queueOptions)
  const totals = useQueue((state) => state.totals)
  // The totals say that it has moved; what stands in it the server tells when asked.
  useEffect(() => void queryClient.invalidateQueries({ queryKey: queueOptions.queryKey }), [queryClient, totals])
  const running = useJobs(data?.running ?? NONE)
  const waiting = useJobs(data?.waiting ?? NONE)
  return { queue: data && { running, waiting, waitingTotal: data.waiting_total, paused: data.paused }, error }
}

const useStandingWords = (queue: Standing | undefined): string => {
  const isAdmin = useIsAdmin()
  const seconds = secondsLeft(useQueue((state) => state.totals))
  if (!queue) return 'Looking…'
  if (leftOf(queue) === 0)
    return queue.paused
      ? `Nothing waits. What you ask for now waits until ${isAdmin ? 'you go on' : 'an admin lets it go on'}.`
      : 'Nothing runs and nothing waits.'
  const pace = seconds === null ? null : `about ${formatElapsed(Math.ceil(seconds))} left`
  return [`${queue.running.length} running`, `${queue.waitingTotal} waiting`, queue.paused ? 'paused' : pace]
    .filter((part) => part !== null)
    .join(' · ')
}

type Act = ReturnType<typeof useQueueAct>

const PauseOrGoOn = ({ paused, isEmpty, act }: { paused: boolean; isEmpty: boolean; act: Act }) =>
  paused ? (
    <Button variant="accent" {...onePress(() => act.mutate({ act: 'continue' }))}>
      Go on
    </Button>
  ) : (
    <>
      <Button
        data-tip="What renders on this machine goes back into the queue; what was ordered elsewhere goes on"
        disabled={isEmpty}
        {...onePress(() => act.mutate({ act: 'pause', running: 'requeue' }))}
      >
        Pause
      </Button>
      <Button disabled={isEmpty} {...onePress(() => act.mutate({ act: 'pause', running: 'finish' }))}>
        Finish this and stop
      </Button>
    </>
  )

/** What can be done to the queue as a whole, and why not more. */
const Acts = ({ queue, act }: { queue: Standing | undefined; act: Act }) => {
  const isAdmin = useIsAdmin()
  const mayChange = useMayChange()
  // Of those that are not listed, some may be theirs.
  const someOfTheirs = queue && (queue.waiting.some(mayChange) || queue.waitingTotal > queue.waiting.length)
  return (
    <div className="flex flex-wrap items-center gap-2">
      {isAdmin && <PauseOrGoOn paused={queue?.paused ?? false} isEmpty={!queue || leftOf(queue) === 0} act={act} />}
      <Button disabled={!someOfTheirs} {...onePress(() => act.mutate({ act: 'cancel waiting' }))}>
        {isAdmin ? 'Cancel the rest' : 'Cancel mine that wait'}
      </Button>
      {!isAdmin && (
        <p className="text-xs text-faint">Only admins pause the queue and change its order: all would feel it.</p>
      )}
      {act.error && (
        <p role="alert" className="text-trouble">
          {act.error.message}
        </p>
      )}
    </div>
  )
}

const WaitingList = ({ queue: { waiting, waitingTotal }, act: { mutate } }: { queue: Standing; act: Act }) => {
  const isAdmin = useIsAdmin()
  const move = useCallback((jobId: string, before: string | null) => mutate({ act: 'move', jobId, before }), [mutate])
  return (
    <>
      {waiting.length > 0 && (
        <ol aria-label="Waiting" className="border-t border-line py-1">
          {asPlaces(waiting).map(({ job, before, first }) =>
            isAdmin ? (
              <Waiting key={job.job_id} job={job} before={before} first={first} onMove={move} />
            ) : (
              <InLine key={job.job_id} job={job} />
            ),
          )}
        </ol>
      )}
      {waitingTotal > waiting.length && (
        <p className="border-t border-line px-4 py-3 text-faint">
          {`and ${waitingTotal - waiting.length} more behind them`}
        </p>
      )}
    </>
  )
}

/** What runs and what waits, and all that can be done about it. */
export const QueueDialog = ({ onClose }: { onClose: () => void }) => {
  const { queue, error } = useStanding()
  const words = useStandingWords(queue)
  const act = useQueueAct()
  return (
    <Modal title="Queue" onClose={onClose} footer={<Acts queue={queue} act={act} />}>
      <p role="status" className="px-4 py-3 text-soft">
        {error ? error.message : words}
      </p>
      {queue && queue.running.length > 0 && (
        <ul aria-label="Running" className="border-t border-line">
          {queue.running.map((job) => (
            <Running key={job.job_id} job={job} />
          ))}
        </ul>
      )}
      {queue && <WaitingList queue={queue} act={act} />}
    </Modal>
  )
}
