import { Files, Star } from 'lucide-react'
import { useCallback, useLayoutEffect, useRef, useState } from 'react'
import { useStarred } from '../data/starred.ts'
import { isRunning, type Take } from '../data/take.ts'
import { chosenTake, useTakes } from '../data/takes.ts'
import { closeComparison, COMPARABLE, compareFiles, useComparison } from '../state/comparison.ts'
import { useStudio } from '../state/studio.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { pickFiles } from '../ui/pick-files.ts'
import { CompareBar } from './compare-bar.tsx'
import { type How, mark } from './mark.ts'
import { useTakeActions } from './take-actions.ts'
import { TakeRow } from './take-row.tsx'

/** The right column: every take, newest first. */
export const TakeList = () => {
  const { takes, loading, more } = useTakes()
  const selected = useStudio((state) => state.selected)
  const select = useStudio((state) => state.select)
  const showTab = useStudio((state) => state.showTab)
  const marked = useComparison((state) => state.entries)
  const [onlyStarred, showOnlyStarred] = useState(false)
  const { starred, all } = useStarred(takes, onlyStarred)
  const actions = useTakeActions()
  const shown = onlyStarred ? starred : takes
  const chosen = chosenTake(takes, selected)
  const queued = takes.filter(({ state }) => state.name === 'queued').length
  const running = takes.filter(isRunning).length - queued
  const counts = [running > 0 && `${running} running`, queued > 0 && `${queued} queued`].filter(Boolean).join(', ')

  // The rows are given the same function all along: an event about one take must not draw all the others again.
  const latest = useRef(shown)
  useLayoutEffect(() => {
    latest.current = shown
  })
  const choose = useCallback(
    (take: Take, how: How) => {
      if (how !== 'alone') return mark(latest.current, take, how)
      select(take.id)
      closeComparison()
      showTab('stage')
    },
    [select, showTab],
  )

  return (
    <section aria-label="Takes" className="flex h-full min-h-0 flex-col">
      <div className="flex h-10 pointer-coarse:h-12 shrink-0 items-center gap-1 border-b border-line pr-2 pl-3">
        <h2 className="font-medium text-soft">Takes</h2>
        <p className="min-w-0 flex-1 truncate px-2 text-right text-xs text-faint" role="status">
          {counts}
        </p>
        <IconButton
          label="Starred takes only"
          pressed={onlyStarred}
          onClick={() => showOnlyStarred((before) => !before)}
        >
          <Star size={16} fill={onlyStarred ? 'currentColor' : 'none'} aria-hidden />
        </IconButton>
        <IconButton label="Compare files…" onClick={() => pickFiles(COMPARABLE, compareFiles)}>
          <Files size={16} aria-hidden />
        </IconButton>
      </div>
      {shown.length === 0 ? (
        <p className="flex-1 p-4 text-faint">
          {loading ? '' : onlyStarred ? 'No take is starred yet.' : 'What you generate is kept here.'}
        </p>
      ) : (
        <ul className="scrollbar-quiet min-h-0 flex-1 overflow-y-auto">
          {shown.map((take) => (
            <TakeRow
              key={take.id}
              take={take}
              chosen={take.id === chosen?.id}
              mark={marked.findIndex((entry) => entry.kind === 'take' && entry.id === take.jobId) + 1}
              onChoose={choose}
              actions={actions}
            />
          ))}
          {more && !onlyStarred && (
            <li className="p-2">
              <Button look="quiet" className="w-full" onClick={more}>
                Show older takes
              </Button>
            </li>
          )}
          {onlyStarred && !all && <li className="p-3 text-faint">Older stars are not shown.</li>}
        </ul>
      )}
      <CompareBar />
    </section>
  )
}
