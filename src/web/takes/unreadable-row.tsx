import { FileWarning } from 'lucide-react'
import type { UnreadableJob } from '../../shared/job.ts'

/** A take of which the index has something that cannot be read: it stands in its place, and nothing else is known of it. */
export const UnreadableRow = ({ job }: { job: UnreadableJob }) => (
  <li className="flex gap-3 border-b border-line py-2 pr-2 pl-3">
    <span className="flex h-12 w-20 shrink-0 min-[900px]:max-xl:w-18 items-center justify-center rounded-sm bg-room">
      <FileWarning size={18} strokeWidth={1.5} className="text-trouble" aria-hidden />
    </span>
    <div className="min-w-0 flex-1">
      <p>This take cannot be read.</p>
      <p className="verbatim text-xs break-words text-faint">
        What the index has of {job.job_id} is damaged: {job.reason}. It is kept; a finished take’s file still lies in
        the data folder.
      </p>
    </div>
  </li>
)
