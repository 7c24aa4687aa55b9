import type { Page } from '@playwright/test'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { inspectClip } from '../src/engine/testing/clips.ts'
import { drawDisc, findDisc } from '../src/engine/testing/disc.ts'
import { chooseTheme, expect, studioOf, test, THEMES } from './fixtures.ts'
import { boxOf, expectNoBarrier, wcag } from './waits.ts'

// A path over a picture: drawn, rendered, looked at, and brought back.

const DISC = { x: 160, y: 200, radius: 32 }
let folder: string
let picture: string

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rushes-motion-'))
  picture = join(folder, 'disc.png')
  const { data } = drawDisc(640, 360, DISC)
  await sharp(data, { raw: { width: 640, height: 360, channels: 4 } })
    .png()
    .toFile(picture)
})
test.afterAll(() => rm(folder, { recursive: true, force: true }))

const surfaceOf = (page: Page) => studioOf(page).make.getByRole('application', { name: 'Path over the image' })

const open = async (page: Page) => {
  const studio = studioOf(page)
  await studio.open()
  await studio.pick('lucy-motion')
  await expect(studio.make.getByText('Add the image: the path is drawn over it.')).toBeVisible()
  await studio.drop('Image', picture)
  await expect(surfaceOf(page)).toBeVisible()
  return studio
}

/** Where a place of the picture is on the page. */
const placeOn = async (page: Page, x: number, y: number) => {
  const box = await boxOf(surfaceOf(page))
  return { x: box.x + x * box.width, y: box.y + y * box.height }
}

const stroke = async (page: Page, ...places: [number, number][]) => {
  for (const [index, [x, y]] of places.entries()) {
    const place = await placeOn(page, x, y)
    await page.mouse.move(place.x, place.y, { steps: 8 })
    if (index === 0) await page.mouse.down()
  }
  await page.mouse.up()
}

test('is drawn with the mouse; the thing goes along it, and the settings come back', async ({ page }) => {
  const studio = await open(page)
  // Asked for without a path, it says so where the path goes.
  await studio.generate()
  await expect(studio.make.getByText('Path is required.')).toBeVisible()
  await expect(surfaceOf(page)).toBeFocused()

  await stroke(page, [DISC.x / 640, DISC.y / 360], [0.6, 0.3], [0.85, 0.6])
  await expect(studio.make.getByText('3 points')).toBeVisible()
  await expect(studio.make.getByText('Path is required.')).toHaveCount(0)
  await studio.make.getByRole('slider', { name: /^Arrives after/ }).fill('100')
  await studio.choose('480p')
  await studio.generate()
  const take = studio.take('Lucy Motion').first()
  await expect(studio.shown).toHaveCount(1, { timeout: 90_000 })
  await expect(studio.stage).toContainText(
    /Read as.*path 3 points, right and down, 0 to 4 s.*moves what stands at its start/,
  )
  const arriving = page.waitForEvent('download')
  await studio.stage.getByRole('link', { name: 'Download' }).click()
  const path = await (await arriving).path()
  const { width, height, pixels, times } = await inspectClip(path, [0, 124])
  expect({ width, height, frames: times.length }).toEqual({ width: 842, height: 474, frames: 125 })
  const found = [0, 124].map((frame) => findDisc({ width, height, data: pixels[frame] ?? new Uint8Array() }))
  // A stroke is as exact as a pixel of the small picture that it was drawn on.
  for (const [index, [x, y]] of [
    [DISC.x / 640, DISC.y / 360],
    [0.85, 0.6],
  ].entries())
    expect(
      Math.hypot((found[index]?.x ?? 0) - (x ?? 0) * width, (found[index]?.y ?? 0) - (y ?? 0) * height),
    ).toBeLessThan(6)

  await studio.make.getByRole('button', { name: 'Clear the path' }).click()
  await expect(studio.make.getByText('Begin on what is to move')).toBeVisible()
  await take.getByRole('button').first().click()
  await studio.takes.getByRole('button', { name: 'Same settings' }).click()
  await expect(studio.make.getByText('3 points')).toBeVisible()
  await expect(studio.make.getByRole('slider', { name: /^Arrives after/ })).toHaveValue('100')
  // A reload keeps it.
  await page.reload()
  await expect(studio.make.getByText('3 points')).toBeVisible()
})

test('is made with the keyboard alone, without stirring anything else', async ({ page }) => {
  const studio = await open(page)
  await surfaceOf(page).focus()
  await page.keyboard.press('Shift+ArrowLeft')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Shift+ArrowRight')
  await page.keyboard.press('Shift+ArrowUp')
  await page.keyboard.press('Space')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(studio.make.getByText('3 points')).toBeVisible()
  await page.keyboard.press('Backspace')
  await expect(studio.make.getByText('2 points')).toBeVisible()
  await expect(surfaceOf(page)).toBeFocused()
})

for (const scheme of ['dark', 'light'] as const)
  test(`has no barrier that axe finds, ${scheme}`, async ({ page }) => {
    await open(page)
    await chooseTheme(page, THEMES[scheme])
    await stroke(page, [0.25, 0.5], [0.8, 0.3])
    await surfaceOf(page).focus()
    await page.keyboard.press('ArrowUp')
    await expectNoBarrier(wcag(page).include('form'))
  })

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true })

  test('is drawn with a finger, and does not scroll the form away', async ({ page }) => {
    const studio = studioOf(page)
    await studio.open()
    await page.getByRole('tab', { name: 'Make' }).tap()
    await studio.pick('lucy-motion')
    await studio.drop('Image', picture)
    await surfaceOf(page).scrollIntoViewIfNeeded()
    const before = await boxOf(surfaceOf(page))
    const touch = await page.context().newCDPSession(page)
    const send = async (type: 'touchStart' | 'touchMove' | 'touchEnd', place?: { x: number; y: number }) =>
      touch.send('Input.dispatchTouchEvent', { type, touchPoints: place ? [place] : [] })
    await send('touchStart', await placeOn(page, 0.3, 0.8))
    for (let step = 1; step <= 10; step++) await send('touchMove', await placeOn(page, 0.3, 0.8 - step * 0.06))
    await send('touchEnd')
    await expect(studio.make.getByText('2 points')).toBeVisible()
    expect(await boxOf(surfaceOf(page))).toEqual(before)
    for (const name of ['Take back the last point', 'Clear the path']) {
      const { width, height } = await boxOf(studio.make.getByRole('button', { name }))
      expect(Math.min(width, height)).toBeGreaterThanOrEqual(44)
    }
    await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  })
})
