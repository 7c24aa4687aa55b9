import { drawn, judge, leftOut } from '../../src/web/compare/testing/judge.ts'
import { type BenchClip, type CompareRig, STAGE } from './compare-rig.ts'

const percent = (part: number, whole: number): string => `${((100 * part) / Math.max(1, whole)).toFixed(2)} %`

/** Plays clips side by side for a while and reads the canvas at every animation frame. One row of a table. */
export const playRow = async (rig: CompareRig, clips: readonly BenchClip[], seconds: number): Promise<string[]> => {
  const page = await rig.page()
  const sources = clips.map(({ name }) => ({ name }))
  await page.evaluate(([all, stage]) => window.harness.open(all, stage), [sources, STAGE] as const)
  const numbers = clips.map(({ known }) => known.frames[0]?.number ?? null)
  await page.evaluate((wanted) => window.harness.readUntil({ numbers: wanted }), numbers)
  await page.evaluate(() => window.harness.viewer().setLoop(false))
  const [cpuBefore, begin] = [rig.cpuSeconds(), performance.now()]
  const recording = await page.evaluate((frames) => window.harness.recordPlaying(1, frames), seconds * 60)
  const took = (performance.now() - begin) / 1000
  const cpu = rig.cpuSeconds()
  await page.evaluate(() => window.harness.close())
  await page.close()

  const { wrong, readings, seen, drift } = judge(recording, { knowns: clips.map(({ known }) => known) })
  for (const each of wrong.slice(0, 3)) console.log(`  wrong: ${each}`)
  const ticks = recording.ticks
  const played = (ticks.at(-1)?.shown.time ?? 0) - (ticks[0]?.shown.time ?? 0)
  const all = clips.map((_, side) => drawn(ticks, side))
  const passed = all.reduce((sum, each) => sum + each.passed, 0)
  const missed = all.reduce((sum, each) => sum + each.passed - each.drawn, 0)
  const unseen = seen.reduce((sum, each) => sum + leftOut(each), 0)
  return [
    clips.map(({ fps }) => fps).join(' + '),
    `${played.toFixed(1)} s in ${took.toFixed(1)} s`,
    `${wrong.length} of ${readings}`,
    percent(missed, passed),
    percent(unseen, passed),
    all.map((each) => (each.drawn / Math.max(0.001, took)).toFixed(1)).join(' / '),
    `${(drift * 1000).toFixed(1)} ms`,
    cpu === null || cpuBefore === null ? '?' : ((cpu - cpuBefore) / took).toFixed(2),
  ]
}

export const PLAY_HEADINGS = [
  'sides (frames/s)',
  'played',
  'wrong frames read',
  'skipped',
  'not read',
  'shown a second',
  'drift',
  'cores used',
]
