import { closeComparison, useComparison } from '../state/comparison.ts'
import { clearComparison, openComparison } from '../state/marking.ts'
import { Button } from '../ui/button.tsx'

/** What is marked, and what can be done with it. Stands under the list while anything is. */
export const CompareBar = () => {
  const { entries, isOpen, notice } = useComparison()
  if (entries.length === 0) return null
  return (
    <section aria-label="Marked to compare" className="shrink-0 border-t border-line px-3 py-2">
      {/* While it is open, the stage says it. */}
      {notice !== null && !isOpen && (
        <p role="alert" className="pb-2 text-soft">
          {notice}
        </p>
      )}
      <div className="flex items-center gap-2">
        <p role="status" className="min-w-0 flex-1 truncate text-soft">
          {entries.length === 1 && !isOpen ? '1 marked: one more to compare' : `${entries.length} to compare`}
        </p>
        {isOpen ? (
          <Button size="small" onClick={closeComparison}>
            Close
          </Button>
        ) : (
          entries.length > 1 && (
            <Button size="small" look="accent" onClick={openComparison}>
              Compare
            </Button>
          )
        )}
        <Button size="small" look="quiet" onClick={clearComparison}>
          Clear
        </Button>
      </div>
    </section>
  )
}
