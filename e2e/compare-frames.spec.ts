import type { Page } from '@playwright/test'
import { TILES } from '../src/engine/testing/tiles.ts'
import type { Point, Recording, Tick } from '../src/web/compare/testing/harness.ts'
import { judge } from '../src/web/compare/testing/judge.ts'
import { GAINS, initialView } from '../src/web/compare/view.ts'
import { check, make, open } from './compare-clips.ts'
import { expect, type Made, type Rig, test } from './compare-fixtures.ts'
import { points, randomFor } from './compare-points.ts'

const GRIDS: [title: string, names: string[]][] = [
  ['alone', ['twenty-two.mp4']],
  ['two rates', ['twenty-two.mp4', 'thirty-two.mp4']],
  ['turned', ['quarter.mp4', 'half.mp4', 'three-quarters.mov', 'twenty.mp4']],
  [
    'eight',
    [
      'twenty.mp4',
      'twenty-two.mp4',
      'twenty-five.mp4',
      'thirty-two.mp4',
      'film.mp4',
      'uneven.mp4',
      'hidden.mp4',
      'vp9.webm',
    ],
  ],
  ['late', ['late.mp4', 'hidden.mp4', 'uneven.mp4', 'large.mp4']],
]

for (const [title, names] of GRIDS)
  test(`after a seek every side of a grid shows its frame: ${title}`, async ({ page, rig }) => {
    const sides = await make(rig, names)
    await open(page, rig, sides)
    const view = { ...initialView(sides.length), mode: 'grid' } as const
    await check(
      page,
      points(randomFor(title), 24, sides, () => view),
    )
  })

test('the table of frames is the clip’s own: rates, uneven times, lead-ins and lengths', async ({ page, rig }) => {
  const names = ['twenty-two.mp4', 'film.mp4', 'uneven.mp4', 'hidden.mp4', 'late.mp4', 'vp9.webm', 'quarter.mp4']
  const sides = await make(rig, names)
  await open(page, rig, sides)
  const state = await page.evaluate(() => window.harness.state())
  state.sides.forEach(({ info }, side) => {
    const seen = (info?.starts ?? []).filter((start) => start > -1e-6)
    const { frames = [], end = 0 } = sides[side]?.known ?? {}
    expect(seen.length, names[side]).toBe(frames.length)
    seen.forEach((start, index) => expect(start, names[side]).toBeCloseTo(frames[index]?.start ?? NaN, 6))
    // A player may let the last frame of an uneven clip stand as long as the one before.
    if (names[side] !== 'uneven.mp4') expect(info?.end, names[side]).toBeCloseTo(end, 2)
  })
  expect(state.sides.at(-1)?.info).toMatchObject({ width: 180, height: 320 })
})

const PAIR = ['twenty-two.mp4', 'thirty-two.mp4']

/** With the wipe's edge at an end there is one side alone. */
const atEnd = ({ time, wanted, view = {} }: Point): Point => {
  const alone = view.edge === 1 ? view.reference : view.other
  return {
    time,
    view,
    wanted: { numbers: (wanted.numbers ?? []).map((number, side) => (side === alone ? number : null)) },
  }
}

const pairView = { ...initialView(2), reference: 0, other: 1 }

test('the wipe shows each side its frame, wherever its edge is', async ({ page, rig }) => {
  const sides = await make(rig, PAIR)
  await open(page, rig, sides)
  const random = randomFor('wipe')
  const whole = points(random, 30, sides, (index) => ({
    ...pairView,
    mode: 'wipe',
    reference: index % 2,
    other: 1 - (index % 2),
    edgeStands: random() < 0.5 ? 'upright' : 'level',
    edge: 0.3 + 0.4 * random(),
  }))
  await check(page, whole)
  for (const edge of [0, 1])
    await check(page, points(random, 5, sides, () => ({ ...pairView, mode: 'wipe', edge })).map(atEnd))
})

test('overlay and difference hold both frames: told apart by level, and by the bits that differ', async ({
  page,
  rig,
}) => {
  const sides = await make(rig, PAIR)
  await open(page, rig, sides)
  const random = randomFor('overlay and difference')
  await check(
    page,
    points(random, 15, sides, (index) => ({ ...pairView, mode: 'overlay', opacity: index % 2 === 0 ? 1 / 3 : 0.7 })),
  )
  await check(
    page,
    points(random, 24, sides, (index) => ({ ...pairView, mode: 'difference', gain: GAINS[index % GAINS.length] ?? 1 })),
  )
})

test('blink shows one side, and the other while the key is down; alone is the other side', async ({ page, rig }) => {
  const sides = await make(rig, PAIR)
  await open(page, rig, sides)
  const random = randomFor('blink')
  await check(
    page,
    points(random, 15, sides, () => ({ ...pairView, mode: 'blink', blinking: random() < 0.5 })),
  )
  await check(
    page,
    points(random, 8, sides, (index) => ({ ...pairView, mode: 'single', other: index % 2, reference: 0 })),
  )
})

test('zoomed in and moved, all modes show the same part of each side’s frame', async ({ page, rig }) => {
  const sides = await make(rig, ['large.mp4', 'twenty-two.mp4', 'thirty-two.mp4'])
  await open(page, rig, sides)
  const random = randomFor('zoom')
  const tile = () => (1 + Math.floor(random() * (TILES - 2)) + 0.5 + 0.1 * (random() - 0.5)) / TILES
  const modes = ['grid', 'wipe', 'overlay', 'difference', 'single', 'blink'] as const
  const all = points(random, 36, sides, (index) => {
    const mode = modes[index % modes.length] ?? 'grid'
    return {
      ...initialView(3),
      mode,
      opacity: 1 / 3,
      zoom: mode === 'wipe' ? 2 : index % 2 === 0 ? 2 : 4,
      centre: { x: tile(), y: tile() },
    }
  })
  // The wipe's edge may leave no whole tile of a side.
  const wiped = all.filter(({ view }) => view?.mode === 'wipe')
  await check(
    page,
    all.filter((point) => !wiped.includes(point)),
  )
  for (const edge of [0, 1])
    await check(
      page,
      wiped.map((point) => atEnd({ ...point, view: { ...point.view, edge } })),
    )
})

test('sides of different size and shape show their frames by fit, fill and one to one', async ({ page, rig }) => {
  const sides = await make(rig, ['twenty.mp4', 'large.mp4', 'tall.mp4'])
  await open(page, rig, sides)
  const random = randomFor('fit')
  for (const fit of ['fit', 'fill', 'one'] as const)
    for (const reference of [0, 1])
      await check(
        page,
        points(random, 5, sides, () => ({ ...initialView(3), fit, reference, other: 1 - reference })),
      )
})

/** Two clips of 720p whose only keyframe is the first, of 25 and 20 frames a second. */
const farFromKeyframes = (rig: Rig, seconds: number): Promise<Made[]> =>
  Promise.all(
    [25, 20].map((fps) => {
      const heavy = { width: 1280, height: 720, texture: true, seconds, keyframes: 250 }
      return rig.clip(`far-${seconds}-${fps}.mp4`, { ...heavy, fps, first: 100 * fps })
    }),
  )

/** Seeks, and answers what was on the canvas on the way. */
const recordSeek = (page: Page, time: number): Promise<Recording> =>
  page.evaluate(async (to) => {
    window.harness.record()
    await window.harness.goTo(to)
    return window.harness.recorded()
  }, time)

test('far from a keyframe a small copy of each side’s own frame is there first, and then the frame itself', async ({
  page,
  rig,
}) => {
  const sides = await farFromKeyframes(rig, 3)
  await open(page, rig, sides)
  const isCopy = ({ shown }: Tick) => shown.proxies.length === sides.length
  // Copies are made while nothing happens: times are sought until one has some, of frames that were never there before.
  let tries = 0
  await expect
    .poll(async () => {
      const back = tries++ % 8
      const frames = [71 - 5 * back, 57 - 4 * back]
      await recordSeek(page, 0.02)
      // What the viewer says is on the canvas is on the screen with its next picture.
      await page.evaluate(() => window.harness.readUntil({ numbers: [2500, 2000] }).then(() => undefined))
      const recording = await recordSeek(page, 2.86 - 0.2 * back)
      expect(judge(recording, { knowns: sides.map(({ known }) => known) }).wrong).toEqual([])
      const { ticks, readings } = recording
      expect(ticks.at(-1)).toMatchObject({ waiting: false, shown: { frames, proxies: [], drift: 0 } })
      const during = readings.filter(({ tick }) => ticks.slice(tick, tick + 1).some(isCopy))
      return during.some(({ reading }) => reading.numbers[0] === 2500 + (frames[0] ?? NaN))
    })
    .toBe(true)
  await page.evaluate(() => window.harness.goTo(2.86).then(() => window.harness.viewer().step(-1)))
  await page.evaluate(() => window.harness.readUntil({ numbers: [2570, 2056] }).then(() => undefined))
  await check(page, [{ time: 2.86, wanted: { numbers: [2571, 2057] } }])
})

test('far from a keyframe the frame of the proxy that the server made is there first, and then the frame itself', async ({
  page,
  rig,
}) => {
  const sides = await farFromKeyframes(rig, 8)
  const proxies = await Promise.all(sides.map(({ name }) => rig.proxy(name)))
  await open(
    page,
    rig,
    sides.map((side, index) => ({ ...side, proxy: proxies[index] ?? 'none' })),
  )
  const random = randomFor('proxies')
  let small = 0
  for (let turn = 0; turn < 12; turn++) {
    const time = (turn % 2 === 0 ? 0.2 : 5) + random() * 2.5
    const recording = await recordSeek(page, time)
    const { ticks, readings } = recording
    // Whatever is shown on the way, small or not, is the frame that is said.
    expect(judge(recording, { knowns: sides.map(({ known }) => known) }).wrong).toEqual([])
    expect(ticks.at(-1)).toMatchObject({ waiting: false, shown: { proxies: [], drift: 0 } })
    const isSmall = (tick: number) => (ticks[tick]?.shown.proxies.length ?? 0) === sides.length
    if (readings.some(({ tick }) => isSmall(tick))) small += 1
  }
  expect(small).toBeGreaterThan(3)
})

test('a proxy that is another clip’s is not shown', async ({ page, rig }) => {
  const sides = await make(rig, ['twenty.mp4', 'twenty-five.mp4'])
  const other = await rig.proxy('large.mp4')
  await open(
    page,
    rig,
    sides.map((side) => ({ ...side, proxy: other })),
  )
  await check(
    page,
    points(randomFor('other proxy'), 10, sides, () => initialView(2)),
  )
})

test('a picture stands still beside a clip, and a shorter clip on its last frame', async ({ page, rig }) => {
  const picture = await rig.picture('still.png', 3000)
  const sides = [picture, ...(await make(rig, ['thirty-two.mp4', 'twenty-five.mp4']))]
  await open(page, rig, sides)
  await check(
    page,
    points(randomFor('picture'), 15, sides, () => initialView(3)),
  )
  const last = sides[2]?.known.frames.at(-1)?.number
  await check(page, [{ time: 1.99, wanted: { numbers: [3000, 763, last ?? null] } }])
  await check(
    page,
    points(randomFor('picture and clip'), 8, sides, (index) => ({
      ...initialView(3),
      mode: index % 2 === 0 ? 'wipe' : 'difference',
    })),
  )
})
