import { useQueue } from '../data/queue.ts'
import { progressOf, secondsLeft, useWork } from '../data/work.ts'
import { showDialog } from '../state/dialogs.ts'
import { Button } from '../ui/button.tsx'
import { formatElapsed } from '../ui/format.ts'
import { Ring } from '../ui/ring.tsx'

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
      variant="quiet"
      className="h-7"
      aria-haspopup="dialog"
      aria-label={`Queue: ${words.join(', ')}`}
      data-tip="The queue"
      data-command="queue"
      onClick={() => showDialog('queue')}
    >
      <Ring value={progress ?? 0} className="size-4" />
      <span>{words.join(' · ')}</span>
    </Button>
  )
}
