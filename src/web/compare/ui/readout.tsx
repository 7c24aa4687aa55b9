import { classes } from '../../ui/classes.ts'
import type { Viewer } from '../viewer.ts'
import { useViewer } from './use-viewer.ts'

/** How true what stands on screen is: the drift of several sides, what was left out, and whether a frame is still being decoded. */
export const Readout = ({ viewer }: { viewer: Viewer }) => {
  const drift = useViewer(viewer, (state) => (state.shown.drift * 1000).toFixed(1))
  const several = useViewer(viewer, (state) => state.sides.length > 1)
  const skipped = useViewer(viewer, (state) => state.skipped)
  const waiting = useViewer(viewer, (state) => state.waiting)
  const backward = useViewer(viewer, (state) => state.playing && state.rate < 0)
  return (
    <span className="order-1 ml-auto flex items-center gap-2 text-xs leading-4 whitespace-nowrap text-faint tabular-nums">
      <span className="flex gap-2 @max-[30rem]:flex-col @max-[30rem]:items-end @max-[30rem]:gap-0">
        {backward && <span className="text-soft">backward</span>}
        {skipped > 0 && (
          <span data-tip="Frames that were due while playing and never shown, of all sides">{skipped} skipped</span>
        )}
        {(several || drift !== '0.0') && (
          <span
            data-tip="The most that any frame on screen is away from its side’s frame for this time"
            className={classes(drift !== '0.0' && 'text-trouble')}
          >
            drift {drift} ms
          </span>
        )}
      </span>
      <span
        data-tip={waiting ? 'A frame is still being decoded' : undefined}
        className={classes('size-1.5 rounded-full', waiting && 'working bg-amber-ink')}
      >
        {waiting && <span className="sr-only">waiting for a frame</span>}
      </span>
    </span>
  )
}
