import { describe, expect, it } from 'vitest'
import { GAP, placesOf, type Room } from './geometry.ts'
import { initialView, MODES, type View } from './view.ts'
import {
  canPan,
  clampView,
  zoomKept,
  panBy,
  pixelScale,
  pixelsUnder,
  type Point,
  WHOLE,
  zoomAt,
  zoomBy,
  zoomToPixels,
} from './zoom.ts'

const HD = { width: 1280, height: 720 }
const SMALL = { width: 640, height: 360 }
const room: Room = { viewport: { width: 1201, height: 703 }, sizes: [HD, SMALL, HD], gap: GAP }
const view = (part: Partial<View> = {}): View => ({ ...initialView(3), ...part })
const placesIn = (seen: View) => placesOf(seen, room.viewport, room.sizes, room.gap)

/** The part of the picture of the cell at `index` that lies at a point. */
const partAt = (seen: View, index: number, { x, y }: Point): Point => {
  const picture = placesIn(seen)[index]?.picture ?? { x: 0, y: 0, width: 1, height: 1 }
  return { x: (x - picture.x) / picture.width, y: (y - picture.y) / picture.height }
}

describe('zooming at a point', () => {
  it('leaves what lies under it, in whichever cell it is', () => {
    for (const [index, place] of placesIn(view()).entries()) {
      let seen = view()
      const point = { x: place.picture.x + place.picture.width * 0.7, y: place.picture.y + place.picture.height * 0.3 }
      const before = partAt(seen, index, point)
      for (let turn = 0; turn < 12; turn++) seen = { ...seen, ...zoomAt(seen, room, point, 1.25) }
      expect(seen.zoom).toBeCloseTo(1.25 ** 12)
      const after = partAt(seen, index, point)
      const unit = 1 / (placesIn(seen)[index]?.picture.width ?? 1)
      expect(Math.abs(after.x - before.x)).toBeLessThan(2 * unit)
      expect(Math.abs(after.y - before.y)).toBeLessThan(4 * unit)
      for (let turn = 0; turn < 12; turn++) seen = { ...seen, ...zoomAt(seen, room, point, 1 / 1.25) }
      expect(seen.zoom).toBeCloseTo(1)
      expect(seen.centre.x).toBeCloseTo(0.5)
    }
  })

  it('goes from the whole picture to pixels of 32 units', () => {
    const seen = view({ mode: 'overlay' })
    expect(zoomAt(seen, room, { x: 10, y: 10 }, 0.1)).toEqual(WHOLE)
    const near = { ...seen, ...zoomAt(seen, room, { x: 10, y: 10 }, 1e9) }
    expect(pixelScale(near, room)).toBeCloseTo(32)
  })

  it('goes below the whole picture where its pixels are larger than the screen’s', () => {
    const seen = view({ mode: 'single', other: 1 })
    const exact = { ...seen, ...zoomToPixels(seen, room, 1) }
    expect(exact.zoom).toBeLessThan(1)
    expect(placesIn(exact)[0]?.picture).toMatchObject(SMALL)
    expect(zoomBy(exact, room, 0.5)).toEqual(clampView(exact, room))
  })

  it('shows every pixel of the reference as one, or as four by four, in every mode', () => {
    for (const mode of MODES.filter((mode) => mode !== 'single'))
      for (const units of [1, 4]) {
        const seen = view({ mode })
        const exact = { ...seen, ...zoomToPixels(seen, room, units, { x: 300, y: 200 }) }
        expect(pixelScale(exact, room)).toBeCloseTo(units)
        expect(placesIn(exact)[0]?.picture).toMatchObject({ width: 1280 * units, height: 720 * units })
      }
  })
})

describe('panning', () => {
  it('moves every picture with the hand, and never past its border', () => {
    const seen = view({ zoom: 5 })
    const moved = { ...seen, ...panBy(seen, room, 40, -25) }
    for (const [index, { picture }] of placesIn(moved).entries()) {
      const before = placesIn(seen)[index]?.picture
      expect([picture.x - (before?.x ?? 0), picture.y - (before?.y ?? 0)]).toEqual([40, -25])
    }
    const far = { ...seen, ...panBy(seen, room, 1e6, 1e6) }
    for (const { cell, picture } of placesIn(far)) expect([picture.x, picture.y]).toEqual([cell.x, cell.y])
  })

  it('is for pictures larger than their place', () => {
    expect(canPan(view(), room)).toBe(false)
    expect(panBy(view(), room, 100, 100)).toEqual(WHOLE)
    expect(canPan(view({ zoom: 2 }), room)).toBe(true)
  })
})

describe('another mode or window', () => {
  it('keeps pixels as large as they were when zoomed in, and the whole picture whole', () => {
    const seen = view()
    const exact = { ...seen, ...zoomToPixels(seen, room, 2) }
    const wiped: View = { ...exact, mode: 'wipe' }
    expect(pixelScale({ ...wiped, ...zoomKept(exact, room, wiped, room) }, room)).toBeCloseTo(2)
    expect(zoomKept(seen, room, { ...seen, mode: 'wipe' }, room)).toEqual(WHOLE)
    const larger = { ...room, viewport: { width: 1600, height: 900 } }
    expect(pixelScale({ ...exact, ...zoomKept(exact, room, exact, larger) }, larger)).toBeCloseTo(2)
  })
})

describe('the pixel under a point', () => {
  it('is told for every side that is drawn there', () => {
    const seen = view({ mode: 'overlay' })
    const exact = { ...seen, ...zoomToPixels(seen, room, 4) }
    const picture = placesIn(exact)[0]?.picture ?? { x: 0, y: 0 }
    const point = { x: picture.x + 4 * 700 + 1, y: picture.y + 4 * 333 + 3 }
    expect(pixelsUnder(exact, room, point)).toEqual([
      { side: 0, x: 700, y: 333 },
      { side: 1, x: 350, y: 166 },
    ])
  })

  it('is that of one side beside the wipe’s edge, and of none beside the picture', () => {
    const seen = view({ mode: 'wipe', edge: 0.25 })
    expect(pixelsUnder(seen, room, { x: 100, y: 350 }).map(({ side }) => side)).toEqual([0])
    expect(pixelsUnder(seen, room, { x: 800, y: 350 }).map(({ side }) => side)).toEqual([1])
    expect(pixelsUnder(seen, room, { x: 100, y: 2 })).toEqual([])
  })
})
