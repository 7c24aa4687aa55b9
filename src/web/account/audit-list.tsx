import { useInfiniteQuery } from '@tanstack/react-query'
import type { AuditEntry } from '../../shared/people.ts'
import { auditOptions } from '../data/people.ts'
import { Button } from '../ui/button.tsx'
import { auditWords } from './audit-words.ts'
import { whenWords } from './when.ts'

const Entry = ({ entry }: { entry: AuditEntry }) => (
  <li className="flex flex-wrap gap-x-4 gap-y-0.5 border-t border-line py-2 first:border-t-0">
    <span className="min-w-0 flex-1 basis-56 break-words">
      <span className="font-medium">{entry.person}</span> {auditWords(entry)}
    </span>
    <time dateTime={entry.at} className="text-xs text-faint">
      {whenWords(entry.at)}
    </time>
  </li>
)

/** Who did what, newest first. */
export const AuditList = () => {
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(auditOptions)
  const entries = data?.pages.flatMap((page) => page.entries) ?? []
  return (
    <div className="flex flex-col gap-3 px-4 py-2">
      {error && <p className="text-trouble">{error.message}</p>}
      {!data && !error && <p className="text-faint">Looking…</p>}
      <ul aria-label="Who did what">
        {entries.map((entry) => (
          <Entry key={entry.id} entry={entry} />
        ))}
      </ul>
      {hasNextPage && (
        <Button
          className="self-start"
          aria-disabled={isFetchingNextPage || undefined}
          onClick={() => void fetchNextPage()}
        >
          Earlier
        </Button>
      )}
    </div>
  )
}
