import { lazy, type ReactNode, Suspense, useEffect } from 'react'
import { closeComparison, useComparison } from '../state/comparison.ts'
import { useNews, useShownTake } from './shown-take.ts'

const load = async () => {
  const [loaded] = await Promise.all([
    import('./take-on-stage.tsx'),
    import('./plain-media.tsx').then(({ askDecoder }) => askDecoder()),
  ])
  return loaded
}
// Not needed before there is a take; fetched while the person writes the first prompt.
const TakeOnStage = lazy(async () => ({ default: (await load()).TakeOnStage }))
const ComparisonOnStage = lazy(async () => ({
  default: (await import('./comparison/comparison-on-stage.tsx')).ComparisonOnStage,
}))

const loadNotice = () => import('./comparison/notice.tsx')
const Notice = lazy(async () => ({ default: (await loadNotice()).Notice }))

const News = lazy(async () => ({ default: (await import('./news.tsx')).News }))
const Gone = lazy(async () => ({ default: (await import('./gone.tsx')).Gone }))

/** The middle: the open comparison, else the chosen take, or what stands there before there is one. */
export const Stage = ({ empty }: { empty: ReactNode }) => {
  const { shown, takes } = useShownTake()
  const comparing = useComparison((state) => state.isOpen)
  // Where things are marked and not yet shown, the list says it.
  const noticed = useComparison(({ notice, isOpen, entries }) => notice !== null && (isOpen || entries.length === 0))
  const take = shown.name === 'take' ? shown.take : undefined
  const news = useNews(takes, comparing ? undefined : take)
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
      <div className="stage-room relative min-h-0 flex-1">
        {news && (
          <Suspense>
            <News take={news} />
          </Suspense>
        )}
        {comparing ? (
          <Suspense>
            <ComparisonOnStage onClose={closeComparison} />
          </Suspense>
        ) : take ? (
          <Suspense>
            <TakeOnStage take={take} takes={takes} />
          </Suspense>
        ) : shown.name === 'gone' ? (
          <Suspense>
            <Gone takes={takes} />
          </Suspense>
        ) : (
          shown.name === 'nothing' && empty
        )}
      </div>
    </section>
  )
}
