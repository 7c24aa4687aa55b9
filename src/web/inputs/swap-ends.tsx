import { ArrowUpDown } from 'lucide-react'
import { isOnItsWay, useUploads } from '../data/uploads.ts'
import { useStudio } from '../state/studio.ts'
import { IconButton } from '../ui/button.tsx'

/** Puts the first picture last and the last one first. */
export const SwapEnds = ({ first, last }: { first: string; last: string }) => {
  const has = useStudio(({ draft }) => draft[first] !== undefined || draft[last] !== undefined)
  // What is on its way goes to the place that it was meant for, and would take that of what was swapped into it.
  const onItsWay = useUploads(({ bySlot }) => [first, last].some((slot) => isOnItsWay(bySlot[slot])))
  const swap = () => {
    const { draft, setValue } = useStudio.getState()
    const [before, after] = [draft[first], draft[last]]
    setValue(first, after)
    setValue(last, before)
  }
  return has ? (
    <IconButton label="Swap first and last frame" disabled={onItsWay} onClick={swap}>
      <ArrowUpDown size={16} aria-hidden />
    </IconButton>
  ) : null
}
