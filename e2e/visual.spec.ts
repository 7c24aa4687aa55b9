import type { Page } from '@playwright/test'
import { fileURLToPath } from 'node:url'
import { createDecartClient, models } from '../src/client/index.ts'
import { emptyLibrary, expect, studioOf, test } from './fixtures.ts'

// How the studio looks in its main states, at five sizes, the light theme at two. A change that
// is meant is kept by `npx playwright test --project=journeys -u all visual`, and looked at before it is committed.

const SIZES = [
  [1440, 900, ['dark', 'light']],
  [1920, 1080, ['dark']],
  [1024, 768, ['dark']],
  [390, 844, ['dark', 'light']],
  [844, 390, ['dark']],
] as const

/** Where the columns are tabs. */
const NARROW = 900

const STYLE = fileURLToPath(new URL('visual.css', import.meta.url))

test.use({
  // The style that hides what plays is none of the page's own.
  bypassCSP: true,
  colorScheme: 'dark',
})

const LIGHTHOUSE = 'A lighthouse on a cliff, dusk'
const LAKE = 'A lake among mountains'

/** Four pictures of one batch, a clip, and an edit of it. */
const makeTakes = async (url: string): Promise<void> => {
  await emptyLibrary(url)
  const { queue } = createDecartClient({ baseUrl: url })
  for (const position of [1, 2, 3, 4])
    await queue.submitAndPoll({
      model: models.image('lucy-pro-t2i'),
      prompt: LIGHTHOUSE,
      resolution: '480p',
      seed: 10 + position,
      batch: { id: 'f'.repeat(32), position, size: 4, label: undefined },
    })
  const clip = await queue.submitAndPoll({
    model: models.video('lucy-pro-t2v'),
    prompt: LAKE,
    resolution: '480p',
    seed: 15,
  })
  if (clip.status !== 'completed') throw new Error('no clip')
  await queue.submitAndPoll({
    model: models.video('lucy-clip'),
    prompt: 'Gouache',
    data: clip.data,
    seed: 16,
  })
}

/** When and how fast things were made, and how large they became, differ from run to run. */
const steady = (words: string): string =>
  words
    .replaceAll(/"(created_at|started_at)":"[^"]+"/g, '"$1":"2026-03-02T09:00:00.000Z"')
    .replaceAll(/"finished_at":"[^"]+"/g, '"finished_at":"2026-03-02T09:00:02.000Z"')
    .replaceAll(/"bytes":\d+/g, '"bytes":1234567')

const open = async (page: Page) => {
  await page.clock.setFixedTime(new Date('2026-03-02T09:30:00Z'))
  await page.route(/\/v1\/jobs(\?|\/job_[^/]+$)/, async (route) => {
    if (route.request().method() !== 'GET') return route.fallback()
    const response = await route.fetch()
    await route.fulfill({ response, body: steady(await response.text()) })
  })
  await studioOf(page).open()
}

/** Somebody is always there: what lies over a picture stays. */
const stayAwake = (page: Page) =>
  page.evaluate(() => void setInterval(() => document.dispatchEvent(new Event('pointermove')), 500))

/** The state at all sizes, in the light theme at two of them. `tab` is what a phone shows of it. */
const lookAt = async (page: Page, name: string, tab: 'Make' | 'Stage' | 'Takes' | null) => {
  const wear = (theme: 'dark' | 'light') =>
    page.evaluate((worn) => void (document.documentElement.dataset['theme'] = worn), theme)
  for (const [width, height, themes] of SIZES) {
    await page.setViewportSize({ width, height })
    if (tab !== null && width < NARROW) await page.getByRole('tab', { name: tab }).click()
    await page.mouse.move(0, 0)
    for (const theme of themes) {
      await wear(theme)
      await expect(page).toHaveScreenshot(`${name}-${width}-${theme}.png`, {
        stylePath: STYLE,
        animations: 'disabled',
        scale: 'css',
        threshold: 0.2,
        maxDiffPixelRatio: 0.01,
      })
    }
    await wear('dark')
  }
  await page.setViewportSize({ width: 1440, height: 900 })
}

test('looks as it did', async ({ page, studio: { url } }) => {
  const studio = studioOf(page)
  const { make, stage, takes } = studio
  const see = (name: string, tab: 'Make' | 'Stage' | 'Takes' | null) => lookAt(page, name, tab)
  await emptyLibrary(url)
  await open(page)
  await stayAwake(page)
  await expect(stage.locator('video, img').first()).toBeVisible()
  await see('empty', 'Stage')

  await makeTakes(url)
  await page.reload()
  await stayAwake(page)
  await expect(takes.getByRole('gridcell')).toHaveCount(3)
  await studio.take(LAKE).first().getByRole('button').first().click()
  await expect(studio.shown).toHaveCount(1)
  await see('clip', 'Stage')

  await studio.take('Gouache').first().getByRole('button').first().click()
  await expect(studio.shown).toHaveCount(2)
  await expect(stage.getByText(/^measuring/)).toHaveCount(0)
  await see('wipe', 'Stage')

  await studio.take(LIGHTHOUSE).first().getByRole('button').first().click()
  await expect(studio.shown).toHaveCount(1)
  await page.getByRole('button', { name: 'Choose among 4' }).first().click()
  await expect(studio.shown).toHaveCount(4)
  await page.keyboard.press('2')
  await see('choosing', 'Stage')
  await stage.getByRole('button', { name: 'Close the comparison' }).click()

  await make.locator('label').filter({ hasText: 'Edit clip' }).click()
  await studio.generate()
  await expect(make.getByText('Video is required.')).toBeVisible()
  await see('errors', 'Make')

  await takes.getByRole('button', { name: 'Wall' }).click()
  await expect(page.getByRole('gridcell').first()).toBeVisible()
  await see('wall', 'Stage')

  await page.locator('body').press('?')
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible()
  await see('keys', null)
})
