import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import sharp from 'sharp'
import { inspectClip, makeClip } from '../src/engine/testing/clips.ts'
import { readMark } from '../src/engine/testing/mark.ts'
import type { ExportPart, Outcome } from '../src/web/compare/testing/export-page.tsx'
import { expect, type Rig, test } from './compare-fixtures.ts'
import { expectNoBarrier } from './waits.ts'

const [WIDTH, HEIGHT] = [320, 180]
const [A, B, C] = ['source.mp4', 'anime.mp4', 'third.webm'] as const
const RATES = { [A]: 20, [B]: 25, [C]: 32 }
const SECONDS = 2

test.beforeAll(async ({ rig }) => {
  const size = { width: WIDTH, height: HEIGHT, seconds: SECONDS, tagged: true }
  await makeClip(join(rig.folder, A), { ...size, fps: RATES[A], audio: true })
  await makeClip(join(rig.folder, B), { ...size, fps: RATES[B] })
  await makeClip(join(rig.folder, C), { ...size, fps: RATES[C], container: 'webm', codec: 'vp9' })
})

const openPage = async (page: Page, rig: Rig) => {
  await page.goto(rig.url.replace('harness.html', 'export-page.html'))
  await page.waitForFunction(() => 'exporting' in window)
}

type Made = Extract<Outcome, { name: 'made' }> & { path: string }

let made = 0
/** Exports, checks that nothing stayed open, and keeps the file where it can be looked at. */
const make = async (page: Page, rig: Rig, files: readonly string[], part: ExportPart): Promise<Made> => {
  const outcome = await page.evaluate(([names, order]) => window.exporting.run(names, order), [files, part] as const)
  if (outcome.name !== 'made') throw new Error(outcome.reason)
  expect(outcome.openFrames).toBe(0)
  await expect.poll(() => page.workers().length).toBe(0)
  const path = join(rig.folder, `made-${made++}.${part.format ?? 'mp4'}`)
  await writeFile(path, Buffer.from(outcome.bytes, 'base64'))
  return { ...outcome, path }
}

type Picture = { data: Uint8Array; width: number }
type Box = { left: number; top: number; width: number; height: number }

const crop = ({ data, width }: Picture, box: Box): Uint8Array => {
  const part = new Uint8Array(box.width * box.height * 4)
  for (let row = 0; row < box.height; row++) {
    const from = ((box.top + row) * width + box.left) * 4
    part.set(data.subarray(from, from + box.width * 4), row * box.width * 4)
  }
  return part
}
const cell = (column: number, row = 0): Box => ({
  left: column * WIDTH,
  top: row * HEIGHT,
  width: WIDTH,
  height: HEIGHT,
})
const numberIn = (picture: Picture, box: Box) => readMark(crop(picture, box), box.width, box.height)
const colourAt = ({ data, width }: Picture, x: number, y: number) => [
  ...data.subarray((y * width + x) * 4).subarray(0, 3),
]

/** The frames of a clip that was made, decoded by FFmpeg. */
const framesOf = async (path: string, width: number, count: number) => {
  const facts = await inspectClip(
    path,
    Array.from({ length: count }, (_, frame) => frame),
  )
  const picture = (frame: number): Picture => {
    const data = facts.pixels[frame]
    if (!data) throw new Error(`there is no frame ${frame}`)
    return { data, width }
  }
  return { facts, picture }
}

/** The frame that a clip of the tests has to show at a time. */
const expected = (file: keyof typeof RATES, seconds: number) =>
  Math.min(SECONDS * RATES[file] - 1, Math.max(0, Math.floor(seconds * RATES[file] + 1e-6)))

test('an MP4 shows two clips side by side, each with its own frame at every time', async ({ page, rig }) => {
  await openPage(page, rig)
  const { path, width, height, frames, type } = await make(page, rig, [A, B], { layout: 'side-by-side' })
  expect([width, height, frames, type]).toEqual([2 * WIDTH, HEIGHT, SECONDS * 25, 'video/mp4'])
  const { facts, picture } = await framesOf(path, width, frames)
  expect(facts).toMatchObject({ codec: 'h264', width, height, fps: 25, audio: null, faststart: true })
  // Nobody has to guess its colours: BT.709 primaries and matrix, the curve of sRGB, full range.
  expect(facts.color).toEqual({ space: 1, primaries: 1, transfer: 13, range: 2 })
  expect(facts.duration).toBeCloseTo(SECONDS, 3)
  expect(facts.times).toHaveLength(frames)
  const gaps = facts.keyframes.slice(1).map((frame, index) => frame - (facts.keyframes[index] ?? 0))
  expect(Math.max(...gaps)).toBeLessThanOrEqual(25)
  for (let frame = 0; frame < frames; frame++) {
    const numbers = [numberIn(picture(frame), cell(0)), numberIn(picture(frame), cell(1))]
    expect(numbers, `frame ${frame}`).toEqual([expected(A, frame / 25), expected(B, frame / 25)])
  }
  // Colours come back as they were: the ground is 110, the blocks are red and green.
  for (const x of [WIDTH / 2, WIDTH * 1.5])
    for (const level of colourAt(picture(10), x, HEIGHT / 2)) expect(Math.abs(level - 110)).toBeLessThanOrEqual(2)
  const [red = 0, green = 0, blue = 0] = colourAt(picture(10), 10, 10)
  expect([Math.abs(red - 220) < 8, Math.abs(green - 30) < 8, Math.abs(blue - 30) < 8]).toEqual([true, true, true])
})

test('a WebM takes three clips at the rate of the quickest, of the range, with an offset', async ({ page, rig }) => {
  await openPage(page, rig)
  const range = { from: 0.5, to: 1.5 }
  const order = { layout: 'side-by-side', format: 'webm', range, offsets: [0, 0.2, -0.25] } as const
  const { path, width, frames, fps } = await make(page, rig, [A, B, C], order)
  expect([fps, frames]).toEqual([32, 32])
  const { facts, picture } = await framesOf(path, width, frames)
  expect(facts).toMatchObject({ codec: 'vp9', fps: 32 })
  expect(facts.color).toEqual({ space: 1, primaries: 1, transfer: 13, range: 2 })
  const columns = Math.round(width / WIDTH)
  // The last row stands in the middle where it is not full.
  const third = columns === 3 ? cell(2) : { ...cell(0, 1), left: WIDTH / 2 }
  for (let frame = 0; frame < frames; frame++) {
    const time = range.from + frame / 32
    const numbers = [cell(0), cell(1), third].map((box) => numberIn(picture(frame), box))
    expect(numbers, `frame ${frame}`).toEqual([expected(A, time), expected(B, time + 0.2), expected(C, time - 0.25)])
  }
})

test('the edge of the moving wipe goes to the right and comes back', async ({ page, rig }) => {
  await openPage(page, rig)
  const { path, width, height, frames } = await make(page, rig, [A, B], { layout: 'moving-wipe' })
  expect([width, height]).toEqual([WIDTH, HEIGHT])
  const { picture } = await framesOf(path, width, frames)
  /** The column of the white line on grey ground; null where it is out of the picture. */
  const edgeAt = (frame: number) => {
    const row = Array.from({ length: WIDTH }, (_, x) => colourAt(picture(frame), x, HEIGHT / 2)[1] ?? 0)
    const brightest = Math.max(...row)
    return brightest > 190 ? row.indexOf(brightest) : null
  }
  for (const frame of [6, 12, 18, 32, 38, 44]) {
    const wanted = (WIDTH * (1 - Math.cos((2 * Math.PI * frame) / frames))) / 2
    expect(Math.abs((edgeAt(frame) ?? -99) - wanted), `frame ${frame}`).toBeLessThanOrEqual(3)
  }
  // At its ends one clip alone is seen: the other side at first, the reference in the middle.
  expect(numberIn(picture(0), cell(0))).toBe(expected(B, 0))
  expect(numberIn(picture(frames / 2 + 0), cell(0))).toBe(expected(A, 1))
})

test('a blinking, an overlaid and a subtracted view are exported as they are set', async ({ page, rig }) => {
  await openPage(page, rig)
  const blink = await make(page, rig, [A, B], { view: { mode: 'blink' } })
  const blinked = await framesOf(blink.path, WIDTH, blink.frames)
  for (const [frame, file] of [
    [12, A],
    [24, A],
    [26, B],
    [40, B],
  ] as const)
    expect(numberIn(blinked.picture(frame), cell(0)), `frame ${frame}`).toBe(expected(file, frame / 25))

  const overlay = await make(page, rig, [A, B], { view: { mode: 'overlay', opacity: 1 } })
  const overlaid = await framesOf(overlay.path, WIDTH, overlay.frames)
  expect(numberIn(overlaid.picture(30), cell(0))).toBe(expected(B, 30 / 25))

  const difference = await make(page, rig, [A, B], { view: { mode: 'difference', gain: 4 } })
  const subtracted = await framesOf(difference.path, WIDTH, difference.frames)
  expect(Math.max(...colourAt(subtracted.picture(30), WIDTH / 2, HEIGHT / 2))).toBeLessThan(12)
  // What differs of the two numbers' bits is bright.
  expect(numberIn(subtracted.picture(30), cell(0))).toBe(expected(A, 1.2) ^ expected(B, 1.2))
})

test('names are burnt in where they are asked for, and nowhere else', async ({ page, rig }) => {
  await openPage(page, rig)
  const still = async (labels: readonly string[] | null) => {
    const { path, width, height, type } = await make(page, rig, [A, B], { format: 'png', time: 1, labels })
    expect([width, height, type]).toEqual([2 * WIDTH, HEIGHT, 'image/png'])
    const { data } = await sharp(path).ensureAlpha().raw().toBuffer({ resolveWithObject: true })
    return { data: new Uint8Array(data), width }
  }
  const [bare, named] = [await still(null), await still(['Source', 'Anime'])]
  expect([numberIn(bare, cell(0)), numberIn(bare, cell(1))]).toEqual([expected(A, 1), expected(B, 1)])
  expect(colourAt(bare, 12, 15)).toEqual(colourAt(bare, 30, 30))
  // A dark tag over the red block, with light letters in it.
  for (const left of [0, WIDTH]) {
    const tag = crop(named, { left: left + 9, top: 9, width: 24, height: 14 })
    const greens = tag.filter((_, at) => at % 4 === 1)
    expect(Math.min(...greens)).toBeLessThan(20)
    expect(Math.max(...greens)).toBeGreaterThan(180)
  }
  expect(numberIn(named, cell(1))).toBe(expected(B, 1))
})

test('a GIF has its frames, its size and its colours, and plays for ever', async ({ page, rig }) => {
  await openPage(page, rig)
  const { path, width, height, frames } = await make(page, rig, [A, B], {
    layout: 'side-by-side',
    format: 'gif',
    gifWidth: 480,
  })
  expect([width, height, frames]).toEqual([480, 136, SECONDS * 20])
  const { pages, delay, loop } = await sharp(path, { animated: true }).metadata()
  expect({ pages, loop, delays: new Set(delay) }).toEqual({ pages: frames, loop: 0, delays: new Set([50]) })
  const { picture } = await framesOf(path, width, frames)
  for (let frame = 0; frame < frames; frame++) {
    const half = (column: number) => numberIn(picture(frame), { left: column * 240, top: 0, width: 240, height: 136 })
    expect([half(0), half(1)], `frame ${frame}`).toEqual([expected(A, frame / 20), expected(B, frame / 20)])
  }
  for (const level of colourAt(picture(20), 120, 68)) expect(Math.abs(level - 110)).toBeLessThanOrEqual(6)
})

test('the sound of the chosen side goes along', async ({ page, rig }) => {
  await openPage(page, rig)
  for (const format of ['mp4', 'webm'] as const) {
    const { path, notes } = await make(page, rig, [A, B], { format, sound: 0, range: { from: 0.5, to: 1.5 } })
    const { audio, duration } = await inspectClip(path)
    expect(audio).toMatch(/aac|opus/)
    expect(duration).toBeLessThan(1.1)
    expect(notes.join(' ')).toBe(format === 'mp4' && audio === 'opus' ? notes[0] : '')
  }
  const silent = await make(page, rig, [A, B], { sound: 1 })
  expect((await inspectClip(silent.path)).audio).toBeNull()
})

test('what is aborted leaves no file, no frame and no worker', async ({ page, rig }) => {
  await openPage(page, rig)
  for (const format of ['mp4', 'gif'] as const) {
    const outcome = await page.evaluate(([names, order]) => window.exporting.run(names, order, 0.01), [
      [A, B, C],
      { layout: 'side-by-side', format },
    ] as const)
    expect(outcome).toMatchObject({ name: 'failed', reason: 'no longer wanted', openFrames: 0 })
    await expect.poll(() => page.workers().length).toBe(0)
  }
})

test('what cannot be shown is said, not left out in silence', async ({ page, rig }) => {
  await writeFile(join(rig.folder, 'letter.mp4'), 'no clip at all')
  await openPage(page, rig)
  const failed = await page.evaluate(([names, order]) => window.exporting.run(names, order), [
    [A, 'letter.mp4'],
    { view: { mode: 'wipe' } },
  ] as const)
  expect(failed).toMatchObject({ name: 'failed', reason: expect.stringMatching(/^Side 2 cannot be shown: .+\.$/) })
  const { notes } = await make(page, rig, [A, 'letter.mp4', B], { layout: 'side-by-side' })
  expect(notes).toEqual([expect.stringMatching(/^Side 2 cannot be shown: .+ It is left out\.$/)])
})

test('the menu makes a file by keyboard alone, and gives the focus back', async ({ page, rig }) => {
  await openPage(page, rig)
  await page.evaluate(([a, b]) => window.exporting.show([a, b], 'copied'), [A, B] as const)
  await page.keyboard.press('Tab')
  await expect(page.getByRole('button', { name: 'Export' })).toBeFocused()
  await page.keyboard.press('Enter')
  const panel = page.getByRole('dialog', { name: 'Export' })
  await expect(panel).toBeVisible()
  await expect(panel).toContainText('640 × 180 · 25 fps · 2.0 s')
  await expectNoBarrier(new AxeBuilder({ page }).include('.export-panel'))

  await page.keyboard.press('ArrowRight')
  await expect(panel.getByRole('radio', { name: 'Moving wipe' })).toBeChecked()
  await expect(panel.getByRole('radio', { name: 'PNG' })).toHaveCount(0)
  await page.keyboard.press('ArrowLeft')
  const downloading = page.waitForEvent('download')
  await panel.getByRole('button', { name: 'Make MP4' }).press('Enter')
  const download = await downloading
  expect(download.suggestedFilename()).toBe('compare source vs anime side-by-side.mp4')
  await expect(panel.getByText('Saved compare source vs anime side-by-side.mp4')).toBeVisible()
  const facts = await inspectClip(await download.path())
  expect([facts.width, facts.height, facts.times.length]).toEqual([2 * WIDTH, HEIGHT, 50])

  await panel.getByRole('button', { name: 'Copy link' }).press('Enter')
  await expect(panel.getByText('The link is copied.')).toBeVisible()
  expect(await page.evaluate(() => window.exporting.links)).toBe(1)
  await page.keyboard.press('Escape')
  await expect(panel).toBeHidden()
  await expect(page.getByRole('button', { name: 'Export' })).toBeFocused()
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })

  test('the panel fits, fingers hit everything, and a comparison without a link says why', async ({ page, rig }) => {
    await openPage(page, rig)
    await page.evaluate(([a, b]) => window.exporting.show([a, b], 'refused'), [A, B] as const)
    await page.getByRole('button', { name: 'Export' }).tap()
    const panel = page.getByRole('dialog', { name: 'Export' })
    await expect(panel.getByText('Files of this computer have no link.')).toBeVisible()
    await expect(panel.getByRole('button', { name: 'Copy link' })).toBeDisabled()
    await panel.getByText('GIF', { exact: true }).tap()
    await expect
      .poll(async () => {
        const { x = -1, y = -1, width = 0, height = 0 } = (await panel.boundingBox()) ?? {}
        return x >= 0 && x + width <= 390 && y >= 0 && y + height <= 844
      })
      .toBe(true)
    await expect
      .poll(() =>
        panel.locator('button, label').evaluateAll((targets) =>
          targets.flatMap((target) => {
            const { width, height } = target.getBoundingClientRect()
            return Math.min(width, height) < 44 ? [target.textContent] : []
          }),
        ),
      )
      .toEqual([])
  })
})
