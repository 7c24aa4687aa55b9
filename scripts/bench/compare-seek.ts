import type { Page } from '@playwright/test'
import { createRandom } from '../../src/engine/random.ts'
import { expectedAt, numberAt } from '../../src/web/compare/testing/oracle.ts'
import { type BenchClip, type CompareRig, STAGE } from './compare-rig.ts'
import { median } from './table.ts'

const SEEKS = 60
const STEPS = 60

const percentile = (values: readonly number[], part: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.ceil(part * values.length) - 1)] ?? NaN

const openBoth = async (rig: CompareRig, clips: readonly BenchClip[]): Promise<Page> => {
  const page = await rig.page()
  const sources = clips.map(({ name }) => ({ name }))
  await page.evaluate(([all, stage]) => window.harness.open(all, stage), [sources, STAGE] as const)
  return page
}

/** From the seek until the canvas shows both frames, at random times. Milliseconds. */
export const seekTimes = async (rig: CompareRig, clips: readonly BenchClip[]): Promise<number[]> => {
  const page = await openBoth(rig, clips)
  const random = createRandom(3, 'seek')
  const end = Math.min(...clips.map(({ known }) => known.end))
  const times: number[] = []
  while (times.length < SEEKS) {
    const time = random() * end
    const numbers = clips.map(({ known }) => numberAt(known, time))
    if (numbers.includes(null)) continue
    times.push(
      await page.evaluate(([to, wanted]) => window.harness.timeSeek(to, { numbers: wanted }), [time, numbers] as const),
    )
  }
  await page.evaluate(() => window.harness.close())
  await page.close()
  return times
}

/** From the step until the canvas shows it, one after another as a finger does it. Milliseconds. */
export const stepTimes = async (rig: CompareRig, clips: readonly BenchClip[], by: 1 | -1): Promise<number[]> => {
  const page = await openBoth(rig, clips)
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
    times.push(
      await page.evaluate(([way, numbers]) => window.harness.timeStep(way, { numbers }), [by, numbersAt(at)] as const),
    )
  }
  await page.evaluate(() => window.harness.close())
  await page.close()
  return times
}

export const seekRow = (title: string, times: readonly number[], goal: string): string[] => [
  title,
  `${median(times).toFixed(0)} ms`,
  `${percentile(times, 0.95).toFixed(0)} ms`,
  `${Math.max(...times).toFixed(0)} ms`,
  goal,
]
