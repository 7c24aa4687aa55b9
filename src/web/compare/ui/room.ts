import type { Viewer } from '../viewer.ts'
import type { ViewerState } from '../viewer-state.ts'
import { type Place, placesOf, type Rect, type Room } from '../geometry.ts'
import type { View } from '../view.ts'
import { zoomKept, type Point } from '../zoom.ts'
import { useViewer } from './use-viewer.ts'
import type { ScreenViewport } from './use-viewport.ts'

/** What a viewer's sides are laid out in. Device pixels. */
export const roomOf = ({ sides }: Pick<ViewerState, 'sides'>, { width, height, gap }: ScreenViewport): Room => ({
  viewport: { width, height },
  gap,
  sizes: sides.map((side) => (side.name === 'ready' ? side.info : undefined)),
})

/** Changes the way of looking, and keeps pixels as large as they are where one has zoomed in. */
export const lookThrough = (viewer: Viewer, viewport: ScreenViewport | undefined, change: Partial<View>): void => {
  const { view } = viewer.state()
  if (!viewport) return viewer.setView(change)
  const room = roomOf(viewer.state(), viewport)
  viewer.setView({ ...change, ...zoomKept(view, room, { ...view, ...change }, room) })
}

const toCss = ({ x, y, width, height }: Rect, ratio: number): Rect => ({
  x: x / ratio,
  y: y / ratio,
  width: width / ratio,
  height: height / ratio,
})

/** The side of a grid whose cell is at a point, in CSS pixels from the canvas' corner; null where there is none. */
export const cellSideAt = (viewer: Viewer, viewport: ScreenViewport, { x, y }: Point): number | null => {
  const { view } = viewer.state()
  if (view.mode !== 'grid') return null
  const room = roomOf(viewer.state(), viewport)
  const found = placesOf(view, room.viewport, room.sizes, room.gap).find(({ cell }) => {
    const [left, top] = [x * viewport.ratio - cell.x, y * viewport.ratio - cell.y]
    return left >= 0 && top >= 0 && left < cell.width && top < cell.height
  })
  return found?.side ?? null
}

/**
 * Where the sides stand, in CSS pixels from the canvas' corner. Worked out in device pixels, so that what lies over
 * the canvas agrees with what the worker has drawn there.
 */
export const usePlaces = (viewer: Viewer, viewport: ScreenViewport): Place[] => {
  const view = useViewer(viewer, (state) => state.view)
  const sides = useViewer(viewer, (state) => state.sides)
  const room = roomOf({ sides }, viewport)
  return placesOf(view, room.viewport, room.sizes, room.gap).map(({ side, cell, picture, clip }) => ({
    side,
    cell: toCss(cell, viewport.ratio),
    picture: toCss(picture, viewport.ratio),
    clip: toCss(clip, viewport.ratio),
  }))
}
