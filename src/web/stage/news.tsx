import { X } from 'lucide-react'
import { isRunning, type Take } from '../data/take.ts'
import { closeComparison } from '../state/comparison.ts'
import { useStudio } from '../state/studio.ts'
import { Button, IconButton } from '../ui/button.tsx'

const wordsOf = ({ state, batch }: Take, running: boolean): string => {
  const many = batch !== null && batch.size > 1
  if (state.name === 'done') return many ? `First of ${batch.size} new takes ready` : 'New take ready'
  if (running) return many ? `${batch.size} new takes on their way` : 'New take on its way'
  return many ? 'The new takes were not made' : 'The new take was not made'
}

/** Tells of takes that were asked for while the stage shows something else. It leaves that only where a person says so. */
export const News = ({ take }: { take: Take }) => (
  <div
    role="status"
    className="absolute top-3 left-1/2 z-40 flex max-w-[calc(100%-24px)] -translate-x-1/2 items-center gap-1 rounded border border-edge bg-panel py-1 pr-1 pl-3 shadow-lg"
  >
    <span className="min-w-0 truncate">{wordsOf(take, isRunning(take))}</span>
    <Button
      size="small"
      variant={take.state.name === 'done' ? 'accent' : 'quiet'}
      onClick={() => {
        const { select, stopAwaiting } = useStudio.getState()
        closeComparison()
        select(take.id)
        if (!isRunning(take)) stopAwaiting()
      }}
    >
      Show
    </Button>
    <IconButton label="Stay here" onClick={() => useStudio.getState().stopAwaiting()}>
      <X size={14} aria-hidden />
    </IconButton>
  </div>
)
