import type { Viewer } from '../../compare/viewer.ts'
import { useViewer } from '../../compare/ui/use-viewer.ts'
import { useComparison } from '../../state/comparison.ts'
import { keyOf } from '../../state/marking.ts'
import { SendForPreview } from './send-for-preview.tsx'

/** Offers the way out for files of this machine that the browser cannot decode. `keys` are the sides'. */
export const Undecoded = ({ viewer, keys }: { viewer: Viewer; keys: readonly string[] }) => {
  const sides = useViewer(viewer, (state) => state.sides)
  const entries = useComparison((state) => state.entries)
  const failed = entries.flatMap((entry) =>
    entry.kind === 'local' && sides[keys.indexOf(keyOf(entry))]?.name === 'failed' ? [entry] : [],
  )
  if (failed.length === 0) return null
  return (
    <div className="flex flex-col gap-1 border-b border-line px-3 py-1.5">
      {failed.map((entry) => (
        <SendForPreview key={entry.key} entry={entry} />
      ))}
    </div>
  )
}
