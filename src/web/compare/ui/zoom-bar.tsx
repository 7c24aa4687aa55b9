import { ZoomIn, ZoomOut } from 'lucide-react'
import type { Viewer } from '../viewer.ts'
import type { Room } from '../geometry.ts'
import { type ZoomAndCentre, pixelScale, WHOLE, ZOOM_STEP, zoomBy, zoomToPixels } from '../zoom.ts'
import type { View } from '../view.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { roomOf } from './room.ts'
import { useViewer } from './use-viewer.ts'
import type { ScreenViewport } from './use-viewport.ts'

/** How large the reference's pixels are on this screen: 100 % is pixel for pixel. */
const percent = (scale: number): string => `${scale < 0.1 ? (scale * 100).toFixed(1) : Math.round(scale * 100)} %`

export const ZoomBar = ({ viewer, viewport }: { viewer: Viewer; viewport: ScreenViewport }) => {
  const view = useViewer(viewer, (state) => state.view)
  const sides = useViewer(viewer, (state) => state.sides)
  const room = roomOf({ sides }, viewport)
  // Before a side is open nobody knows how large its pixels are.
  const scale = room.sizes.some((size) => size !== undefined) ? pixelScale(view, room) : null
  const isExact = scale !== null && Math.abs(scale - 1) < 1e-3
  const look = (work: (view: View, room: Room) => ZoomAndCentre) => () =>
    viewer.setView(work(viewer.state().view, roomOf(viewer.state(), viewport)))
  return (
    <div role="group" aria-label="Zoom" className="flex shrink-0 items-center">
      {/* Fingers pinch. */}
      <IconButton
        label="Zoom out"
        data-keys="-"
        className="pointer-coarse:hidden"
        onClick={look((seen, place) => zoomBy(seen, place, 1 / ZOOM_STEP))}
      >
        <ZoomOut size={15} aria-hidden />
      </IconButton>
      <Button
        variant="quiet"
        size="small"
        className="min-w-14 tabular-nums"
        aria-label={scale === null ? 'Show the whole picture' : `Zoom ${percent(scale)}, show the whole picture`}
        data-tip="The whole picture; 100 % is pixel for pixel"
        data-keys="0"
        onClick={look(() => WHOLE)}
      >
        {scale === null ? 'Fit' : view.zoom === 1 && !isExact ? `Fit ${percent(scale)}` : percent(scale)}
      </Button>
      <IconButton
        label="Zoom in"
        data-keys="+"
        className="pointer-coarse:hidden"
        onClick={look((seen, place) => zoomBy(seen, place, ZOOM_STEP))}
      >
        <ZoomIn size={15} aria-hidden />
      </IconButton>
      <Button
        variant="quiet"
        size="small"
        aria-label="Pixel for pixel"
        aria-pressed={isExact}
        data-tip="Pixel for pixel"
        data-keys="shift+0"
        className={isExact ? 'bg-raised text-ink' : ''}
        onClick={look((seen, place) => zoomToPixels(seen, place, 1))}
      >
        1:1
      </Button>
    </div>
  )
}
