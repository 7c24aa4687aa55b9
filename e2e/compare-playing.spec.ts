import type { Page } from '@playwright/test'
import type { Recording } from '../src/web/compare/testing/harness.ts'
import { judge, leftOut } from '../src/web/compare/testing/judge.ts'
import { initialView, type View } from '../src/web/compare/view.ts'
import { make, open } from './compare-clips.ts'
import { expect, type Made, test } from './compare-fixtures.ts'
import { randomFor, wantedAt } from './compare-points.ts'

type Run = {
  rate: number
  frames: number
  at: number
  view?: View
  range?: { from: number; to: number }
  offsets?: readonly number[]
}

/** Goes to a time, waits until it stands on the canvas, then plays and reads the canvas at every animation frame. */
const play = (
  page: Page,
  sides: readonly Made[],
  { rate, frames, at, view, range, offsets }: Run,
): Promise<Recording> => {
  const look = view ?? initialView(sides.length)
  const wanted = wantedAt(sides, look, at, offsets)
  if (!wanted) throw new Error(`what stands at ${at} is not sure`)
  return page.evaluate(
    async (run) => {
      const viewer = window.harness.viewer()
      viewer.setView(run.look)
      viewer.setRange(run.range)
      await window.harness.timeSeek(run.at, run.wanted)
      return window.harness.recordPlaying(run.rate, run.frames)
    },
    { rate, frames, at, look, range: range ?? null, wanted },
  )
}

/** What was read is right, and it was more than a still. */
const expectRight = (
  recording: Recording,
  sides: readonly Made[],
  rest: { offsets?: number[]; difference?: [number, number] } = {},
) => {
  const judgement = judge(recording, { knowns: sides.map(({ known }) => known), ...rest })
  expect(judgement.wrong).toEqual([])
  expect(judgement.drift).toBe(0)
  return judgement
}

const PAIR = ['twenty-two.mp4', 'thirty-two.mp4']

for (const rate of [0.1, 0.25, 0.5, 1, 1.5, 2, -0.5, -1, -2])
  test(`at ${rate} times the speed, what stands on screen belongs to one time, and no frame is left out up to 1`, async ({
    page,
    rig,
  }) => {
    const sides = await make(rig, [...PAIR, 'twenty.mp4'])
    await open(page, rig, sides)
    // A loop may begin again before its end was seen: this one is only passed once.
    await page.evaluate(() => window.harness.viewer().setLoop(false))
    const recording = await play(page, sides, { rate, frames: 100, at: rate > 0 ? 0.31 : 1.83 })
    const { seen } = expectRight(recording, sides)
    const way = Math.sign(rate)
    seen.forEach((numbers, side) => {
      numbers.slice(1).forEach((number, index) => expect((number - (numbers[index] ?? 0)) * way).toBeGreaterThan(0))
      // Every frame is read off the screen where frames stand long enough, also on a busy machine.
      const passed = Math.abs((numbers.at(-1) ?? 0) - (numbers[0] ?? 0)) + 1
      if (Math.abs(rate) <= 0.5)
        expect(leftOut(numbers), sides[side]?.name).toBeLessThanOrEqual(Math.abs(rate) <= 0.25 ? 0 : 0.1 * passed)
      expect(numbers.length, sides[side]?.name).toBeGreaterThan(rate === 0.1 ? 2 : 4)
    })
    // Frames are left out by the viewer itself only where there are more than the screen shows.
    if (Math.abs(rate) <= 1) {
      expect(recording.ticks.at(-1)?.skipped).toBe(0)
      sides.forEach((_, side) => {
        const frames = recording.ticks.map(({ shown }) => shown.frames[side] ?? -1)
        expect(leftOut(frames.filter((frame) => frame >= 0)), sides[side]?.name).toBe(0)
      })
    }
  })

const LOOKS: [title: string, view: Partial<View>][] = [
  ['wipe', { mode: 'wipe', edge: 0.4 }],
  ['level wipe', { mode: 'wipe', edge: 0.6, edgeStands: 'level' }],
  ['overlay', { mode: 'overlay', opacity: 1 / 3 }],
  ['difference', { mode: 'difference', gain: 2 }],
  ['blink', { mode: 'blink' }],
  ['single', { mode: 'single' }],
  ['zoomed', { mode: 'grid', zoom: 2, centre: { x: 0.375, y: 0.625 } }],
]

test('while playing, every way to look shows frames of one time', async ({ page, rig }) => {
  const sides = await make(rig, PAIR)
  await open(page, rig, sides)
  for (const [title, view] of LOOKS) {
    const whole = { ...initialView(2), ...view }
    const recording = await play(page, sides, { rate: 1, frames: 45, view: whole, at: 0.2 })
    const { seen } = expectRight(recording, sides, whole.mode === 'difference' ? { difference: [0, 1] } : {})
    const moved =
      whole.mode === 'difference' ? new Set(recording.readings.map(({ reading }) => reading.difference)).size : 0
    expect(Math.max(moved, ...seen.map(({ length }) => length)), title).toBeGreaterThan(5)
  }
})

test('eight sides of every kind play as one', async ({ page, rig }) => {
  const names = [
    'twenty.mp4',
    'film.mp4',
    'uneven.mp4',
    'hidden.mp4',
    'late.mp4',
    'vp9.webm',
    'quarter.mp4',
    'half.mp4',
  ]
  const sides = await make(rig, names)
  await open(page, rig, sides)
  const recording = await play(page, sides, { rate: 1, frames: 150, at: 0 })
  const { seen } = expectRight(recording, sides)
  for (const numbers of seen) expect(numbers.length).toBeGreaterThan(3)
})

test('clips that are too heavy to play in time play slower, and still as one', async ({ page, rig }) => {
  const heavy = { width: 1280, height: 720, texture: true, seconds: 1.5, keyframes: 250 }
  const sides = await Promise.all(
    [32, 25, 20].map((fps) => rig.clip(`heavy-${fps}.mp4`, { ...heavy, fps, first: 100 * fps })),
  )
  await open(page, rig, sides)
  for (const rate of [2, -2]) {
    const recording = await play(page, sides, { rate, frames: 60, at: rate > 0 ? 0.11 : 1.37 })
    const { seen } = expectRight(recording, sides)
    for (const numbers of seen) expect(numbers.length).toBeGreaterThan(1)
  }
})

test('a range loops without ever leaving it, forwards and backwards, also across keyframes', async ({ page, rig }) => {
  const sides = await make(rig, PAIR)
  await open(page, rig, sides)
  const random = randomFor('range')
  for (const rate of [1, -1, 2]) {
    const from = 0.2 + random() * 0.8
    const range = { from, to: from + 0.35 }
    const at = [0.1, 0.11, 0.12, 0.13, 0.14]
      .map((after) => from + after)
      .find((time) => wantedAt(sides, initialView(2), time))
    const recording = await play(page, sides, { rate, frames: 110, range, at: at ?? NaN })
    const { seen } = expectRight(recording, sides)
    for (const { shown } of recording.ticks) {
      expect(shown.time).toBeGreaterThanOrEqual(range.from - 1e-9)
      expect(shown.time).toBeLessThan(range.to)
    }
    sides.forEach(({ known }, side) => {
      const inside = known.frames.filter(
        ({ start }, index) => start < range.to && (known.frames[index + 1]?.start ?? Infinity) > range.from,
      )
      const allowed = new Set(inside.map(({ number }) => number))
      for (const number of seen[side] ?? []) expect(allowed.has(number), `${number} in ${[...allowed]}`).toBe(true)
      const leaps = (seen[side] ?? []).filter((number, index, all) => (number - (all[index - 1] ?? number)) * rate < 0)
      expect(leaps.length, 'it began anew').toBeGreaterThan(0)
    })
  }
})

test('offsets hold while playing', async ({ page, rig }) => {
  const sides = await make(rig, PAIR)
  await open(page, rig, sides)
  const offsets = [0, 0.4375]
  await page.evaluate(
    (all) => all.forEach((seconds, side) => window.harness.viewer().setOffset(side, seconds)),
    offsets,
  )
  const recording = await play(page, sides, { rate: 1, frames: 60, at: 0.51, offsets })
  expectRight(recording, sides, { offsets })
})

test('scrubbing faster than frames are decoded shows frames of one time, and ends on the last wish', async ({
  page,
  rig,
}) => {
  const sides = await make(rig, PAIR)
  await open(page, rig, sides)
  const random = randomFor('scrub')
  const wishes = Array.from({ length: 60 }, () => 0.01 + 1.9 * random())
  const recording = await page.evaluate(async (times) => {
    window.harness.record()
    for (const time of times) {
      window.harness.viewer().seek(time)
      await new Promise((resolve) => requestAnimationFrame(resolve))
    }
    await window.harness.goTo(times.at(-1) ?? 0)
    return window.harness.recorded()
  }, wishes)
  expectRight(recording, sides)
  expect(recording.ticks.at(-1)?.shown.time).toBeCloseTo(wishes.at(-1) ?? NaN, 9)
  // It keeps up: what is shown on the way is shown before the hand comes to rest.
  expect(new Set(recording.ticks.map(({ shown }) => shown.time)).size).toBeGreaterThan(5)
})
