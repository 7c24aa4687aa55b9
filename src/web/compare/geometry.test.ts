import { describe, expect, it } from 'vitest'
import { GAP, placesOf, type Place, wipeBand } from './geometry.ts'
import type { Size } from './protocol.ts'
import { FITS, initialView, MODES, type View } from './view.ts'

const HD = { width: 1280, height: 720 }
const SD = { width: 832, height: 480 }
const TALL = { width: 720, height: 1280 }
const FULL = { width: 1920, height: 1080 }

const view = (sizes: readonly Size[], part: Partial<View> = {}): View => ({ ...initialView(sizes.length), ...part })
const places = (sizes: readonly Size[], viewport: Size, part: Partial<View> = {}) =>
  placesOf(view(sizes, part), viewport, sizes, GAP)
const columnsOf = (found: readonly Place[]) => new Set(found.map(({ cell }) => cell.x)).size
const rowsOf = (found: readonly Place[]) => new Set(found.map(({ cell }) => cell.y)).size
const only = (found: readonly Place[]): Place => {
  expect(found).toHaveLength(1)
  return found[0] as Place
}
/** Where a point of the picture, in parts of it, stands in its cell. */
const pointIn = ({ cell, picture }: Place, x: number, y: number) => ({
  x: picture.x - cell.x + x * picture.width,
  y: picture.y - cell.y + y * picture.height,
})

describe('the grid', () => {
  it('puts two as they are largest, beside or above each other, or as one wants them', () => {
    for (const [viewport, columns] of [
      [{ width: 1600, height: 500 }, 2],
      [{ width: 776, height: 584 }, 1],
      [{ width: 366, height: 450 }, 1],
    ] as const) {
      expect(columnsOf(places([HD, HD], viewport)), `${viewport.width}`).toBe(columns)
      expect(columnsOf(places([HD, HD], viewport, { arrangement: 'beside' }))).toBe(2)
      expect(columnsOf(places([HD, HD], viewport, { arrangement: 'stacked' }))).toBe(1)
    }
    const [stacked] = places([HD, HD], { width: 776, height: 584 })
    expect(stacked?.picture.width).toBeGreaterThan(500)
    expect(columnsOf(places([TALL, TALL], { width: 366, height: 450 }))).toBe(2)
  })

  it('decides the same on a screen with finer pixels', () => {
    const fine = { width: 366 * 3, height: 450 * 3 }
    expect(columnsOf(placesOf(view([HD, HD]), fine, [HD, HD], 3 * GAP))).toBe(1)
  })

  it('makes pictures of the shape at hand as large as possible', () => {
    const viewport = { width: 1200, height: 700 }
    const four = places([HD, HD, HD, HD], viewport)
    expect([columnsOf(four), rowsOf(four)]).toEqual([2, 2])
    const tall = places([TALL, TALL, TALL, TALL], viewport)
    expect([columnsOf(tall), rowsOf(tall)]).toEqual([4, 1])
    const phone = places([HD, HD, HD, HD], { width: 366, height: 600 })
    expect(rowsOf(phone)).toBeGreaterThan(columnsOf(phone))
  })

  it('gives 1 to 8 sides equal cells that neither overlap nor leave the viewport', () => {
    for (let count = 1; count <= 8; count++)
      for (const viewport of [
        { width: 1201, height: 703 },
        { width: 367, height: 451 },
        { width: 2560, height: 600 },
      ]) {
        const found = places(
          Array.from({ length: count }, () => HD),
          viewport,
        )
        expect(found.map(({ side }) => side)).toEqual(Array.from({ length: count }, (_, side) => side))
        expect(new Set(found.map(({ cell }) => `${cell.width} ${cell.height}`)).size).toBe(1)
        for (const { cell } of found) {
          expect(Math.min(cell.x, cell.y)).toBeGreaterThanOrEqual(0)
          expect(cell.x + cell.width).toBeLessThanOrEqual(viewport.width)
          expect(cell.y + cell.height).toBeLessThanOrEqual(viewport.height)
        }
        for (const [index, { cell }] of found.entries())
          for (const { cell: later } of found.slice(index + 1))
            expect(
              later.x >= cell.x + cell.width + GAP ||
                later.y >= cell.y + cell.height + GAP ||
                (later.y > cell.y && later.x < cell.x),
            ).toBe(true)
      }
  })

  it('stands in the order that was chosen, and a last row that is not full in the middle', () => {
    const found = places([HD, HD, HD], { width: 1200, height: 700 }, { order: [2, 0, 1] })
    expect(found.map(({ side }) => side)).toEqual([2, 0, 1])
    const last = found[2] as Place
    expect(last.cell.x + last.cell.width / 2).toBeCloseTo(600, -0.5)
  })
})

describe('one place for a pair', () => {
  const viewport = { width: 1000, height: 700 }

  it('is the whole viewport, the reference first', () => {
    for (const mode of ['wipe', 'blink', 'overlay', 'difference'] as const) {
      const found = places([HD, FULL, SD], viewport, { mode, reference: 2, other: 0 })
      expect(found.map(({ side }) => side)).toEqual([2, 0])
      for (const { cell } of found) expect(cell).toEqual({ x: 0, y: 0, ...viewport })
    }
    expect(only(places([HD, FULL], viewport, { mode: 'single', other: 1 })).side).toBe(1)
  })

  it('shows one resolution exactly over another of the same shape', () => {
    for (const zoom of [1, 1.7, 6])
      for (const fit of ['fit', 'fill'] as const) {
        const [under, over] = places([HD, FULL], viewport, { mode: 'overlay', zoom, fit })
        expect(over?.picture).toEqual(under?.picture)
      }
  })
})

describe('sides of different size', () => {
  const viewport = { width: 1280, height: 800 }

  it('fit: are whole in the reference’s box', () => {
    const [wide, tall] = places([HD, TALL], viewport, { mode: 'overlay' })
    expect(wide?.picture).toEqual({ x: 0, y: 40, width: 1280, height: 720 })
    expect(tall?.picture).toEqual({ x: 438, y: 40, width: 405, height: 720 })
  })

  it('fill: cover the box and are cut to it', () => {
    const [wide, tall] = places([HD, TALL], viewport, { mode: 'overlay', fit: 'fill' })
    expect(tall?.picture.width).toBe(1280)
    expect(tall?.picture.height).toBe(2276)
    expect(tall?.clip).toEqual(wide?.picture)
  })

  it('one to one: keep the scale of the reference’s pixels', () => {
    const [under, over] = places([HD, FULL], { width: 640, height: 400 }, { mode: 'overlay', fit: 'one' })
    expect(under?.picture.width).toBe(640)
    expect(over?.picture.width).toBe(960)
    expect((over?.picture.x ?? 0) + 480).toBe(320)
  })

  it('waits in the reference’s shape for a side that is not open yet', () => {
    const [, waiting] = placesOf(view([HD, HD], { mode: 'overlay' }), viewport, [HD, undefined], GAP)
    expect(waiting?.picture).toEqual({ x: 0, y: 40, width: 1280, height: 720 })
    expect(placesOf(view([HD, HD]), viewport, [undefined, undefined], GAP)).toHaveLength(2)
  })
})

describe('zoom', () => {
  it('keeps a point of the picture at one place of every cell, mode and resolution', () => {
    const viewport = { width: 1201, height: 803 }
    for (const zoom of [1, 2.3, 7.77])
      for (const mode of MODES) {
        const found = places([HD, FULL, { width: 640, height: 360 }], viewport, {
          mode,
          zoom,
          centre: { x: 0.4, y: 0.6 },
        })
        const points = found.map((place) => pointIn(place, 0.37, 0.61))
        for (const point of points) expect(point).toEqual(points[0])
      }
  })

  it('stands in the middle at zoom 1, whatever the centre, and drags in no margin when zoomed in', () => {
    const viewport = { width: 1280, height: 900 }
    const whole = only(places([HD], viewport, { centre: { x: 0, y: 1 } }))
    expect(whole.picture).toEqual({ x: 0, y: 90, width: 1280, height: 720 })
    const corner = only(places([HD], viewport, { zoom: 2, centre: { x: 0, y: 1 } }))
    expect(corner.picture).toEqual({ x: 0, y: 900 - 1440, width: 2560, height: 1440 })
    // Still less high than the viewport: it stays in the middle from top to bottom.
    const flat = only(places([HD], viewport, { zoom: 1.2, centre: { x: 1, y: 1 } }))
    expect(flat.picture).toEqual({ x: 1280 - 1536, y: 18, width: 1536, height: 864 })
  })

  it('reaches what one to one shows beyond the box', () => {
    const viewport = { width: 640, height: 360 }
    const [, over] = places([HD, FULL], viewport, { mode: 'overlay', fit: 'one', centre: { x: -1, y: 0.5 } })
    expect(over?.picture.x).toBe(0)
  })

  it('is at most 32 units for a pixel', () => {
    const found = only(places([HD], { width: 640, height: 360 }, { zoom: 1e6 }))
    expect(found.picture.width).toBe(1280 * 32)
  })

  it('puts everything on whole units, and pixels of one unit nowhere between', () => {
    for (const fit of FITS)
      for (const viewport of [
        { width: 1003, height: 701 },
        { width: 777, height: 555 },
      ])
        for (const mode of MODES)
          for (const zoom of [1, 1.37]) {
            const found = places([HD, SD, TALL], viewport, {
              mode,
              fit,
              zoom,
              edge: 0.333,
              centre: { x: 0.41, y: 0.57 },
            })
            const numbers = found.flatMap(({ cell, picture, clip }) => [cell, picture, clip].flatMap(Object.values))
            for (const number of numbers) expect(Number.isInteger(number)).toBe(true)
          }
    const viewport = { width: 1003, height: 701 }
    const whole = 1003 / 1280
    const found = only(places([HD], viewport, { zoom: 1 / whole, centre: { x: 0.413, y: 0.571 } }))
    expect(found.picture).toMatchObject(HD)
  })
})

describe('the wipe', () => {
  const viewport = { width: 1000, height: 800 }
  const wiped = (part: Partial<View>) => places([HD, HD], viewport, { mode: 'wipe', ...part })

  it('leaves the reference to the left of the edge and the other to its right, without a gap', () => {
    const [left, right] = wiped({ edge: 0.4 })
    expect(left?.clip).toEqual({ x: 0, y: 0, width: 400, height: 800 })
    expect(right?.clip).toEqual({ x: 400, y: 0, width: 600, height: 800 })
  })

  it('stands level between above and below, over what is seen of the picture', () => {
    const [above, below] = wiped({ edge: 0.5, edgeStands: 'level' })
    expect(above?.clip).toEqual({ x: 0, y: 0, width: 1000, height: 401 })
    expect(below?.clip).toEqual({ x: 0, y: 401, width: 1000, height: 399 })
    const [top, bottom] = wiped({ edge: 0, edgeStands: 'level' })
    expect(wipeBand(top as Place)).toEqual({ x: 0, y: 119, width: 1000, height: 563 })
    expect(bottom?.clip.y).toBe(119)
  })

  it('counts over what is seen when zoomed in', () => {
    const [left, right] = wiped({ edge: 0.25, zoom: 4, centre: { x: 0.2, y: 0.9 } })
    expect(wipeBand(left as Place)).toEqual({ x: 0, y: 0, width: 1000, height: 800 })
    expect(right?.clip.x).toBe(250)
  })

  it('has no edge where both are the same side', () => {
    expect(only(wiped({ reference: 1, other: 1, edge: 0.4 })).clip.width).toBe(1000)
  })
})
