import { Button } from '../../ui/button.tsx'
import { formatBytes, formatElapsed } from '../../ui/format.ts'
import { Progress } from '../../ui/progress.tsx'
import type { ExportRun } from './use-export.ts'

/** Before that much is done the rest is a guess. */
const KNOWN_FROM = 0.08

const left = ({ done, seconds }: { done: number; seconds: number }): string | null =>
  done < KNOWN_FROM || seconds < 2 ? null : `about ${formatElapsed(Math.ceil((seconds / done) * (1 - done)))} left`

/** How far an export is, or what became of it. */
export const ExportStatus = ({ run, cancel }: { run: ExportRun; cancel: () => void }) => {
  switch (run.name) {
    case 'idle':
      return null
    case 'running':
      return (
        <div className="flex flex-col gap-2">
          <p className="verbatim break-words">Making {run.fileName}</p>
          <Progress value={run.done === 0 ? null : run.done} label="Export" />
          <div className="flex items-center justify-between gap-2">
            <span className="text-xs text-soft">
              {[`${Math.floor(run.done * 100)} %`, left(run)].filter((words) => words !== null).join(' · ')}
            </span>
            <Button size="small" onClick={cancel}>
              Cancel
            </Button>
          </div>
        </div>
      )
    case 'cancelled':
      return (
        <p role="status" className="text-xs text-soft">
          Cancelled. Nothing was saved.
        </p>
      )
    case 'failed':
      return (
        <p role="alert" className="text-trouble">
          {run.reason}
        </p>
      )
    case 'saved':
      return (
        <div role="status" className="flex flex-col gap-1 text-xs">
          <p className="verbatim break-words">
            Saved {run.fileName}, {formatBytes(run.exported.blob.size)}.
          </p>
          {run.exported.notes.map((note) => (
            <p key={note} className="text-soft">
              {note}
            </p>
          ))}
          <Button size="small" variant="quiet" className="-ml-2 self-start" onClick={run.save}>
            Save again
          </Button>
        </div>
      )
    default:
      return run satisfies never
  }
}
