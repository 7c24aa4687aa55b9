import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import sharp from 'sharp'
import { inspectClip } from '../src/engine/testing/clips.ts'
import { expect, shownColours, studioOf, test } from './fixtures.ts'

// Every task, from an empty form to a file on disk that is decoded and looked at.

// With all that moves, as most people have it.
test.use({ contextOptions: { reducedMotion: 'no-preference' } })

const DONE = { timeout: 90_000 }

/** Clicks the stage's download and answers the path of what arrived. */
const download = async (page: Page): Promise<{ path: string; name: string }> => {
  const arriving = page.waitForEvent('download')
  await studioOf(page).stage.getByRole('link', { name: 'Download' }).click()
  const download = await arriving
  return { path: await download.path(), name: download.suggestedFilename() }
}

const meanOf = async (pixels: Uint8Array, size: { width: number; height: number }): Promise<number[]> => {
  const raw = { width: size.width, height: size.height, channels: 4 as const }
  const { channels } = await sharp(pixels, { raw }).removeAlpha().stats()
  return channels.map(({ mean }) => mean)
}

test('text to video', async ({ page }) => {
  const studio = studioOf(page)
  await studio.open()
  await studio.pick('lucy-pro-t2v')
  await studio.prompt('A serene lake at sunset')
  await studio.choose('480p')
  await studio.generate()
  await expect(studio.take('A serene lake at sunset').first()).toBeVisible()
  await expect(studio.shown).toHaveCount(1, DONE)
  // It plays by itself.
  await expect.poll(async () => Number(await studio.shown.getAttribute('data-frame'))).toBeGreaterThan(10)
  await expect(studio.stage).toContainText(
    /Prompt read as.*place lake.*light sunset.*left to the seed: weather, season/,
  )
  const { path, name } = await download(page)
  expect(name).toMatch(/^a-serene-lake-at-sunset_lucy-pro-t2v_local-draft_\d+_[0-9a-f]{6}\.mp4$/)
  const facts = await inspectClip(path, [0])
  expect(facts).toMatchObject({
    codec: 'h264',
    profile: 100,
    pix_fmt: 'yuv420p',
    width: 832,
    height: 480,
    fps: 25,
    faststart: true,
  })
  expect(facts.times).toHaveLength(125)
  // Sunset: the picture is there, and it is warm.
  const [red = 0, , blue = 0] = await meanOf(facts.pixels['0'] ?? new Uint8Array(), facts)
  expect(red).toBeGreaterThan(blue)
})

test('image to video begins on the picture', async ({ page, media }) => {
  const studio = studioOf(page)
  await studio.open()
  await studio.pick('lucy-pro-i2v')
  await studio.drop('Image', media.picture)
  await expect(studio.make.getByText('640 × 360')).toBeVisible()
  await studio.prompt('Slow pan to the right')
  await studio.choose('480p')
  await studio.generate()
  await expect(studio.shown).toHaveCount(1, DONE)
  const { path } = await download(page)
  const facts = await inspectClip(path, [0, 124])
  expect(facts).toMatchObject({ codec: 'h264', width: 842, height: 474, fps: 25 })
  const first = await sharp(facts.pixels['0'], { raw: { width: 842, height: 474, channels: 4 } })
    .removeAlpha()
    .raw()
    .toBuffer()
  const picture = await sharp(media.picture).resize(842, 474, { fit: 'fill' }).raw().toBuffer()
  let difference = 0
  for (let at = 0; at < first.length; at++) difference += Math.abs((first[at] ?? 0) - (picture[at] ?? 0))
  expect(difference / first.length).toBeLessThan(4)
  expect(Buffer.compare(Buffer.from(facts.pixels['0'] ?? []), Buffer.from(facts.pixels['124'] ?? []))).not.toBe(0)
})

test('video edit keeps length, rate and sound, and compares with its source', async ({ page, media }) => {
  const studio = studioOf(page)
  await studio.open()
  await studio.pick('lucy-pro-v2v')
  await studio.drop('Video', media.clip)
  await expect(studio.make.getByText(/640 × 360 · 1\.0 s/)).toBeVisible()
  await studio.prompt('Film noir')
  await studio.choose('480p')
  await studio.generate()
  // An edit opens as a wipe over its source.
  await expect(studio.shown).toHaveCount(2, DONE)
  await expect(studio.stage.getByRole('radio', { name: 'Wipe' })).toBeChecked()

  await studio.compare('Side by side')
  await expect(studio.shown).toHaveCount(2)
  await expect(studio.shown.filter({ hasText: 'Source' })).toBeVisible()
  await studio.compare('Wipe')
  const slider = studio.stage.getByRole('slider', { name: /edge|compare|wipe/i })
  const before = Number(await slider.inputValue())
  await slider.focus()
  await page.keyboard.press('ArrowRight')
  await expect.poll(async () => Number(await slider.inputValue())).toBeGreaterThan(before)

  const { path } = await download(page)
  const facts = await inspectClip(path, [0])
  expect(facts).toMatchObject({ codec: 'h264', width: 842, height: 474, fps: 30, audio: 'aac' })
  expect(facts.duration).toBeCloseTo(1, 1)
  const [red = 0, green = 0, blue = 0] = await meanOf(facts.pixels['0'] ?? new Uint8Array(), facts)
  // Noir has next to no colour.
  expect(Math.max(red, green, blue) - Math.min(red, green, blue)).toBeLessThan(12)
})

test('a transition begins on one picture and ends on the other', async ({ page, media }) => {
  const studio = studioOf(page)
  await studio.open()
  await studio.pick('lucy-pro-flf2v')
  await studio.drop('First frame', media.picture)
  await studio.drop('Last frame', media.other)
  await expect(studio.make.getByText('640 × 360')).toHaveCount(2)
  await studio.prompt('Smooth dissolve')
  await studio.choose('480p')
  await studio.generate()
  await expect(studio.shown.last()).toBeVisible(DONE)
  // The two pictures that it was made from stand beside it.
  await studio.compare('Grid')
  await expect(studio.shown).toHaveCount(3)
  const { path } = await download(page)
  const facts = await inspectClip(path, [0, 124])
  const [first, last] = [
    await meanOf(facts.pixels['0'] ?? new Uint8Array(), facts),
    await meanOf(facts.pixels['124'] ?? new Uint8Array(), facts),
  ]
  expect(first[0]).toBeGreaterThan((first[2] ?? 0) + 80)
  expect(last[2]).toBeGreaterThan((last[0] ?? 0) + 80)
})

test('text to image, in portrait', async ({ page }) => {
  const studio = studioOf(page)
  await studio.open()
  await studio.pick('lucy-pro-t2i')
  await studio.prompt('A city at night with neon lights')
  await studio.choose('480p')
  await studio.choose('Portrait')
  await studio.generate()
  await expect(studio.shown).toHaveCount(1, DONE)
  const { path, name } = await download(page)
  expect(name).toMatch(/\.png$/)
  expect(await sharp(path).metadata()).toMatchObject({ format: 'png', width: 480, height: 832 })
  const { entropy } = await sharp(path).stats()
  expect(entropy).toBeGreaterThan(3)
})

test('image edit', async ({ page, media }) => {
  const studio = studioOf(page)
  await studio.open()
  await studio.pick('lucy-image-2')
  await studio.drop('Image', media.picture)
  await studio.prompt('Cyanotype print')
  await studio.choose('480p')
  await studio.generate()
  // Until then the stage shows the source.
  await expect(studio.stage.getByRole('link', { name: 'Download' })).toBeVisible(DONE)
  await studio.compare('Result alone')
  await expect(studio.shown).toHaveCount(1)
  // A cyanotype of a warm picture is blue.
  await expect
    .poll(async () => (await shownColours(studio.shown)).map(([red = 0, , blue = 0]) => blue > red))
    .toEqual([true, true])
  const { path } = await download(page)
  expect(await sharp(await readFile(path)).metadata()).toMatchObject({ format: 'png', width: 842, height: 474 })
})

test('a clip that this browser cannot decode plays as a preview, and is edited as it is', async ({ page, media }) => {
  const studio = studioOf(page)
  await studio.open()
  await studio.pick('lucy-dev-v2v')
  await studio.drop('Video', media.phone)
  // Filmed upright: 640 by 360, turned.
  await expect(studio.make.getByText(/360 × 640 · 1\.0 s/)).toBeVisible()
  const card = studio.make.locator('video')
  await expect
    .poll(() => card.evaluate((video: HTMLVideoElement) => [video.videoWidth > 0, video.currentTime > 0]))
    .toEqual([true, true])
  await studio.prompt('Charcoal')
  await studio.choose('480p')
  await studio.generate()
  await expect(studio.stage.getByRole('link', { name: 'Download' })).toBeVisible(DONE)
  await studio.compare('Side by side')
  await expect(studio.shown.filter({ hasText: 'Source' }).getByText('copy', { exact: true })).toBeVisible()
  const { path } = await download(page)
  expect(await inspectClip(path)).toMatchObject({ codec: 'h264', width: 474, height: 842, fps: 24, audio: 'aac' })
})
