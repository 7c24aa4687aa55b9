import { describe, expect, it } from 'vitest'
import { readTrajectory } from '../../shared/models/trajectory.ts'
import { arrivingAt, pointsOf, simplified, valueOf, withoutLast, withPlaces } from './path-points.ts'

const FRAMES = 125
const WIDE = { width: 1600, height: 900 }

describe('points that are set', () => {
  it('make a path at an even pace through the whole clip, by what is long in the picture', () => {
    // 800 pixels to the right, then 450 down, then 400 to the right.
    const places = [
      { x: 0.1, y: 0.1 },
      { x: 0.6, y: 0.1 },
      { x: 0.6, y: 0.6 },
      { x: 0.85, y: 0.6 },
    ]
    const points = places.reduce<ReturnType<typeof pointsOf>>(
      (before, place) => withPlaces(before, [place], FRAMES, WIDE),
      [],
    )
    expect(points.map(({ x, y }) => ({ x, y }))).toEqual(places)
    expect(points.map(({ frame }) => Math.round(frame))).toEqual([0, 60, 94, 124])
    expect(withPlaces([], places, FRAMES, WIDE)).toEqual(points)
    expect(readTrajectory(valueOf(points))).toEqual(points)
  })

  it('keep the rhythm and the arrival of a path that they go on from', () => {
    const given = [
      { frame: 10, x: 0, y: 0 },
      { frame: 50, x: 0.1, y: 0 },
      { frame: 60, x: 0.5, y: 0 },
    ]
    const points = withPlaces(given, [{ x: 1, y: 0 }], FRAMES, WIDE)
    expect(points.map(({ frame }) => frame)).toEqual([10, 30, 35, 60])
  })

  it('are not set twice at one place, nor outside the picture', () => {
    const one = withPlaces([], [{ x: 0.5, y: 0.5 }], FRAMES, WIDE)
    expect(withPlaces(one, [{ x: 0.501, y: 0.501 }], FRAMES, WIDE)).toEqual(one)
    expect(withPlaces(one, [{ x: 1.4, y: -1 }], FRAMES, WIDE).at(-1)).toMatchObject({ x: 1, y: 0 })
  })

  it('are what the form keeps, a single one too; what cannot be read is none', () => {
    const one = withPlaces([], [{ x: 0.5, y: 0.5 }], FRAMES, WIDE)
    expect(pointsOf(valueOf(one))).toEqual(one)
    expect(valueOf([])).toBeUndefined()
    for (const value of [undefined, true, 'nothing', '[{"frame":0}]']) expect(pointsOf(value)).toEqual([])
  })
})

describe('a path that is there', () => {
  const path = withPlaces(
    [],
    [
      { x: 0, y: 0 },
      { x: 0.5, y: 0 },
      { x: 1, y: 0 },
    ],
    FRAMES,
    WIDE,
  )

  it('arrives when it is told to, and its points in proportion', () => {
    expect(arrivingAt(path, 50).map(({ frame }) => frame)).toEqual([0, 25, 50])
    expect(arrivingAt(arrivingAt(path, 50), 124)).toEqual(path)
  })

  it('takes the whole time without its last point, down to none', () => {
    expect(withoutLast(path, FRAMES).map(({ frame }) => frame)).toEqual([0, 124])
    const one = withoutLast(withoutLast(path, FRAMES), FRAMES)
    expect(one).toEqual([{ frame: 0, x: 0, y: 0 }])
    expect(withoutLast(one, FRAMES)).toEqual([])
  })
})

describe('a stroke', () => {
  it('comes to its ends where it is straight, however the hand trembles', () => {
    const places = Array.from({ length: 60 }, (_, step) => ({ x: 0.1 + step / 100, y: 0.5 + (step % 2) * 0.004 }))
    expect(simplified(places, WIDE)).toHaveLength(2)
  })

  it('keeps corners and bows', () => {
    const corner = Array.from({ length: 41 }, (_, step) =>
      step < 20 ? { x: step / 50, y: 0.2 } : { x: 0.4, y: 0.2 + (step - 20) / 40 },
    )
    expect(simplified(corner, WIDE)).toEqual([corner[0], corner[20], corner[40]])
    const bow = Array.from({ length: 80 }, (_, step) => ({
      x: step / 80,
      y: 0.5 + 0.3 * Math.sin((step / 79) * Math.PI),
    }))
    expect(simplified(bow, WIDE).length).toBeGreaterThan(5)
    expect(simplified(bow, WIDE).length).toBeLessThan(20)
  })

  it.each([[[]], [[{ x: 0.3, y: 0.3 }]]])('of %o stays that', (places) =>
    expect(simplified(places, WIDE)).toEqual(places),
  )
})
