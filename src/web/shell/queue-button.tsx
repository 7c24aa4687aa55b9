import { useQueue } from '../data/queue.ts'
import { progressOf, secondsLeft, useWork } from '../data/work.ts'
import { showDialog } from '../state/dialogs.ts'
import { Button } from '../ui/button.tsx'
import { formatElapsed } from '../ui/format.ts'

/** A ring of progress, 0 to 1. */
const Ring = ({ progress }: { progress: number }) => (
  <svg viewBox="0 0 16 16" className="size-4 -rotate-90" aria-hidden>
    <circle cx="8" cy="8" r="6" fill="none" strokeWidth="3" className="stroke-track/50" />
    <circle
      cx="8"
      cy="8"
      r="6"
      fill="none"
      strokeWidth="3"
      pathLength="1"
      strokeDasharray={`${progress} 1`}
      className="stroke-amber-ink"
    />
  </svg>
)

/** How far the work is, and the way to the queue; nothing where nothing is going on. */
export const QueueButton = () => {
  const work = useWork()
  const totals = useQueue((state) => state.totals)
  const progress = progressOf(work)
  const paused = Object.values(totals).some((each) => each.paused)
  if (progress === null && !paused) return null
  const done = work.completed.length + work.failed.length
  const seconds = secondsLeft(totals)
  const words = [
    progress === null ? null : `${done} of ${done + work.left}`,
    paused ? 'paused' : seconds === null || seconds < 1 ? null : formatElapsed(Math.ceil(seconds)),
  ].filter((word) => word !== null)
  return (
    <Button
      look="quiet"
      className="h-7"
      aria-haspopup="dialog"
      aria-label={`Queue: ${words.join(', ')}`}
      data-tip="The queue"
      data-command="queue"
      onClick={() => showDialog('queue')}
    >
      <Ring progress={progress ?? 0} />
      <span>{words.join(' · ')}</span>
    </Button>
  )
}
