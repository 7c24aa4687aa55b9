import type { Page } from '@playwright/test'
import type { ClipOptions } from '../src/engine/testing/messages.ts'
import type { Point } from '../src/web/compare/testing/harness.ts'
import { initialView, type View } from '../src/web/compare/view.ts'
import { expect, type Made, type Rig } from './compare-fixtures.ts'
import { wantedAt } from './compare-points.ts'

/** What the sides are drawn into, in device pixels. */
export const STAGE = { width: 1200, height: 640, gap: 8 }

/** Clips of every kind; `first` keeps their numbers apart, so that one side is never taken for another. */
const CLIPS: Record<string, ClipOptions> = {
  'twenty.mp4': { fps: 20, seconds: 2, first: 100 },
  'twenty-two.mp4': { fps: 22, seconds: 2, first: 300, bFrames: 0 },
  'twenty-five.mp4': { fps: 25, seconds: 1.2, first: 500, keyframes: 250 },
  'thirty-two.mp4': { fps: 32, seconds: 2, first: 700, keyframes: 25 },
  'film.mp4': { fps: 24000 / 1001, seconds: 1.5, first: 900 },
  'uneven.mp4': { fps: 50, first: 1100, ticks: [0, 2, 3, 7, 8, 9, 15, 16, 22, 30, 31, 33, 40, 41, 60, 61, 62, 70, 90] },
  'hidden.mp4': { fps: 25, seconds: 1.4, hidden: 7, first: 1300 },
  'late.mp4': { fps: 25, seconds: 1.2, late: 10, first: 1500 },
  'vp9.webm': { fps: 30, seconds: 1.3, codec: 'vp9', container: 'webm', first: 1700 },
  'quarter.mp4': { fps: 25, seconds: 1.2, rotate: 90, first: 1900 },
  'half.mp4': { fps: 20, seconds: 1.2, rotate: 180, first: 2100 },
  'three-quarters.mov': { fps: 22, seconds: 1.2, rotate: 270, container: 'mov', first: 2300 },
  'tall.mp4': { fps: 25, seconds: 1.2, width: 320, height: 240, first: 2700 },
  'large.mp4': { fps: 32, seconds: 1.5, width: 640, height: 360, first: 2500 },
}

/** Makes some of them. */
export const make = (rig: Rig, names: readonly string[]): Promise<Made[]> =>
  Promise.all(names.map((name) => rig.clip(name, CLIPS[name] ?? {})))

/** A file, and the file name of its proxy where it has one. */
type Side = Made & { proxy?: string }

/** Opens a comparison, every other side from an address and from bytes in memory. */
export const open = async (page: Page, rig: Rig, sides: readonly Side[], view: Partial<View> = {}): Promise<void> => {
  await page.goto(rig.url)
  const sources = sides.map(({ name, proxy }, index) => ({
    name,
    as: index % 2 === 0 ? ('url' as const) : ('blob' as const),
    ...(proxy === undefined ? {} : { proxy }),
  }))
  await page.evaluate(([all, stage, look]) => window.harness.open(all, stage, look), [sources, STAGE, view] as const)
  const look = { ...initialView(sides.length), ...view }
  const wanted = wantedAt(sides, look, 0)
  if (wanted) await page.evaluate((first) => window.harness.readUntil(first).then(() => undefined), wanted)
}

/** Goes to each point and looks at the canvas. */
export const check = async (page: Page, all: Point[]): Promise<void> => {
  const wrong = await page.evaluate((each) => window.harness.check(each), all)
  expect(wrong).toEqual([])
}
