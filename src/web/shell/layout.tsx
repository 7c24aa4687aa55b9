import { Clapperboard, Film, type LucideIcon, SlidersHorizontal } from 'lucide-react'
import { type CSSProperties, type ReactNode, useLayoutEffect } from 'react'
import { useConnection } from '../data/connection.ts'
import { useComparison } from '../state/comparison.ts'
import { type Fold, foldOf, LIBRARY_WIDTH, LYING, useLayout } from '../state/layout.ts'
import { type Tab, TABS, useStudio } from '../state/studio.ts'
import { classes } from '../ui/classes.ts'
import { ErrorBoundary } from '../ui/error-boundary.tsx'
import { afterFirstLook } from '../data/first-look.ts'
import { later } from '../ui/later.tsx'
import { useMediaQuery } from '../ui/use-media-query.ts'
import { TopBar } from './top-bar.tsx'

const NAMES: Record<Tab, string> = { make: 'Make', stage: 'Stage', takes: 'Takes' }
const ICONS: Record<Tab, LucideIcon> = { make: SlidersHorizontal, stage: Film, takes: Clapperboard }
const SURFACES: Record<Tab, string> = { make: 'bg-panel', stage: 'bg-room', takes: 'bg-panel' }
const EDGES: Record<Tab, string> = { make: 'border-r border-line', stage: '', takes: 'border-l border-line' }

const Unreachable = () => (
  <p role="alert" className="shrink-0 border-b border-line bg-raised px-4 py-2">
    <span className="font-semibold">The server does not answer.</span>{' '}
    <span className="text-soft">
      Nothing is lost: it keeps every take. Trying again every two seconds; if it was stopped, start it with{' '}
      <code className="font-mono">npm start</code>.
    </span>
  </p>
)

/** The columns' widths, those that are folded being none. */
const columnsFor = (left: Fold, right: Fold, library: number): CSSProperties => ({
  gridTemplateColumns: [
    left === 'folded' ? '0' : 'clamp(260px, 22.3vw, 320px)',
    'minmax(0, 1fr)',
    right === 'folded' ? '0' : `min(${library}px, 40vw)`,
  ].join(' '),
})

const FOLDS: Record<Tab, (state: { left: Fold; right: Fold; alone: boolean }) => boolean> = {
  make: ({ left, alone }) => alone || left === 'folded',
  stage: () => false,
  takes: ({ right, alone }) => alone || right === 'folded',
}

/** The fold of each column, kept true to the window and to what is compared. */
const useFolds = (narrow: boolean): { left: Fold; right: Fold } => {
  const comparing = useComparison((state) => state.isOpen)
  const left = useLayout((state) => foldOf(state, 'left'))
  const right = useLayout((state) => foldOf(state, 'right'))
  // Before it is seen: a column that stands there for a moment would move all others.
  useLayoutEffect(() => useLayout.getState().setNarrow(narrow), [narrow])
  useLayoutEffect(() => useLayout.getState().setComparing(comparing), [comparing])
  return { left, right }
}

const LibraryEdge = later<{ width: number }>(async () => (await import('./column-edge.tsx')).LibraryEdge)
const Notices = later<object>(() => afterFirstLook(async () => (await import('./notices.tsx')).Notices))

/**
 * Three columns, of which those at the sides can be folded, or three tabs where there is no room for columns. All three
 * stay alive in either shape. In the theatre, and on a phone that lies on its side, the stage is all there is.
 */
export const Layout = ({ columns, offer }: { columns: Record<Tab, ReactNode>; offer?: ReactNode }) => {
  const wide = useMediaQuery('(min-width: 900px)')
  const narrow = useMediaQuery('(max-width: 1199px)')
  const large = useMediaQuery('(min-width: 1800px)')
  const lying = useMediaQuery(LYING)
  const tab = useStudio((state) => state.tab)
  const showTab = useStudio((state) => state.showTab)
  const lost = useConnection(({ state }) => state === 'lost')
  const { theatre, libraryWidth } = useLayout()
  const { left, right } = useFolds(narrow)
  const alone = theatre || (lying && tab === 'stage')
  const usual = large ? 420 : narrow ? LIBRARY_WIDTH.least : LIBRARY_WIDTH.usual
  const library = libraryWidth ?? usual
  const folded = { left, right, alone }
  return (
    <div className="flex h-dvh flex-col" data-alone={alone || undefined}>
      {!alone && <TopBar />}
      {lost && <Unreachable />}
      <Notices />
      {offer}
      <main
        className={classes('relative min-h-0 flex-1', wide && !theatre && 'grid grid-rows-[minmax(0,1fr)]')}
        {...(wide && !theatre && { style: columnsFor(left, right, library) })}
      >
        {TABS.map((each) => (
          <div
            key={each}
            id={`column-${each}`}
            {...(!wide && { role: 'tabpanel', 'aria-labelledby': `tab-${each}` })}
            // One that is folded keeps its place in the grid, so that the stage keeps its own.
            className={classes(
              'h-full min-h-0',
              SURFACES[each],
              wide && !theatre && EDGES[each],
              each === 'takes' && 'relative',
              wide ? FOLDS[each](folded) && 'invisible overflow-hidden border-0' : tab !== each && 'hidden',
              wide && theatre && each !== 'stage' && 'hidden',
            )}
          >
            {each === 'takes' && wide && !alone && right === 'open' && <LibraryEdge width={library} />}
            <ErrorBoundary name={NAMES[each]}>{columns[each]}</ErrorBoundary>
          </div>
        ))}
      </main>
      {!wide && (
        <nav
          aria-label="Studio"
          className="studio-tabs shrink-0 border-t border-line bg-panel pb-[env(safe-area-inset-bottom)]"
        >
          <TabBar tab={tab} onShow={showTab} />
        </nav>
      )}
    </div>
  )
}

const TabBar = ({ tab, onShow }: { tab: Tab; onShow: (tab: Tab) => void }) => (
  <div role="tablist" aria-label="Studio" className="grid grid-cols-3">
    {TABS.map((each) => {
      const Icon = ICONS[each]
      return (
        <button
          key={each}
          id={`tab-${each}`}
          type="button"
          role="tab"
          aria-selected={tab === each}
          aria-controls={`column-${each}`}
          tabIndex={tab === each ? 0 : -1}
          onClick={() => onShow(each)}
          onKeyDown={(event) => {
            const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
            const next = TABS[TABS.indexOf(tab) + by]
            if (by === 0 || !next) return
            onShow(next)
            document.getElementById(`tab-${next}`)?.focus()
          }}
          className="flex h-14 flex-col items-center justify-center gap-0.5 text-xs text-faint aria-selected:text-ink"
        >
          <Icon size={20} strokeWidth={1.5} aria-hidden />
          {NAMES[each]}
        </button>
      )
    })}
  </div>
)
