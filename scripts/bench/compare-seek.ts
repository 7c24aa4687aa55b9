import type { Page } from '@playwright/test'
import { createRandom } from '../../src/engine/random.ts'
import { expectedAt, numberAt } from '../../src/web/compare/testing/oracle.ts'
import type { SeekTimes } from '../../src/web/compare/testing/harness.ts'
import { type BenchClip, type CompareRig, STAGE } from './compare-rig.ts'
import { median } from './table.ts'

const SEEKS = 60
const STEPS = 60

const percentile = (values: readonly number[], part: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.ceil(part * values.length) - 1)] ?? NaN

/** `proxies` is whether the server has made theirs. */
const openBoth = async (rig: CompareRig, clips: readonly BenchClip[], proxies: boolean): Promise<Page> => {
  const page = await rig.page()
  const sources = clips.map(({ name, proxy }) => ({ name, ...(proxies ? { proxy } : {}) }))
  await page.evaluate(([all, stage]) => window.harness.open(all, stage), [sources, STAGE] as const)
  return page
}

/** How long a comparison was open before the first seek; those of a fresh one end with its first second. Milliseconds. */
const [LOOKED, SECOND] = [5000, 1000]

const close = async (page: Page): Promise<void> => {
  await page.evaluate(() => window.harness.close())
  await page.close()
}

/** Seeks to a random time. Null where it is not sure what stands there. */
const seekSomewhere = (page: Page, clips: readonly BenchClip[], random: () => number): Promise<SeekTimes> | null => {
  const time = random() * Math.min(...clips.map(({ known }) => known.end))
  const numbers = clips.map(({ known }) => numberAt(known, time))
  if (numbers.includes(null)) return null
  return page.evaluate(([to, wanted]) => window.harness.timeSeek(to, { numbers: wanted }), [time, numbers] as const)
}

/** Seeks to random times of a comparison that was looked at for a while. */
export const seekTimes = async (rig: CompareRig, clips: readonly BenchClip[], proxies = true): Promise<SeekTimes[]> => {
  const page = await openBoth(rig, clips, proxies)
  await page.waitForTimeout(LOOKED)
  const random = createRandom(3, 'seek')
  const times: SeekTimes[] = []
  while (times.length < SEEKS) times.push(...[(await seekSomewhere(page, clips, random)) ?? []].flat())
  await close(page)
  return times
}

/** The same in the first second after opening, one right after the other, of several comparisons. */
export const earlySeekTimes = async (rig: CompareRig, clips: readonly BenchClip[]): Promise<SeekTimes[]> => {
  const random = createRandom(3, 'early seek')
  const times: SeekTimes[] = []
  while (times.length < SEEKS / 2) {
    const page = await openBoth(rig, clips, true)
    const opened = performance.now()
    while (performance.now() - opened < SECOND) times.push(...[(await seekSomewhere(page, clips, random)) ?? []].flat())
    await close(page)
  }
  return times
}

/** From the step until the canvas shows it, one after another as a finger does it. Milliseconds. */
export const stepTimes = async (rig: CompareRig, clips: readonly BenchClip[], by: 1 | -1): Promise<number[]> => {
  const page = await openBoth(rig, clips, true)
  const [reference] = clips
  const frames = reference?.known.frames ?? []
  let at = Math.floor(frames.length / 2)
  const numbersAt = (index: number) => {
    const start = frames[index]?.start ?? 0
    return clips.map(({ known }) => expectedAt(known, start).at(-1) ?? null)
  }
  await page.evaluate(([to, numbers]) => window.harness.timeSeek(to, { numbers }), [
    frames[at]?.start ?? 0,
    numbersAt(at),
  ] as const)
  const times: number[] = []
  for (let step = 0; step < STEPS; step++) {
    at += by
    const { exact } = await page.evaluate(([way, numbers]) => window.harness.timeStep(way, { numbers }), [
      by,
      numbersAt(at),
    ] as const)
    times.push(exact)
  }
  await close(page)
  return times
}

export const seekRow = (title: string, times: readonly number[], goal: string): string[] => [
  title,
  `${median(times).toFixed(0)} ms`,
  `${percentile(times, 0.95).toFixed(0)} ms`,
  `${Math.max(...times).toFixed(0)} ms`,
  goal,
]

/** A row for when both frames were shown, be it as small copies, and one for when they were there themselves. */
export const seekRows = (title: string, times: readonly SeekTimes[], goal: string): string[][] => [
  seekRow(
    `${title}: shown`,
    times.map(({ shown }) => shown),
    goal,
  ),
  seekRow(
    `${title}: exact`,
    times.map(({ exact }) => exact),
    'reported',
  ),
]
