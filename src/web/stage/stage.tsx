import { type ReactNode, useEffect } from 'react'
import { closeComparison, useComparison } from '../state/comparison.ts'
import { afterFirstLook } from '../data/first-look.ts'
import { later } from '../ui/later.tsx'
import { useNews, useShownTake } from './shown-take.ts'

// Not needed before there is a take; fetched while the person writes the first prompt.
const TakeOnStage = later(async () => {
  const [{ TakeOnStage: Loaded }] = await Promise.all([
    import('./take-on-stage.tsx'),
    import('./plain-media.tsx').then(({ askDecoder }) => askDecoder()),
  ])
  return Loaded
})
const ComparisonOnStage = later<{ onClose: () => void }>(
  async () => (await import('./comparison/comparison-on-stage.tsx')).ComparisonOnStage,
)
const Notice = later(async () => (await import('./comparison/notice.tsx')).Notice)
const News = later(async () => (await import('./news.tsx')).News)
const Gone = later(async () => (await import('./gone.tsx')).Gone)

/** The middle: the open comparison, else the chosen take, or what stands there before there is one. */
export const Stage = ({ empty }: { empty: ReactNode }) => {
  const { shown, takes } = useShownTake()
  const comparing = useComparison((state) => state.isOpen)
  // Where things are marked and not yet shown, the list says it.
  const noticed = useComparison(({ notice, isOpen, entries }) => notice !== null && (isOpen || entries.length === 0))
  const take = shown.name === 'take' ? shown.take : undefined
  const news = useNews(takes, comparing ? undefined : take)
  useEffect(() => {
    // Where the server is away just then, they are asked for again when they are needed.
    afterFirstLook(() => Promise.all([TakeOnStage.load(), Notice.load()])).catch(() => undefined)
  }, [])
  return (
    <section
      aria-label="Stage"
      data-takes-files={comparing ? 'compare' : undefined}
      className="flex h-full min-h-0 flex-col"
    >
      {noticed && <Notice />}
      <div className="stage-room relative min-h-0 flex-1">
        {news && <News take={news} />}
        {comparing ? (
          <ComparisonOnStage onClose={closeComparison} />
        ) : take ? (
          <TakeOnStage take={take} takes={takes} />
        ) : shown.name === 'gone' ? (
          <Gone takes={takes} />
        ) : (
          shown.name === 'nothing' && empty
        )}
      </div>
    </section>
  )
}
