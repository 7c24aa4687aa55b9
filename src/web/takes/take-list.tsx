import { Replace, Star } from 'lucide-react'
import { lazy, Suspense, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { isRunning, type Take } from '../data/take.ts'
import { chosenTake, useTakes } from '../data/takes.ts'
import { closeComparison, sayNotLoaded, useComparison } from '../state/comparison.ts'
import { useStudio } from '../state/studio.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { later } from '../ui/later.tsx'
import type { How } from './how.ts'

/** The rows are fetched beside the list of what is in them, not before. */
export const TakeRows = later(async () => (await import('./take-rows.tsx')).TakeRows)

// What a first look at the list does not need.
const load = () => import('./compare-bar.tsx')
const loadMark = () => import('./mark.ts')
const CompareBar = lazy(async () => ({ default: (await load()).CompareBar }))
const StarredTakes = lazy(async () => ({ default: (await import('./starred-takes.tsx')).StarredTakes }))

const pickAndCompare = async () => {
  const [{ pickFiles }, { COMPARABLE, compareFiles }] = await Promise.all([
    import('../ui/pick-files.ts'),
    import('../state/marking.ts'),
  ])
  pickFiles(COMPARABLE, compareFiles)
}

/** The right column: every take, newest first. */
export const TakeList = () => {
  const { takes, unreadable, loading, more } = useTakes()
  const selected = useStudio((state) => state.selected)
  const select = useStudio((state) => state.select)
  const showTab = useStudio((state) => state.showTab)
  const marked = useComparison((state) => state.entries)
  const [onlyStarred, showOnlyStarred] = useState(false)
  const chosen = chosenTake(takes, selected)
  const queued = takes.filter(({ state }) => state.name === 'queued').length
  const running = takes.filter(isRunning).length - queued
  const counts = [running > 0 && `${running} running`, queued > 0 && `${queued} queued`].filter(Boolean).join(', ')

  // The rows are given the same function all along: an event about one take must not draw all the others again.
  const latest = useRef(takes)
  useLayoutEffect(() => {
    latest.current = onlyStarred ? takes.filter(({ starred }) => starred) : takes
  })
  useEffect(() => {
    // Where the server is away just then, the first row asks again.
    TakeRows.load().catch(() => undefined)
    const soon = setTimeout(() => {
      // Where the server is away just then, the first click asks for them again.
      Promise.all([load(), loadMark()]).catch(() => undefined)
    }, 1000)
    return () => clearTimeout(soon)
  }, [])
  const choose = useCallback(
    (take: Take, how: How) => {
      if (how !== 'alone') return void loadMark().then(({ mark }) => mark(latest.current, take, how), sayNotLoaded)
      select(take.id)
      closeComparison()
      showTab('stage')
    },
    [select, showTab],
  )

  const rowsOf = (shown: readonly Take[], between: typeof unreadable = []) => (
    <TakeRows takes={shown} unreadable={between} chosen={chosen?.id} onChoose={choose} />
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
        <IconButton label="Compare files…" onClick={() => void pickAndCompare().catch(sayNotLoaded)}>
          <Replace size={16} aria-hidden />
        </IconButton>
      </div>
      {takes.length + unreadable.length === 0 ? (
        <p className="flex-1 p-4 text-faint">{loading ? '' : 'What you generate is kept here.'}</p>
      ) : (
        <div className="scrollbar-quiet min-h-0 flex-1 overflow-y-auto">
          {onlyStarred ? (
            <Suspense>
              <StarredTakes takes={takes}>{(starred) => rowsOf(starred)}</StarredTakes>
            </Suspense>
          ) : (
            rowsOf(takes, unreadable)
          )}
          {more && !onlyStarred && (
            <div className="p-2">
              <Button look="quiet" className="w-full" onClick={more}>
                Show older takes
              </Button>
            </div>
          )}
        </div>
      )}
      {marked.length > 0 && (
        <Suspense>
          <CompareBar />
        </Suspense>
      )}
    </section>
  )
}
