import { lazy, type ReactNode, Suspense, useEffect } from 'react'
import { chosenTake, useTakes } from '../data/takes.ts'
import { closeComparison, followLink, useComparison } from '../state/comparison.ts'
import { useStudio } from '../state/studio.ts'

const load = () => import('./take-on-stage.tsx')
// Not needed before there is a take; fetched while the person writes the first prompt.
const TakeOnStage = lazy(async () => ({ default: (await load()).TakeOnStage }))
const ComparisonOnStage = lazy(async () => ({
  default: (await import('./comparison/comparison-on-stage.tsx')).ComparisonOnStage,
}))

const loadNotice = () => import('./comparison/notice.tsx')
const Notice = lazy(async () => ({ default: (await loadNotice()).Notice }))

/** Opens the comparison that the page's address asks for, at the start and whenever it changes. */
const useLink = () =>
  useEffect(() => {
    const follow = () => followLink(location.hash)
    follow()
    addEventListener('hashchange', follow)
    return () => removeEventListener('hashchange', follow)
  }, [])

/** The middle: the open comparison, else the chosen take, or what stands there before there is one. */
export const Stage = ({ empty }: { empty: ReactNode }) => {
  const { takes, loading } = useTakes()
  const selected = useStudio((state) => state.selected)
  const comparing = useComparison((state) => state.isOpen)
  // Where things are marked and not yet shown, the list says it.
  const noticed = useComparison(({ notice, isOpen, entries }) => notice !== null && (isOpen || entries.length === 0))
  const take = chosenTake(takes, selected)
  useLink()
  useEffect(() => {
    const soon = setTimeout(() => {
      // Where the server is away just then, they are asked for again when they are needed.
      Promise.all([load(), loadNotice()]).catch(() => undefined)
    }, 1000)
    return () => clearTimeout(soon)
  }, [])
  return (
    <section
      aria-label="Stage"
      data-takes-files={comparing ? 'compare' : undefined}
      className="flex h-full min-h-0 flex-col"
    >
      {noticed && (
        <Suspense>
          <Notice />
        </Suspense>
      )}
      <div className="min-h-0 flex-1">
        {comparing ? (
          <Suspense>
            <ComparisonOnStage onClose={closeComparison} />
          </Suspense>
        ) : take ? (
          <Suspense>
            <TakeOnStage key={take.id} take={take} />
          </Suspense>
        ) : loading ? null : (
          empty
        )}
      </div>
    </section>
  )
}
