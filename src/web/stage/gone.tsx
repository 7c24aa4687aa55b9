import type { Take } from '../data/take.ts'
import { useStudio } from '../state/studio.ts'
import { Button } from '../ui/button.tsx'
import { firstToShow } from './shown-take.ts'

/** What stands in the place of a take that there is no more. */
export const Gone = ({ takes }: { takes: readonly Take[] }) => {
  const other = firstToShow(takes)
  return (
    <div className="flex h-full flex-col items-center justify-center gap-3 p-6 text-center">
      <p className="text-soft">
        This take is not on the server. It may have been deleted, or its address is not whole.
      </p>
      {other && <Button onClick={() => useStudio.getState().select(other.id, 'replace')}>Show the newest take</Button>}
    </div>
  )
}
