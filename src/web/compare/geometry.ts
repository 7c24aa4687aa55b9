import type { Size } from './protocol.ts'
import { type Arrangement, sidesIn, type View } from './view.ts'

export type Rect = { x: number; y: number; width: number; height: number }

/** Where one side stands on the viewport. The unit is the viewport's. */
export type Place = {
  side: number
  /** The part of the viewport that is the side's own; nothing of it is drawn outside. */
  cell: Rect
  /** Where the whole picture would be drawn: larger than the cell when zoomed in. */
  picture: Rect
  /** What of the cell is drawn on: the cell, or what the wipe's edge leaves of it. */
  clip: Rect
}

/** What the sides are laid out in. `viewport` and `gap` are of one unit; a size that is not known yet is undefined. */
export type Room = { viewport: Size; sizes: readonly (Size | undefined)[]; gap: number }

/** What lies between two cells, in CSS pixels: callers that count in device pixels multiply it by their ratio. */
export const GAP = 8

/** A side whose size nobody knows yet. */
const USUAL: Size = { width: 16, height: 9 }
/** A picture this much larger is worth other columns. */
const CLEARLY = 1.001
/** Pixels of the picture are no larger than this. Units of the viewport. */
const LARGEST_PIXEL = 32

const scaleIn = (place: Size, picture: Size): number =>
  Math.min(place.width / picture.width, place.height / picture.height)

const clamp = (value: number, from: number, to: number): number => Math.min(Math.max(value, from), to)

export const intersection = (a: Rect, b: Rect): Rect => {
  const [x, y] = [Math.max(a.x, b.x), Math.max(a.y, b.y)]
  const [right, bottom] = [Math.min(a.x + a.width, b.x + b.width), Math.min(a.y + a.height, b.y + b.height)]
  return { x, y, width: Math.max(0, right - x), height: Math.max(0, bottom - y) }
}

const cellSize = (viewport: Size, columns: number, rows: number, gap: number): Size => ({
  width: Math.max(1, Math.floor((viewport.width - gap * (columns - 1)) / columns)),
  height: Math.max(1, Math.floor((viewport.height - gap * (rows - 1)) / rows)),
})

/** The columns that show pictures of that shape largest; of equals those that leave no hole, then the wider ones. */
const columnsFor = (count: number, viewport: Size, shape: Size, gap: number, arrangement: Arrangement): number => {
  if (count === 2 && arrangement !== 'largest') return arrangement === 'beside' ? 2 : 1
  let best = { columns: 1, scale: 0, holes: 0 }
  for (let columns = 1; columns <= count; columns++) {
    const rows = Math.ceil(count / columns)
    const scale = scaleIn(cellSize(viewport, columns, rows, gap), shape)
    const holes = columns * rows - count
    const ties = scale * CLEARLY >= best.scale && holes <= best.holes
    if (scale > best.scale * CLEARLY || ties) best = { columns, scale, holes }
  }
  return best.columns
}

/** Equal cells of whole units, the last row in the middle where it is not full. */
const cellsOf = (count: number, viewport: Size, shape: Size, gap: number, arrangement: Arrangement): Rect[] => {
  if (count < 2) return [{ x: 0, y: 0, ...cellSize(viewport, 1, 1, 0) }]
  const between = Math.round(gap)
  const columns = columnsFor(count, viewport, shape, gap, arrangement)
  const rows = Math.ceil(count / columns)
  const { width, height } = cellSize(viewport, columns, rows, between)
  const start = (space: number, size: number, number: number) =>
    Math.floor((space - size * number - between * (number - 1)) / 2)
  return Array.from({ length: count }, (_, index) => {
    const row = Math.floor(index / columns)
    const inRow = Math.min(columns, count - row * columns)
    return {
      x: start(viewport.width, width, inRow) + (index % columns) * (width + between),
      y: start(viewport.height, height, rows) + row * (height + between),
      width,
      height,
    }
  })
}

/** What all cells have in common. */
export type Framing = {
  cells: readonly Rect[]
  /** The picture that gives the box its shape: the reference, or the side that stands alone. Pixels. */
  shape: Size
  /** The box at zoom 1, not yet on whole units. */
  box: Size
  /** How far pictures go beyond the box, as parts of it: 1 where none does. */
  reach: { x: number; y: number }
}

export const framingOf = (view: View, { viewport, sizes, gap }: Room): Framing => {
  const sides = sidesIn(view)
  const shape =
    sizes[view.mode === 'single' ? view.other : view.reference] ??
    sides.map((side) => sizes[side]).find((size) => size !== undefined) ??
    USUAL
  const cells = cellsOf(view.mode === 'grid' ? sides.length : 1, viewport, shape, gap, view.arrangement)
  const scale = scaleIn(cells[0] ?? viewport, shape)
  const shown = view.fit === 'one' ? sides.map((side) => sizes[side] ?? shape) : []
  return {
    cells,
    shape,
    box: { width: shape.width * scale, height: shape.height * scale },
    reach: {
      x: Math.max(1, ...shown.map(({ width }) => width / shape.width)),
      y: Math.max(1, ...shown.map(({ height }) => height / shape.height)),
    },
  }
}

/** The zoom at which a pixel of the picture that gives the box its shape is `units` units of the viewport. */
export const zoomForPixels = ({ shape, box }: Framing, units: number): number => (units * shape.width) / box.width

/** From the whole picture, or from pixel for pixel where that is smaller, to pixels of 32 units. */
export const zoomLimits = (framing: Framing): { least: number; most: number } => ({
  least: Math.min(1, zoomForPixels(framing, 1), 1 / Math.max(framing.reach.x, framing.reach.y)),
  most: Math.max(1, zoomForPixels(framing, LARGEST_PIXEL)),
})

const centreWithin = (centre: number, cell: number, box: number, reach: number): number => {
  const play = Math.max(0, box * reach - cell) / (2 * box)
  return clamp(centre, 0.5 - play, 0.5 + play)
}

/** What a view comes to in that room: no zoom out of bounds, and no margin where there could be picture. */
export const framed = (
  { zoom: wanted, centre }: Pick<View, 'zoom' | 'centre'>,
  framing: Framing,
): Pick<View, 'zoom' | 'centre'> => {
  const { least, most } = zoomLimits(framing)
  const zoom = clamp(wanted, least, most)
  const [cell, box, reach] = [framing.cells[0] ?? framing.box, boxSize(framing, zoom), framing.reach]
  return {
    zoom,
    centre: {
      x: centreWithin(centre.x, cell.width, box.width, reach.x),
      y: centreWithin(centre.y, cell.height, box.height, reach.y),
    },
  }
}

// The size is made whole before the position: a picture that is moved must not change its size.
const boxSize = ({ box }: Framing, zoom: number): Size => ({
  width: Math.max(1, Math.round(box.width * zoom)),
  height: Math.max(1, Math.round(box.height * zoom)),
})

/** A picture in the middle of the box, on whole units: a pixel that is one unit large must not blur. */
const pictureIn = (box: Rect, size: Size, scale: number): Rect => {
  const width = Math.max(1, Math.round(size.width * scale))
  const height = Math.max(1, Math.round(size.height * scale))
  return {
    x: box.x + Math.round((box.width - width) / 2),
    y: box.y + Math.round((box.height - height) / 2),
    width,
    height,
  }
}

/** The part of a cell over which the wipe's edge moves: what is seen of the reference, whose place this is. */
export const wipeBand = ({ cell, picture }: Pick<Place, 'cell' | 'picture'>): Rect => intersection(cell, picture)

const cutByEdge = (cell: Rect, band: Rect, { edge, edgeStands }: View, part: 'before' | 'after'): Rect => {
  const upright = edgeStands === 'upright'
  const at = Math.round(upright ? band.x + edge * band.width : band.y + edge * band.height)
  const half = { ...cell }
  if (upright) {
    half.width = part === 'before' ? at - cell.x : cell.x + cell.width - at
    if (part === 'after') half.x = at
  } else {
    half.height = part === 'before' ? at - cell.y : cell.y + cell.height - at
    if (part === 'after') half.y = at
  }
  return half
}

/**
 * Where the sides of a view stand, in the order in which they are drawn. Every cell holds one box of the reference's
 * shape, which is seen from the same point and at the same size in all of them, and every picture lies in such a box:
 * what is at one place of the picture is at one place of the cell, in every mode, at every zoom and resolution. All
 * rectangles are on whole units. `gap` is `GAP` in the viewport's unit, and also tells how wide the viewport is to the eye.
 */
export const placesOf = (view: View, viewport: Size, sizes: Room['sizes'], gap: number): Place[] => {
  const framing = framingOf(view, { viewport, sizes, gap })
  const { zoom, centre } = framed(view, framing)
  const size = boxSize(framing, zoom)
  const [boxWidth, boxHeight] = [framing.box.width * zoom, framing.box.height * zoom]
  return sidesIn(view).map((side, index) => {
    const cell = framing.cells[index] ?? framing.cells[0] ?? { x: 0, y: 0, ...viewport }
    const box = {
      x: cell.x + Math.round(cell.width / 2 - centre.x * size.width),
      y: cell.y + Math.round(cell.height / 2 - centre.y * size.height),
      ...size,
    }
    const own = sizes[side] ?? framing.shape
    const [across, down] = [boxWidth / own.width, boxHeight / own.height]
    const scale = {
      fit: Math.min(across, down),
      fill: Math.max(across, down),
      one: boxWidth / framing.shape.width,
    }[view.fit]
    const room = view.fit === 'fill' ? intersection(cell, box) : cell
    const isWiped = view.mode === 'wipe' && view.reference !== view.other
    const clip = isWiped
      ? intersection(room, cutByEdge(cell, intersection(cell, box), view, side === view.reference ? 'before' : 'after'))
      : room
    return { side, cell, picture: pictureIn(box, own, scale), clip }
  })
}
