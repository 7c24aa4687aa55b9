import type { Page } from '@playwright/test'
import type { Reading } from '../src/web/compare/testing/read-canvas.ts'
import { initialView } from '../src/web/compare/view.ts'
import { check, make, open, STAGE } from './compare-clips.ts'
import { expect, test } from './compare-fixtures.ts'
import { points, randomFor } from './compare-points.ts'

const readUntil = (page: Page, wanted: Partial<Reading>): Promise<number> =>
  page.evaluate((reading) => window.harness.readUntil(reading), wanted)

const step = (page: Page, by: number, side?: number) =>
  page.evaluate(([count, alone]) => window.harness.viewer().step(count, alone), [by, side] as const)

test('an offset moves its own side by exactly that much, and no other', async ({ page, rig }) => {
  const sides = await make(rig, ['twenty-two.mp4', 'thirty-two.mp4', 'uneven.mp4'])
  await open(page, rig, sides)
  const random = randomFor('offsets')
  for (let turn = 0; turn < 4; turn++) {
    const offsets = [0, (random() - 0.5) * 1.2, turn / 32]
    await page.evaluate(
      (all) => all.forEach((seconds, side) => window.harness.viewer().setOffset(side, seconds)),
      offsets,
    )
    await check(
      page,
      points(random, 8, sides, () => initialView(3), offsets),
    )
  }
})

test('a step is exactly one frame of the reference, both ways, through keyframes and at both ends', async ({
  page,
  rig,
}) => {
  const sides = await make(rig, ['twenty-two.mp4', 'thirty-two.mp4'])
  await open(page, rig, sides)
  await readUntil(page, { numbers: [300, 700] })
  await step(page, -1)
  for (let frame = 1; frame <= 30; frame++) {
    await step(page, 1)
    await readUntil(page, { numbers: [300 + frame, 700 + Math.floor((frame * 32) / 22 + 1e-9)] })
  }
  for (let frame = 29; frame >= 12; frame--) {
    await step(page, -1)
    await readUntil(page, { numbers: [300 + frame, 700 + Math.floor((frame * 32) / 22 + 1e-9)] })
  }
  await page.evaluate(() => window.harness.viewer().setView({ reference: 1, other: 0 }))
  await step(page, 10)
  // 717 stood there: ten frames of 32 on.
  await readUntil(page, { numbers: [300 + Math.floor((27 * 22) / 32), 727] })
  await page.evaluate(() => window.harness.viewer().seek(99))
  await readUntil(page, { numbers: [343, 763] })
  await step(page, 1)
  await step(page, -1)
  await readUntil(page, { numbers: [300 + Math.floor((62 * 22) / 32), 762] })
  await page.evaluate(() => window.harness.viewer().seek(-5))
  await readUntil(page, { numbers: [300, 700] })
})

test('a side steps alone: by one frame of its own, the others stand, and the offset stays', async ({ page, rig }) => {
  const sides = await make(rig, ['twenty-two.mp4', 'thirty-two.mp4', 'uneven.mp4'])
  await open(page, rig, sides)
  await page.evaluate(() => window.harness.goTo(0.5))
  await readUntil(page, { numbers: [311, 716, 1108] })
  for (const [by, number] of [
    [1, 717],
    [1, 718],
    [-1, 717],
    [-3, 714],
    [-20, 700],
  ] as const) {
    await step(page, by, 1)
    await readUntil(page, { numbers: [311, number, 1108] })
  }
  await step(page, 17, 1)
  await readUntil(page, { numbers: [311, 717, 1108] })
  const { offsets } = await page.evaluate(() => window.harness.state())
  expect(offsets[1]).toBeCloseTo(1 / 32, 3)
  await page.evaluate(() => window.harness.goTo(1.01))
  await readUntil(page, { numbers: [322, 733, 1113] })
})

test('what cannot be decoded falls back to its preview and says so; without one it fails with a reason', async ({
  page,
  rig,
}) => {
  const preview = await rig.clip('preview.mp4', { fps: 24, seconds: 1, first: 3200 })
  const phone = await rig.clip('phone.mov', { fps: 24, seconds: 1, first: 3300, codec: 'hevc', container: 'mov' })
  const [good] = await make(rig, ['thirty-two.mp4'])
  if (!good) throw new Error('no clip')
  await page.goto(rig.url)
  const sources = [
    { name: phone.name, preview: preview.name },
    { name: good.name },
    { name: phone.name },
    { name: 'missing.mp4', as: 'url' as const },
  ]
  await page.evaluate(([all, stage]) => window.harness.open(all, stage), [sources, STAGE] as const)
  const { sides } = await page.evaluate(() => window.harness.state())
  expect(sides.map(({ name }) => name)).toEqual(['ready', 'ready', 'failed', 'failed'])
  expect(sides[0]?.info).toMatchObject({ isPreview: true })
  expect(sides[1]?.info).toMatchObject({ isPreview: false })
  expect(sides[2]?.reason).toMatch(/cannot decode HEVC/)
  expect(sides[3]?.reason).toMatch(/\.$/)

  await page.evaluate(() => window.harness.goTo(0.51))
  await readUntil(page, { numbers: [3212, 716] })
  const recording = await page.evaluate(() => window.harness.recordPlaying(1, 40))
  const numbers = recording.readings.flatMap(({ reading }) => reading.numbers[1] ?? [])
  expect(new Set(numbers).size).toBeGreaterThan(5)
})
