import { Clapperboard, Film, type LucideIcon, SlidersHorizontal } from 'lucide-react'
import type { ReactNode } from 'react'
import { useConnection } from '../data/connection.ts'
import { type Tab, TABS, useStudio } from '../state/studio.ts'
import { classes } from '../ui/classes.ts'
import { ErrorBoundary } from '../ui/error-boundary.tsx'
import { useMediaQuery } from '../ui/use-media-query.ts'
import { Notices } from './notices.tsx'
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

/** Three columns, or three tabs where there is no room for columns. All three stay alive in either shape. */
export const Layout = ({ columns, offer }: { columns: Record<Tab, ReactNode>; offer?: ReactNode }) => {
  const wide = useMediaQuery('(min-width: 900px)')
  const tab = useStudio((state) => state.tab)
  const showTab = useStudio((state) => state.showTab)
  const lost = useConnection(({ state }) => state === 'lost')
  return (
    <div className="flex h-dvh flex-col">
      <TopBar />
      {lost && <Unreachable />}
      <Notices />
      {offer}
      <main
        className={classes(
          'min-h-0 flex-1',
          wide &&
            'grid grid-cols-[260px_minmax(0,1fr)_268px] grid-rows-[minmax(0,1fr)] xl:grid-cols-[320px_minmax(0,1fr)_320px]',
        )}
      >
        {TABS.map((each) => (
          <div
            key={each}
            id={`column-${each}`}
            {...(!wide && { role: 'tabpanel', 'aria-labelledby': `tab-${each}` })}
            className={classes('h-full min-h-0', SURFACES[each], wide ? EDGES[each] : tab !== each && 'hidden')}
          >
            <ErrorBoundary name={NAMES[each]}>{columns[each]}</ErrorBoundary>
          </div>
        ))}
      </main>
      {!wide && (
        <nav aria-label="Studio" className="shrink-0 border-t border-line bg-panel pb-[env(safe-area-inset-bottom)]">
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
