import type { UnreadableJob } from '../../shared/job.ts'
import type { Take } from '../data/take.ts'
import { useComparison } from '../state/comparison.ts'
import { byAge } from './by-age.ts'
import type { How } from './how.ts'
import { useTakeActions } from './take-actions.ts'
import { TakeRow } from './take-row.tsx'
import { UnreadableRow } from './unreadable-row.tsx'

/** Takes as rows, and what cannot be read between them, newest first. `onChoose` must be the same function all along. */
export const TakeRows = ({
  takes,
  unreadable,
  chosen,
  onChoose,
}: {
  takes: readonly Take[]
  unreadable: readonly UnreadableJob[]
  /** The id of the take that stands on the stage. */
  chosen: string | undefined
  onChoose: (take: Take, how: How) => void
}) => {
  const actions = useTakeActions()
  const marked = useComparison((state) => state.entries)
  return (
    <ul>
      {byAge(takes, unreadable).map((each) =>
        'reason' in each ? (
          <UnreadableRow key={each.job_id} job={each} />
        ) : (
          <TakeRow
            key={each.id}
            take={each}
            chosen={each.id === chosen}
            mark={marked.findIndex((entry) => entry.kind === 'take' && entry.id === each.jobId) + 1}
            onChoose={onChoose}
            actions={actions}
          />
        ),
      )}
    </ul>
  )
}
