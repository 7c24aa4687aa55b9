import { mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { createLocalRenderer } from '../src/engine/local-renderer.ts'
import { createProber } from '../src/engine/prober.ts'
import { makeClip } from '../src/engine/testing/clips.ts'
import { contextOf, taskOf } from '../src/engine/testing/task.ts'
import { TIMELINES } from '../src/engine/testing/timelines.ts'
import { initialView } from '../src/web/compare/view.ts'
import { STAGE } from './compare-clips.ts'
import { expect, test } from './compare-fixtures.ts'

// A clip beside the edit that the engine makes of it, frame by frame, whatever the clip's file says of time.

const prober = createProber({ reads: [tmpdir()] })
const renderer = createLocalRenderer({ version: '0', reads: [tmpdir()] })
test.afterAll(async () => {
  await renderer.close()
  await prober.close()
})

/** What a browser does not show as it is: a flat copy stands in. */
const STAND_INS = new Set(['two parts', 'two parts, the later one first'])

for (const [index, [title, { options, shows, at }]] of Object.entries(TIMELINES).entries())
  test(`each frame stands beside the same frame of its edit: ${title}`, async ({ page, rig }) => {
    const name = `timeline-${index}`
    const source = join(rig.folder, `${name}.${options.container ?? 'mp4'}`)
    await makeClip(source, { ...options, mark: 'tiles' })
    const media = await prober.probe(source)
    const directory = join(rig.folder, name)
    await mkdir(directory, { recursive: true })
    const edit = await renderer.render(
      taskOf({
        model: 'lucy-fast-v2v',
        inputs: { prompt: 'vivid', resolution: '480p' },
        files: { data: { path: source, media } },
        directory,
      }),
      contextOf(),
    )
    await prober.preview(source, join(directory, 'preview.mp4'))
    await page.goto(rig.url)
    const sources = [
      { name: basename(source), as: 'url', preview: `${name}/preview.mp4` },
      { name: `${name}/${basename(edit.path)}`, as: 'url' },
    ] as const
    await page.evaluate(([all, stage, view]) => window.harness.open(all, stage, view), [
      sources,
      STAGE,
      initialView(2),
    ] as const)

    const { sides } = await page.evaluate(() => window.harness.state())
    const tables = sides.map(({ info }) => (info?.starts ?? []).filter((start) => start > -1e-9))
    // The frames by their numbers, counted from 0 as shown: an edit of many frames a second has a part of them.
    const counted = tables.map((table) => at.map((time) => table.findIndex((start) => Math.abs(start - time) < 1e-4)))
    expect(counted[1]).toEqual(at.map((_, frame) => frame))
    if (tables[0]?.length === at.length) expect(counted[0]).toEqual(counted[1])
    expect(sides[0]?.info?.isPreview).toBe(STAND_INS.has(title))

    // At the beginning of each frame as either side tells it, and in its middle where no other one begins.
    const points = shows.flatMap((number, frame) => {
      const begins = tables.map((table, side) => table[counted[side]?.[frame] ?? -1] ?? NaN)
      const middle = ((at[frame] ?? 0) + (at[frame + 1] ?? (at[frame] ?? 0) + 0.02)) / 2
      return [...new Set([...begins, ...(tables[0]?.length === at.length ? [middle] : [])])].map((time) => ({
        time,
        wanted: { numbers: [number, number] },
      }))
    })
    expect(await page.evaluate((all) => window.harness.check(all), points)).toEqual([])

    // The number that is said of a frame is its number in the clip, from 0.
    for (const [frame, time] of at.entries()) {
      await page.evaluate((to) => window.harness.goTo(to), time)
      const said = await page.evaluate(() => {
        const { shown, sides: now } = window.harness.state()
        const hidden = now.map(({ info }) => info?.starts.filter((start) => start < -1e-9).length ?? 0)
        return shown.frames.map((index, side) => index - (hidden[side] ?? 0))
      })
      expect(said).toEqual([counted[0]?.[frame], counted[1]?.[frame]])
    }
  })

test('where there is no copy, a clip of two parts is said not to be shown as it is cut', async ({ page, rig }) => {
  const { options } = TIMELINES['two parts'] ?? {}
  const path = await makeClip(join(rig.folder, 'parts.mp4'), { ...options, mark: 'tiles' })
  await page.goto(rig.url)
  await page.evaluate(([name, stage]) => window.harness.open([{ name }, { name }], stage), [
    basename(path),
    STAGE,
  ] as const)
  const { sides } = await page.evaluate(() => window.harness.state())
  expect(sides[0]).toMatchObject({ name: 'failed', reason: expect.stringContaining('put together of 2 parts') })
})
