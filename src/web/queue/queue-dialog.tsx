import { useQuery, useQueryClient } from '@tanstack/react-query'
import { ArrowUp, ArrowUpToLine, GripVertical, X } from 'lucide-react'
import { useCallback, useEffect, useRef } from 'react'
import type { Job } from '../../shared/job.ts'
import { cancelTake } from '../data/generate.ts'
import { useJobs } from '../data/job-store.ts'
import { jobTitle } from '../data/job-title.ts'
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
      <IconButton label={`Cancel ${title}`} {...onePress(() => cancelTake({ key: null, jobId: job.job_id }))}>
        <X size={16} aria-hidden />
      </IconButton>
    </li>
  )
}

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
      <span className="min-w-0 flex-1">
        <span className="block truncate">{title}</span>
        <span className="block text-xs text-faint">{rendererTitle(job.renderer)}</span>
      </span>
      <IconButton label={`Make ${title} next`} disabled={first === null} onClick={() => onMove(job.job_id, first)}>
        <ArrowUpToLine size={16} aria-hidden />
      </IconButton>
      <IconButton label={`Move ${title} up`} disabled={before === null} onClick={() => onMove(job.job_id, before)}>
        <ArrowUp size={16} aria-hidden />
      </IconButton>
      <IconButton label={`Cancel ${title}`} {...onePress(() => cancelTake({ key: null, jobId: job.job_id }))}>
        <X size={16} aria-hidden />
      </IconButton>
    </li>
  )
}

/** What runs and what waits, and all that can be done about it. */
export const QueueDialog = ({ onClose }: { onClose: () => void }) => {
  const queryClient = useQueryClient()
  const { data, error } = useQuery(queueOptions)
  const totals = useQueue((state) => state.totals)
  const act = useQueueAct()
  // The totals say that it has moved; what stands in it the server tells when asked.
  useEffect(() => void queryClient.invalidateQueries({ queryKey: queueOptions.queryKey }), [queryClient, totals])
  const seconds = secondsLeft(totals)
  const paused = data?.paused ?? false
  const running = useJobs(data?.running ?? NONE)
  const waiting = useJobs(data?.waiting ?? NONE)
  const left = running.length + (data?.waiting_total ?? 0)
  const { mutate } = act
  const move = useCallback((jobId: string, before: string | null) => mutate({ act: 'move', jobId, before }), [mutate])
  return (
    <Modal
      title="Queue"
      onClose={onClose}
      footer={
        <div className="flex flex-wrap items-center gap-2">
          {paused ? (
            <Button variant="accent" {...onePress(() => act.mutate({ act: 'continue' }))}>
              Go on
            </Button>
          ) : (
            <>
              <Button
                data-tip="What renders on this machine goes back into the queue; what was ordered elsewhere goes on"
                disabled={left === 0}
                {...onePress(() => act.mutate({ act: 'pause', running: 'requeue' }))}
              >
                Pause
              </Button>
              <Button disabled={left === 0} {...onePress(() => act.mutate({ act: 'pause', running: 'finish' }))}>
                Finish this and stop
              </Button>
            </>
          )}
          <Button disabled={waiting.length === 0} {...onePress(() => act.mutate({ act: 'cancel waiting' }))}>
            Cancel the rest
          </Button>
          {act.error && (
            <p role="alert" className="text-trouble">
              {act.error.message}
            </p>
          )}
        </div>
      }
    >
      <p role="status" className="px-4 py-3 text-soft">
        {error
          ? error.message
          : data === undefined
            ? 'Looking…'
            : left === 0
              ? paused
                ? 'Nothing waits. What you ask for now waits until you go on.'
                : 'Nothing runs and nothing waits.'
              : [
                  `${running.length} running`,
                  `${data.waiting_total} waiting`,
                  paused ? 'paused' : seconds === null ? null : `about ${formatElapsed(Math.ceil(seconds))} left`,
                ]
                  .filter((part) => part !== null)
                  .join(' · ')}
      </p>
      {running.length > 0 && (
        <ul aria-label="Running" className="border-t border-line">
          {running.map((job) => (
            <Running key={job.job_id} job={job} />
          ))}
        </ul>
      )}
      {waiting.length > 0 && (
        <ol aria-label="Waiting" className="border-t border-line py-1">
          {asPlaces(waiting).map(({ job, before, first }) => (
            <Waiting key={job.job_id} job={job} before={before} first={first} onMove={move} />
          ))}
        </ol>
      )}
      {data && data.waiting_total > waiting.length && (
        <p className="border-t border-line px-4 py-3 text-faint">
          {`and ${data.waiting_total - waiting.length} more behind them`}
        </p>
      )}
    </Modal>
  )
}
