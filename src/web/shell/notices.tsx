import { X } from 'lucide-react'
import type { NoticeCode } from '../../shared/routes.ts'
import { useNotices } from '../data/notices.ts'
import { useDismissed } from '../state/dismissed.ts'
import { IconButton } from '../ui/button.tsx'

/**
 * How long a notice is of use: what is over was read once, what goes on stands until it ends. A refused key is said
 * where one chooses who renders.
 */
const KINDS: Record<NoticeCode, 'over' | 'goes on' | 'said elsewhere'> = {
  DATABASE_AWAY: 'goes on',
  DATABASE_UNWRITABLE: 'goes on',
  DISK_FULL: 'goes on',
  FILES_AWAY: 'goes on',
  NO_WORKER: 'goes on',
  INDEX_REBUILDING: 'goes on',
  INDEX_REBUILT: 'over',
  UNREADABLE_JOBS: 'over',
  ODD_FILES: 'over',
  KEY_REFUSED: 'said elsewhere',
}
const ORDER = Object.keys(KINDS)

/** What the server has to say of itself, under the top bar. */
export const Notices = () => {
  const { notices } = useNotices()
  const { messages, dismiss } = useDismissed()
  const shown = notices
    .filter(({ code, message }) => KINDS[code] !== 'said elsewhere' && !messages.includes(message))
    .toSorted((a, b) => ORDER.indexOf(a.code) - ORDER.indexOf(b.code))
  return (
    <div role="status" aria-label="Notices" className="shrink-0">
      {shown.map(({ code, message }) => (
        <p key={code} className="flex items-start gap-2 border-b border-line bg-raised py-1 pr-2 pl-4">
          <span className="verbatim min-w-0 flex-1 py-1 break-words">{message}</span>
          {KINDS[code] === 'over' && (
            <IconButton
              label="Dismiss"
              onClick={() =>
                dismiss(
                  message,
                  notices.map((notice) => notice.message),
                )
              }
            >
              <X size={16} aria-hidden />
            </IconButton>
          )}
        </p>
      ))}
    </div>
  )
}
