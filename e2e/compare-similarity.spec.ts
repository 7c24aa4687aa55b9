import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import type { MadeClip } from '../src/web/compare/testing/similarity-page.tsx'
import { expect, type Rig, test } from './compare-fixtures.ts'
import { expectNoBarrier } from './waits.ts'

const CLIP: MadeClip = { fps: 25, frames: 50, width: 320, height: 180 }
const CHANGED: MadeClip = { ...CLIP, changed: { from: 30, to: 40 } }

const openPage = async (page: Page, rig: Rig) => {
  await page.goto(rig.url.replace('harness.html', 'similarity-page.html'))
  await page.waitForFunction(() => 'similarity' in window)
}

/** The mean heat in the upper left quarter, and in the rest of the picture. */
const heatOf = (map: readonly number[], columns: number, rows: number) => {
  const sums = { corner: 0, rest: 0 }
  const counts = { corner: 0, rest: 0 }
  for (const [index, value] of map.entries()) {
    const where = index % columns < columns / 2 && Math.floor(index / columns) < rows / 2 ? 'corner' : 'rest'
    sums[where] += value
    counts[where] += 1
  }
  return { corner: sums.corner / counts.corner, rest: sums.rest / counts.rest }
}

test.describe('what changed', () => {
  test('two clips that differ in ten frames and one corner differ there alone', async ({ page, rig }) => {
    await openPage(page, rig)
    const { by, values, maps, columns, rows } = await page.evaluate(
      (clips) => window.similarity.measure(clips),
      [CLIP, CHANGED],
    )
    expect(by).toBe('reference')
    expect(values).toHaveLength(50)
    for (const [frame, value] of values.entries()) {
      if (frame >= 30 && frame < 40) expect(value, `frame ${frame}`).toBeLessThan(0.9)
      else expect(value, `frame ${frame}`).toBeGreaterThan(0.97)
      const { corner, rest } = heatOf(maps[frame] ?? [], columns, rows)
      expect(rest, `frame ${frame} elsewhere`).toBeLessThan(10)
      if (frame >= 30 && frame < 40) expect(corner, `frame ${frame} in the corner`).toBeGreaterThan(80)
      else expect(corner, `frame ${frame} in the corner`).toBeLessThan(10)
    }
    await expect.poll(() => page.workers().length).toBe(0)
  })

  test('frames are paired by time, not by number, and by their offset', async ({ page, rig }) => {
    await openPage(page, rig)
    // The same second as 20 frames: the board is there from 1.2 s to 1.6 s in both.
    const slower: MadeClip = { ...CLIP, fps: 20, frames: 40, changed: { from: 24, to: 32 } }
    const together = await page.evaluate((clips) => window.similarity.measure(clips), [CHANGED, slower])
    expect(Math.min(...together.values)).toBeGreaterThan(0.9)
    const apart = await page.evaluate((clips) => window.similarity.measure(clips, 0.2), [CHANGED, CHANGED])
    const unlike = apart.values.flatMap((value, frame) => (value < 0.85 ? [frame] : []))
    expect(unlike).toEqual([25, 26, 27, 28, 29, 35, 36, 37, 38, 39])
  })

  test('an abort rejects with its reason and leaves no worker behind', async ({ page, rig }) => {
    await openPage(page, rig)
    expect(await page.evaluate((clips) => window.similarity.abort(clips), [CLIP, CHANGED])).toBe('Error: enough')
    await expect.poll(() => page.workers().length).toBe(0)
  })

  test('turned clips and pictures are compared as they are seen', async ({ page, rig }) => {
    await rig.clip('lying.mp4', { width: 320, height: 180, seconds: 0.4 })
    await rig.clip('turned.mp4', { width: 320, height: 180, seconds: 0.4, rotate: 180 })
    await rig.picture('five.png', 5)
    await openPage(page, rig)
    const turned = await page.evaluate(() => window.similarity.measureFiles('lying.mp4', 'turned.mp4'))
    expect(Math.min(...turned.values)).toBeGreaterThan(0.95)
    // The picture carries a number that one frame of the clip has too.
    const { by, values } = await page.evaluate(() => window.similarity.measureFiles('five.png', 'lying.mp4'))
    expect(by).toBe('other')
    expect(values.indexOf(Math.max(...values))).toBe(5)
  })

  test('the strip says it, and leads there', async ({ page, rig }) => {
    await openPage(page, rig)
    await page.evaluate((clips) => window.similarity.show(clips), [CLIP, CHANGED])
    const bar = page.getByRole('group', { name: 'What changed' })
    const frame = () => page.evaluate(() => window.similarity.viewer().state().shown.frames[0])
    await expect(page.getByRole('img', { name: /most at frame 3\d, \d+ % alike/ })).toBeVisible()
    await expect(bar.getByRole('progressbar')).toHaveCount(0)
    await expect(bar).toContainText(/SSIM (1\.000|0\.9[789]\d)/)

    await bar.getByRole('button', { name: 'Next change' }).click()
    await expect.poll(frame).toBe(30)
    await expect(bar).toContainText(/SSIM 0\.[5-8]\d\d.*frame 30: \d\d % alike/)
    await page.evaluate(() => window.similarity.viewer().seek(0))
    await expect.poll(frame).toBe(0)
    await page.keyboard.press('Shift+G')
    await expect.poll(async () => Math.floor(((await frame()) ?? 0) / 10)).toBe(3)

    const strip = page.locator('.change-strip')
    const width = await strip.evaluate((element) => element.clientWidth)
    await strip.click({ position: { x: (width * 12.5) / 50, y: 10 } })
    await expect.poll(frame).toBe(12)
    await expect(strip).toContainText(/frame 12: (9\d|100) % alike/)
    for (const theme of ['dark', 'light']) {
      await page.evaluate((name) => (document.documentElement.dataset['theme'] = name), theme)
      await expectNoBarrier(new AxeBuilder({ page }).include('main'))
    }
  })
})
