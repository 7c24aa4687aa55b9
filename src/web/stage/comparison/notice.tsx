import { useComparison } from '../../state/comparison.ts'
import { Button } from '../../ui/button.tsx'

/** What could not be compared, and why. */
export const Notice = () => {
  const notice = useComparison((state) => state.notice)
  return (
    <div role="alert" className="flex shrink-0 items-center gap-3 border-b border-line bg-raised px-4 py-1.5">
      <p className="verbatim min-w-0 flex-1 break-words">{notice}</p>
      <Button size="small" variant="quiet" onClick={() => useComparison.setState({ notice: null })}>
        Dismiss
      </Button>
    </div>
  )
}
