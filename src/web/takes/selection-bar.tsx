import { X } from 'lucide-react'
import { jobIdOf } from './grid/cards.ts'
import type { Take } from '../data/take.ts'
import { useLayout } from '../state/layout.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { compareTakes } from './acts/compare.ts'
import { binJobs, downloadTakes, restoreJobs, starTakes } from './acts/tidy.ts'
import { clearSelection, useSelection } from './selection.ts'
import { showShelving } from './shelving.ts'

const compareOnStage = (takes: readonly Take[]) => {
  useLayout.getState().showWall(false)
  compareTakes(takes)
}

/** What can be done with selected takes that are not in the bin. */
const Acts = ({ takes }: { takes: readonly Take[] }) => {
  const done = takes.filter(({ state }) => state.name === 'done')
  const isNoneDone = done.length === 0
  return (
    <>
      <Button
        size="small"
        variant="quiet"
        aria-keyshortcuts="c"
        data-keys="c"
        disabled={done.length < 2}
        onClick={() => compareOnStage(done)}
      >
        Compare
      </Button>
      <Button size="small" variant="quiet" disabled={isNoneDone} onClick={() => void downloadTakes(done)}>
        Download
      </Button>
      <Button size="small" variant="quiet" disabled={isNoneDone} onClick={() => void starTakes(done)}>
        Star
      </Button>
      <Button size="small" variant="quiet" disabled={isNoneDone} onClick={() => showShelving(done)}>
        Shelf…
      </Button>
    </>
  )
}

/** What can be done with all that is selected. */
export const SelectionBar = ({ takes, isBin }: { takes: readonly Take[]; isBin: boolean }) => {
  const ids = useSelection((state) => state.ids)
  if (ids.size === 0) return null
  const byId = new Map(takes.map((take) => [jobIdOf(take), take]))
  // In the order in which they were selected, as they are compared.
  const selected = [...ids].flatMap((id) => byId.get(id) ?? [])
  return (
    <section
      aria-label="Selected takes"
      className="flex shrink-0 flex-wrap items-center gap-x-1 gap-y-0.5 border-t border-line bg-panel px-2 py-1.5"
    >
      <p role="status" className="min-w-0 flex-1 pl-1 whitespace-nowrap text-soft">
        {selected.length} selected
      </p>
      <div className="flex flex-wrap items-center">
        {isBin ? (
          <Button size="small" onClick={() => void restoreJobs([...ids])}>
            Restore
          </Button>
        ) : (
          <>
            <Acts takes={selected} />
            <Button
              size="small"
              variant="quiet"
              data-tip="Into the bin"
              data-keys="x"
              onClick={() => void binJobs([...ids])}
            >
              Bin
            </Button>
          </>
        )}
        <IconButton label="Clear the selection" onClick={clearSelection}>
          <X size={16} aria-hidden />
        </IconButton>
      </div>
    </section>
  )
}
