import { framed, framingOf, placesOf, type Rect, type Room, zoomForPixels, zoomLimits } from './geometry.ts'
import type { View } from './view.ts'

/** Where one looks: what zooming and panning change of a view. */
export type ZoomAndCentre = Pick<View, 'zoom' | 'centre'>

/** A point of the viewport, in its unit. */
export type Point = { x: number; y: number }

/** The whole picture. */
export const WHOLE: ZoomAndCentre = { zoom: 1, centre: { x: 0.5, y: 0.5 } }

/** One press of a zoom key or button. */
export const ZOOM_STEP = Math.SQRT2

const holds = ({ x, y, width, height }: Rect, point: Point): boolean =>
  point.x >= x && point.x < x + width && point.y >= y && point.y < y + height

/** The middle of the cell in which a point lies; of the first where it lies in none. */
const middleFor = (cells: readonly Rect[], point: Point): Point => {
  const cell = cells.find((one) => holds(one, point)) ?? cells[0] ?? { x: 0, y: 0, width: 0, height: 0 }
  return { x: cell.x + cell.width / 2, y: cell.y + cell.height / 2 }
}

/** What of a view's look that room allows. */
export const clampView = (view: View, room: Room): ZoomAndCentre => framed(view, framingOf(view, room))

/** How many units of the viewport a pixel of the reference is large. */
export const pixelScale = (view: View, room: Room): number => {
  const framing = framingOf(view, room)
  return framed(view, framing).zoom / zoomForPixels(framing, 1)
}

/** Whether there is more of the picture than its cell shows. */
export const canPan = (view: View, room: Room): boolean => {
  const { cells, box, reach } = framingOf(view, room)
  const { zoom } = clampView(view, room)
  const cell = cells[0] ?? room.viewport
  return box.width * zoom * reach.x > cell.width + 0.5 || box.height * zoom * reach.y > cell.height + 0.5
}

/** Zooms to `zoom`, and keeps what lies under `point` where it is, in whichever cell that is. */
const zoomTo = (view: View, room: Room, point: Point, zoom: number): ZoomAndCentre => {
  const framing = framingOf(view, room)
  const { least, most } = zoomLimits(framing)
  const before = framed(view, framing)
  // The whole picture is a state of its own: nearly whole is whole.
  const after = Math.abs(zoom - 1) < 1e-3 ? 1 : Math.min(Math.max(zoom, least), most)
  const middle = middleFor(framing.cells, point)
  const follow = (centre: number, distance: number, box: number) =>
    centre + distance / (box * before.zoom) - distance / (box * after)
  return framed(
    {
      zoom: after,
      centre: {
        x: follow(before.centre.x, point.x - middle.x, framing.box.width),
        y: follow(before.centre.y, point.y - middle.y, framing.box.height),
      },
    },
    framing,
  )
}

export const zoomAt = (view: View, room: Room, point: Point, factor: number): ZoomAndCentre =>
  zoomTo(view, room, point, clampView(view, room).zoom * factor)

/** Zooms so that a pixel of the reference is `units` units of the viewport. Around the middle where no point is given. */
export const zoomToPixels = (view: View, room: Room, units: number, point?: Point): ZoomAndCentre => {
  const framing = framingOf(view, room)
  const around = point ?? middleFor(framing.cells, { x: -1, y: -1 })
  return zoomTo(view, room, around, zoomForPixels(framing, units))
}

/** Zooms around the middle of what is seen. */
export const zoomBy = (view: View, room: Room, factor: number): ZoomAndCentre =>
  zoomAt(view, room, middleFor(framingOf(view, room).cells, { x: -1, y: -1 }), factor)

/** Moves the picture by so many units, as a hand that drags it. */
export const panBy = (view: View, room: Room, dx: number, dy: number): ZoomAndCentre => {
  const framing = framingOf(view, room)
  const { zoom, centre } = framed(view, framing)
  const { width, height } = framing.box
  return framed({ zoom, centre: { x: centre.x - dx / (width * zoom), y: centre.y - dy / (height * zoom) } }, framing)
}

/**
 * The look that keeps the picture's size on screen from one view and room to another: what was zoomed to its pixels
 * stays so when the mode, or the window, gives it another place. The whole picture stays the whole picture.
 */
export const zoomKept = (view: View, room: Room, next: View, nextRoom: Room): ZoomAndCentre => {
  const [before, after] = [framingOf(view, room), framingOf(next, nextRoom)]
  const { zoom } = framed(view, before)
  if (zoom === 1) return framed({ zoom: 1, centre: next.centre }, after)
  return framed({ zoom: (zoom * before.box.width) / after.box.width, centre: next.centre }, after)
}

/** A pixel of a side's picture. */
export type Pixel = { side: number; x: number; y: number }

/** Which pixels lie under a point, of every side that is drawn there; sides of unknown size have none. */
export const pixelsUnder = (view: View, { viewport, sizes, gap }: Room, point: Point): Pixel[] =>
  placesOf(view, viewport, sizes, gap).flatMap(({ side, picture, clip }) => {
    const size = sizes[side]
    if (!size || !holds(clip, point) || !holds(picture, point)) return []
    return [
      {
        side,
        x: Math.floor(((point.x - picture.x) / picture.width) * size.width),
        y: Math.floor(((point.y - picture.y) / picture.height) * size.height),
      },
    ]
  })
