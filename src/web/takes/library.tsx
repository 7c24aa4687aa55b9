import { type ReactNode, useEffect } from 'react'
import type { Take } from '../data/take.ts'
import { chosenTake, useTakes } from '../data/takes.ts'
import { useSearch } from '../state/search.ts'
import { useStudio } from '../state/studio.ts'
import { Button } from '../ui/button.tsx'
import { classes } from '../ui/classes.ts'
import { endFirstLook } from '../data/first-look.ts'
import { later } from '../ui/later.tsx'
import { countWords } from './acts/tidy.ts'
import { BinBar } from './bin-bar.tsx'
import { ChosenBar } from './chosen-bar.tsx'
import { type Look, TakeGrid } from './grid/take-grid.tsx'
import { NowSection } from './now-section.tsx'
import { ToastBar } from './toast-bar.tsx'
import { LibraryHeader } from './search/library-header.tsx'
import { useFound } from './search/use-found.ts'
import { SelectionBar } from './selection-bar.tsx'
import { useSelection } from './selection.ts'
import { closeShelving, useShelving } from './shelving.ts'
import { UnreadableRow } from './unreadable-row.tsx'
import './library.css'

// Only for those who shelve.
const ShelvingDialog = later(async () => (await import('./acts/shelving-dialog.tsx')).ShelvingDialog)

const isIt = ({ id, jobId }: Take, selected: string | null): boolean =>
  selected !== null && (id === selected || jobId === selected)

/** Nothing was found: why, and the one thing to do about it. */
const Nothing = ({ text, isBin }: { text: string; isBin: boolean }) => {
  const look = useSearch((state) => state.search)
  if (text === '') return <p className="flex-1 p-4 text-faint">What you generate is kept here.</p>
  if (isBin && /^(in:bin|is:binned)$/i.test(text.trim()))
    return <p className="flex-1 p-4 text-faint">The bin is empty.</p>
  return (
    <div className="flex flex-1 flex-col items-start gap-2 p-4">
      <p className="text-faint">No takes match.</p>
      <Button size="small" onClick={() => look('')}>
        Show all takes
      </Button>
    </div>
  )
}

/** The library: search, what runs now, the takes, and what can be done with those selected or on the stage. */
export const Library = ({ look, isStill, aside }: { look: Look; isStill: boolean; aside?: ReactNode }) => {
  const { takes: all } = useTakes()
  const selected = useStudio((state) => state.selected)
  const found = useFound()
  const { takes, unreadable, total, loading, searching, problem, more, text, isBin, isWholeBin, problems } = found
  const { exceedsTotal } = found
  const hasSelection = useSelection(({ ids }) => ids.size > 0)
  const shelving = useShelving((state) => state.takes)
  const chosen = takes.find((take) => isIt(take, selected)) ?? chosenTake(all, selected)
  const isColumn = look.kind === 'column'
  const hasNone = problem !== null || (takes.length === 0 && !loading)
  useEffect(() => {
    if (hasNone) endFirstLook()
  }, [hasNone])
  return (
    <section aria-label="Takes" className="flex h-full min-h-0 flex-col bg-panel">
      <LibraryHeader
        total={total === null || loading ? '' : countWords(total, exceedsTotal)}
        hasRoom={!isColumn}
        problems={problems}
        aside={aside}
      />
      {isBin && <BinBar count={isWholeBin ? total : null} />}
      {isColumn && !isBin && <NowSection takes={all} />}
      {unreadable.length > 0 && !isBin && (
        <ul className="scrollbar-quiet max-h-40 shrink-0 overflow-y-auto">
          {unreadable.map((job) => (
            <UnreadableRow key={job.job_id} job={job} />
          ))}
        </ul>
      )}
      {problem !== null ? (
        <p className="flex-1 p-4 text-soft">The takes could not be read: {problem} Trying again.</p>
      ) : takes.length === 0 ? (
        loading || searching ? (
          <div className="flex-1" />
        ) : (
          <Nothing text={text} isBin={isBin} />
        )
      ) : (
        <div className={classes('flex min-h-0 flex-1 flex-col', searching && 'opacity-60')}>
          <TakeGrid takes={takes} look={look} chosen={chosen?.jobId ?? null} isStill={isStill} more={more} />
        </div>
      )}
      <ToastBar />
      {hasSelection ? (
        <SelectionBar takes={takes} isBin={isBin} />
      ) : (
        isColumn && chosen && <ChosenBar key={chosen.id} take={chosen} />
      )}
      {shelving && <ShelvingDialog takes={shelving} onClose={closeShelving} />}
    </section>
  )
}
