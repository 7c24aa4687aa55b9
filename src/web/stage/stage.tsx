import { lazy, type ReactNode, Suspense, useEffect } from 'react'
import { chosenTake, useTakes } from '../data/takes.ts'
import { useStudio } from '../state/studio.ts'

const load = () => import('./take-on-stage.tsx')
// Not needed before there is a take; fetched while the person writes the first prompt.
const TakeOnStage = lazy(async () => ({ default: (await load()).TakeOnStage }))

/** The middle: the chosen take, or what stands there before there is one. */
export const Stage = ({ empty }: { empty: ReactNode }) => {
  const { takes, loading } = useTakes()
  const selected = useStudio((state) => state.selected)
  const take = chosenTake(takes, selected)
  useEffect(() => {
    const soon = setTimeout(() => void load(), 1000)
    return () => clearTimeout(soon)
  }, [])
  return (
    <section aria-label="Stage" className="h-full min-h-0">
      {take ? (
        <Suspense>
          <TakeOnStage key={take.id} take={take} />
        </Suspense>
      ) : loading ? null : (
        empty
      )}
    </section>
  )
}
