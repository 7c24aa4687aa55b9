import { finishedJobs, siblingsIn } from '../data/batch.ts'
import { chosenTake, useTakes } from '../data/takes.ts'
import { useComparison } from '../state/comparison.ts'
import { LYING, useLayout } from '../state/layout.ts'
import { useStudio } from '../state/studio.ts'
import { useMediaQuery } from '../ui/use-media-query.ts'
import { Lineage } from './lineage.tsx'

/** The lineage of the take on the stage; nothing while others are compared there, or the picture is alone. */
export const StageLineage = () => {
  const { takes } = useTakes()
  const selected = useStudio((state) => state.selected)
  const comparing = useComparison((state) => state.isOpen)
  const theatre = useLayout((state) => state.theatre)
  const lying = useMediaQuery(LYING)
  const take = comparing || theatre || lying ? undefined : chosenTake(takes, selected)
  return (
    take && (
      <Lineage key={take.id} take={take} among={take.batch ? finishedJobs(siblingsIn(takes, take.batch.id)) : []} />
    )
  )
}
