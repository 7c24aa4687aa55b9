import { chosenTake, useTakes } from '../data/takes.ts'
import { useComparison } from '../state/comparison.ts'
import { useStudio } from '../state/studio.ts'
import { Lineage } from './lineage.tsx'

/** The lineage of the take on the stage; nothing while others are compared there. */
export const StageLineage = () => {
  const { takes } = useTakes()
  const selected = useStudio((state) => state.selected)
  const comparing = useComparison((state) => state.isOpen)
  const take = comparing ? undefined : chosenTake(takes, selected)
  return take && <Lineage key={take.id} take={take} />
}
