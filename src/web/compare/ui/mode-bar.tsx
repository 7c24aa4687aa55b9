import { Blend, Columns2, Diff, Eye, Flame, LayoutGrid, Square, SquareSplitHorizontal } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Viewer } from '../viewer.ts'
import { type Mode, MODES } from '../view.ts'
import { IconButton } from '../../ui/button.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { useBlinkKey } from './blink-button.tsx'
import { ModeControls } from './mode-controls.tsx'
import { lookThrough } from './room.ts'
import { useViewer } from './use-viewer.ts'
import type { ScreenViewport } from './use-viewport.ts'
import { ZoomBar } from './zoom-bar.tsx'

const LOOKS = {
  single: { label: 'One alone', icon: <Square size={15} aria-hidden /> },
  grid: { label: 'Side by side', icon: <Columns2 size={15} aria-hidden /> },
  wipe: { label: 'Wipe', icon: <SquareSplitHorizontal size={15} aria-hidden /> },
  blink: { label: 'Blink', icon: <Eye size={15} aria-hidden /> },
  overlay: { label: 'Overlay', icon: <Blend size={15} aria-hidden /> },
  difference: { label: 'Difference', icon: <Diff size={15} aria-hidden /> },
} as const satisfies Record<Mode, unknown>

const GRID = { label: 'Grid', icon: <LayoutGrid size={15} aria-hidden /> }

/** Ways to look at `count` sides. One alone can only be looked at alone. */
const modesFor = (count: number, alone: string) =>
  MODES.filter((mode) => count > 1 || mode === 'single').map((value) => {
    const look = value === 'grid' && count > 2 ? GRID : LOOKS[value]
    return { value, icon: look.icon, label: value === 'single' ? alone : look.label }
  })

/**
 * How to look: the mode, what that mode needs, the map of changes where `hasHeat`, and the zoom. `alone` names the mode
 * that shows one side, such as "Result alone".
 */
export const ModeBar = ({
  viewer,
  viewport,
  names,
  alone,
  hasHeat,
  children,
}: {
  viewer: Viewer
  viewport: ScreenViewport | undefined
  names: readonly string[]
  alone: string
  hasHeat: boolean
  /** What stands at the end. */
  children?: ReactNode
}) => {
  const mode = useViewer(viewer, (state) => state.view.mode)
  const heat = useViewer(viewer, (state) => state.view.heat)
  const count = useViewer(viewer, (state) => state.sides.length)
  useBlinkKey(viewer, viewport)
  return (
    <div role="group" aria-label="How to look" className="@container">
      {/* Where it is narrow: the modes in one row, and what belongs to them in one that scrolls. */}
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
        {count > 1 && (
          <div className="@max-[34rem]:w-full">
            <Segmented
              compact
              label="Compare"
              words="sr-only @min-[72rem]:not-sr-only @min-[72rem]:whitespace-nowrap"
              value={mode}
              options={modesFor(count, alone)}
              onChange={(picked) => lookThrough(viewer, viewport, { mode: picked, blinking: false })}
            />
          </div>
        )}
        <div className="scrollbar-quiet flex min-w-0 flex-1 items-center gap-2 overflow-x-auto p-1">
          {count > 1 && <ModeControls viewer={viewer} viewport={viewport} names={names} />}
          {hasHeat && count > 1 && mode !== 'difference' && (
            <IconButton label="Map of changes" pressed={heat} onClick={() => viewer.setView({ heat: !heat })}>
              <Flame size={15} aria-hidden />
            </IconButton>
          )}
          <span className="flex-1" />
          {viewport && <ZoomBar viewer={viewer} viewport={viewport} />}
        </div>
        {children}
      </div>
    </div>
  )
}
