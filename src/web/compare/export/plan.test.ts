import { expect, test } from 'vitest'
import { placesOf } from '../geometry.ts'
import type { SideInfo } from '../protocol.ts'
import { fakeClip, fakePicture } from '../testing/fake-viewer.ts'
import { initialView, type View } from '../view.ts'
import { planExport } from './plan.ts'

const SCREEN = { width: 1400, height: 800, gap: 8 }

const plan = (
  infos: readonly (SideInfo | undefined)[],
  view: Partial<View> = {},
  rest: Partial<Parameters<typeof planExport>[0]> = {},
) =>
  planExport(
    {
      layout: 'seen',
      format: 'mp4',
      view: { ...initialView(infos.length), ...view },
      screen: SCREEN,
      offsets: infos.map(() => 0),
      range: null,
      time: 0,
      gifWidth: 640,
      ...rest,
    },
    infos,
  )

test('two clips of 720p stand side by side with all their pixels', () => {
  const { viewport, sides } = plan([fakeClip(), fakeClip()], { mode: 'wipe' }, { layout: 'side-by-side' })
  expect(viewport).toEqual({ width: 2560, height: 720, gap: 0 })
  expect(sides).toEqual([0, 1])
})

test('a pair in one place has the size of the larger source, and the shape of the reference', () => {
  const large = fakeClip({ width: 1920, height: 1080 })
  expect(plan([fakeClip(), large], { mode: 'wipe' }).viewport).toMatchObject({ width: 1920, height: 1080 })
  expect(plan([fakeClip({ width: 720, height: 1280 }), fakeClip()], { mode: 'overlay' }).viewport).toMatchObject({
    width: 1280,
    height: 2276,
  })
})

test('a grid has the columns of the screen, and its cells are the pictures', () => {
  for (const count of [3, 4, 5, 6, 8]) {
    const infos = Array.from({ length: count }, () => fakeClip({ width: 400, height: 224 }))
    const { viewport } = plan(infos)
    const onScreen = placesOf(initialView(count), SCREEN, infos, SCREEN.gap)
    const columns = onScreen.filter(({ cell }) => cell.y === onScreen[0]?.cell.y).length
    expect(viewport.width, `${count} sides`).toBe(400 * columns)
    for (const { cell, picture } of placesOf(initialView(count), viewport, infos, viewport.gap)) {
      expect(cell).toMatchObject({ width: 400, height: 224 })
      expect(picture).toEqual(cell)
    }
  }
})

test('no side of a clip is longer than 3840, all are even, and a still may be larger', () => {
  const infos = [fakePicture({ width: 4913, height: 3265 }), fakePicture({ width: 4913, height: 3265 })]
  const { width, height } = plan(infos).viewport
  expect(Math.max(width, height)).toBeLessThanOrEqual(3840)
  expect([width % 2, height % 2]).toEqual([0, 0])
  expect(plan(infos, {}, { format: 'png' }).viewport.width).toBe(8192)
  const gif = (arrangement: View['arrangement']) => plan([fakeClip(), fakeClip()], { arrangement }, { format: 'gif' })
  expect(gif('beside').viewport).toMatchObject({ width: 640, height: 180 })
  // As seen on a screen where they are larger above each other.
  expect(gif('largest').viewport).toMatchObject({ width: 640, height: 720 })
})

test('the quickest side tells the rate, the longest the length, offsets included', () => {
  const { rate, count, timeAt } = plan([fakeClip({ fps: 20 }), fakeClip({ fps: 32 })], {}, { offsets: [-1, 0] })
  expect(rate).toEqual({ num: 32, den: 1 })
  expect(count).toBe(6 * 32)
  expect(timeAt(33)).toBeCloseTo(33 / 32)
})

test('of a loop range only its frames go into the file', () => {
  const { count, timeAt } = plan([fakeClip(), fakeClip()], {}, { range: { from: 1, to: 2.2 } })
  expect(count).toBe(30)
  expect([timeAt(0), timeAt(29)]).toEqual([1, 1 + 29 / 25])
})

test('the edge of the moving wipe is at the far end in the middle of the file; the view keeps the rest', () => {
  const { viewAt, count } = plan([fakeClip(), fakeClip()], { zoom: 2 }, { layout: 'moving-wipe' })
  expect(viewAt(0)).toMatchObject({ mode: 'wipe', edge: 0, zoom: 2 })
  expect(viewAt(Math.round(count / 2)).edge).toBeGreaterThan(0.99)
})

test('blinking changes every second of the file', () => {
  const { viewAt } = plan([fakeClip(), fakeClip()], { mode: 'blink' }, { range: { from: 0.5, to: 3 } })
  expect([0, 24, 25, 50].map((frame) => viewAt(frame).blinking)).toEqual([true, true, false, true])
})

test('pictures alone move for four seconds; a still is one frame at the playhead', () => {
  expect(plan([fakePicture(), fakePicture()], {}, { layout: 'moving-wipe' }).count).toBe(100)
  const still = plan([fakeClip(), fakeClip()], {}, { format: 'png', time: 1.24 })
  expect([still.count, still.timeAt(0)]).toEqual([1, 1.24])
})

test('a side that could not be opened leaves the grid', () => {
  expect(plan([fakeClip(), undefined, fakeClip()]).sides).toEqual([0, 2])
})
