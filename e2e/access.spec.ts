import { readFile } from 'node:fs/promises'
import type { Locator, Page } from '@playwright/test'
import sharp from 'sharp'
import { chooseTheme, expect, PICTURE, studioOf, test, THEMES } from './fixtures.ts'
import { boxOf, expectNoBarrier, wcag } from './waits.ts'

// Keyboard, screen readers, contrast, small screens.

const DONE = { timeout: 90_000 }

/** What opens over the page: each alone, and shut again by Escape. */
const expectNoBarrierOpen = async (page: Page, picture: string) => {
  const { make, takes, stage } = studioOf(page)
  const look = async (seen: Locator) => {
    await expect(seen).toBeVisible()
    await expectNoBarrier(wcag(page))
    await page.keyboard.press('Escape')
    await expect(seen).toHaveCount(0)
  }
  await make.getByRole('button', { name: /^by / }).click()
  await look(page.getByRole('region', { name: 'Edit picture' }))
  for (const [key, name] of [
    ['ControlOrMeta+k', /Search|command/i],
    ['?', 'Keys'],
    ['q', 'Queue'],
  ] as const) {
    await page.locator('body').press(key)
    await look(page.getByRole('dialog', { name }))
  }
  await page.getByRole('button', { name: 'Settings', exact: true }).click()
  await look(page.getByRole('dialog', { name: 'Settings' }))

  // A tooltip comes by the keyboard at once, names the key, and Escape takes it away.
  const tip = page.getByRole('tooltip')
  await page.getByRole('button', { name: 'Hide the library' }).focus()
  await page.keyboard.press('Tab')
  await expect(tip).toHaveText('Full screenF')
  await look(tip)
  // By the mouse it comes after a rest, and lies beside its button.
  const button = page.getByRole('button', { name: 'Hide the form' })
  await button.hover()
  await expect(tip).toHaveText('Hide the form[')
  const [under, over] = [await boxOf(tip), await boxOf(button)]
  expect(under.y >= over.y + over.height || under.y + under.height <= over.y).toBe(true)
  await page.mouse.move(0, 0)
  await expect(tip).toHaveCount(0)

  const search = takes.getByRole('searchbox', { name: 'Search takes' })
  await search.fill('nothing has these words')
  await expect(takes.getByRole('gridcell')).toHaveCount(0)
  await expectNoBarrier(wcag(page))
  await search.fill('')
  await takes.getByRole('button', { name: 'Bin', exact: true }).click()
  await expect(takes.getByText(/Takes stay here/)).toBeVisible()
  await expectNoBarrier(wcag(page))
  await takes.getByRole('button', { name: 'All takes' }).click()

  const bytes = (await readFile(picture)).toString('base64')
  const data = await page.evaluateHandle((content) => {
    const transfer = new DataTransfer()
    transfer.items.add(
      new File([Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0))], 'warm.jpg', { type: 'image/jpeg' }),
    )
    return transfer
  }, bytes)
  for (const event of ['dragenter', 'dragover']) await stage.dispatchEvent(event, { dataTransfer: data })
  await expect(page.getByText('Animate it')).toBeVisible()
  await expectNoBarrier(wcag(page))
  await stage.dispatchEvent('dragleave', { dataTransfer: data })
  await expect(page.getByText('Animate it')).toHaveCount(0)
}

for (const scheme of ['dark', 'light'] as const)
  test(`has no barrier that axe finds, ${scheme}`, async ({ page, media }) => {
    await page.emulateMedia({ colorScheme: scheme })
    const studio = studioOf(page)
    await studio.open()
    await chooseTheme(page, THEMES[scheme])
    await studio.pick('lucy-image-2')
    await studio.drop('Image', media.picture)
    await expect(studio.make.getByText('640 × 360')).toBeVisible()
    await expectNoBarrier(wcag(page))
    // Its colours are those of the rest, which are looked at in both themes.
    if (scheme === 'dark') await expectNoBarrierOpen(page, media.picture)
    await studio.prompt('Ink on paper')
    await studio.choose('480p')
    await studio.generate()
    await expect(studio.take('Ink on paper').first().locator(PICTURE)).toBeVisible()
    await studio.take('Ink on paper').first().getByRole('button').first().click()
    await studio.compare('Wipe')
    await expectNoBarrier(wcag(page))
  })

/** Two finished clips, each by its words. */
const CLIPS = ['Waves to look at', 'Dunes to look at']

/** By the server: its clips are as good for each further test. */
const clipsOf = new Map<string, Promise<void>>()

const makeClips = (url: string): Promise<void> => {
  const made = clipsOf.get(url) ?? renderClips(url)
  clipsOf.set(url, made)
  return made
}

const renderClips = async (url: string) => {
  for (const prompt of CLIPS) {
    const body = new FormData()
    body.set('prompt', prompt)
    body.set('resolution', '480p')
    const { job_id } = await (await fetch(`${url}/v1/jobs/lucy-pro-t2v`, { method: 'POST', body })).json()
    await expect
      .poll(async () => (await (await fetch(`${url}/v1/jobs/${job_id}`)).json()).status, DONE)
      .toBe('completed')
  }
}

const waysToLook = [
  ['1440, dark', { viewport: { width: 1440, height: 900 }, hasTouch: false, colorScheme: 'dark' }],
  ['1440, light', { viewport: { width: 1440, height: 900 }, hasTouch: false, colorScheme: 'light' }],
  ['1920', { viewport: { width: 1920, height: 1080 }, hasTouch: false, colorScheme: 'dark' }],
  ['1024', { viewport: { width: 1024, height: 768 }, hasTouch: false, colorScheme: 'dark' }],
  ['a phone', { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, colorScheme: 'dark' }],
] as const

for (const [way, use] of waysToLook)
  test.describe(`a clip on ${way}`, () => {
    test.use(use)

    test('its timeline and a comparison have no barrier that axe finds', async ({ page, studio: { url } }) => {
      await makeClips(url)
      const tap = (locator: Locator) => (use.hasTouch ? locator.tap() : locator.click())
      const studio = studioOf(page)
      await studio.open()
      await chooseTheme(page, THEMES[use.colorScheme])
      const goTo = async (name: string) => {
        if (use.hasTouch) await tap(page.getByRole('tab', { name }))
      }
      await goTo('Takes')
      await tap(
        studio
          .take('Waves to look at')
          .first()
          .getByRole('button', { name: /^Waves/ }),
      )
      await expect(studio.shown).toHaveCount(1)
      await expect(studio.stage.getByRole('slider', { name: 'Range start' })).toBeVisible()
      await expectNoBarrier(wcag(page))

      await goTo('Takes')
      for (const prompt of CLIPS)
        // A finger presses long, a mouse with Ctrl: what counts here is what is then on screen.
        await studio.take(prompt).first().locator('[data-take]').dispatchEvent('click', { ctrlKey: true })
      await expectNoBarrier(wcag(page))
      await tap(studio.takes.getByRole('button', { name: 'Compare', exact: true }))
      await expect(studio.shown).toHaveCount(2)
      await tap(studio.stage.getByRole('button', { name: 'Choose the best' }))
      await tap(studio.stage.getByRole('button', { name: 'Parameters' }))
      await expectNoBarrier(wcag(page))
      await studio.compare('Wipe')
      await expectNoBarrier(wcag(page))
      await tap(studio.stage.getByRole('button', { name: 'Export' }))
      await expect(page.getByRole('dialog', { name: 'Export' })).toBeVisible()
      await expectNoBarrier(wcag(page))
    })
  })

test('generates from the keyboard alone', async ({ page }) => {
  const studio = studioOf(page)
  await studio.open()
  await studio.pick('lucy-pro-t2i')
  await studio.make.getByRole('textbox', { name: 'Prompt' }).focus()
  await page.keyboard.type('Fields in the morning')
  await page.keyboard.press('ControlOrMeta+Enter')
  await expect(studio.take('Fields in the morning')).toBeVisible()
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true })

  test('three tabs, and nothing wider than the screen', async ({ page }) => {
    const studio = studioOf(page)
    await studio.open()
    await page.getByRole('tab', { name: 'Make' }).tap()
    await studio.pick('lucy-pro-t2i')
    await studio.prompt('A meadow on a phone')
    await studio.choose('480p')
    await studio.make.getByRole('button', { name: /^Generate/ }).tap()
    await page.getByRole('tab', { name: /Takes/ }).tap()
    await expect(studio.take('A meadow on a phone').first()).toBeVisible()
    await page.getByRole('tab', { name: 'Stage' }).tap()
    await expect(studio.stage).toBeVisible()
    for (const tab of ['Make', 'Stage', /Takes/]) {
      await page.getByRole('tab', { name: tab }).tap()
      await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
    }
  })
})

/** The mean brightness of an element as it is on screen, 0 to 255; `part` is cut out of it, in CSS pixels. */
const brightness = async (page: Page, locator: Locator, part?: { width: number; height: number }) => {
  const { channels } = await sharp(await page.screenshot({ clip: { ...(await boxOf(locator)), ...part } })).stats()
  return channels.slice(0, 3).reduce((sum, { mean }) => sum + mean, 0) / 3
}

/** How far the brightest and the darkest of an element are apart, 0 to 255. */
const spread = async (locator: Locator) => {
  const { channels } = await sharp(await locator.screenshot()).stats()
  return Math.max(...channels.slice(0, 3).map(({ min, max }) => max - min))
}

for (const colorScheme of ['dark', 'light'] as const)
  test(`in forced colours, ${colorScheme}, one sees what is chosen, on, and where time stands`, async ({
    page,
    studio: { url },
  }) => {
    await makeClips(url)
    await page.emulateMedia({ forcedColors: 'active', colorScheme })
    const studio = studioOf(page)
    await studio.open()
    await studio.pick('lucy-pro-v2v')
    await studio.make.getByRole('button', { name: 'More' }).click()
    await studio.choose('480p')
    const segment = (name: string) =>
      studio.make.locator('label').filter({ has: page.getByText(name, { exact: true }) })
    /** Told apart once the page stands still: what loads beside it moves the bars for a moment. */
    const expectApart = (one: () => Promise<number>, other: () => Promise<number>) =>
      expect.poll(async () => Math.abs((await one()) - (await other()))).toBeGreaterThan(40)
    await expectApart(
      () => brightness(page, segment('480p')),
      () => brightness(page, segment('720p')),
    )
    await expect.poll(() => spread(studio.make.getByRole('switch').first())).toBeGreaterThan(100)
    // The button has a ground of its own, and words on it.
    const generate = studio.make.getByRole('button', { name: /^Generate/ })
    const price = studio.make.getByText(/^Free/)
    await expectApart(
      () => brightness(page, generate, { width: 40, height: 30 }),
      () => brightness(page, price),
    )
    await expect.poll(() => spread(generate)).toBeGreaterThan(100)

    await studio.take('Waves to look at').first().getByRole('button').first().click()
    await expect(studio.shown).toHaveCount(1)
    await page.mouse.move(0, 0)
    // A ring in the colour of what is highlighted stands around the one, and around no other.
    const ring = studio.take('Waves to look at').first().locator('.chosen-ring')
    const highlight = await page.evaluate(() => {
      const sample = document.body.appendChild(document.createElement('i'))
      sample.style.color = 'Highlight'
      const { color } = getComputedStyle(sample)
      sample.remove()
      return color
    })
    await expect(ring).toHaveCSS('border-top-color', highlight)
    await expect(studio.take('Dunes to look at').first().locator('.chosen-ring')).toHaveCount(0)
    const loop = studio.stage.getByRole('button', { name: /^Loop/ })
    const before = await brightness(page, loop)
    await loop.click()
    await page.mouse.move(0, 0)
    await expectApart(
      () => brightness(page, loop),
      async () => before,
    )
    await expect.poll(() => spread(studio.stage.locator('.time-axis'))).toBeGreaterThan(100)

    for (const prompt of CLIPS)
      await studio
        .take(prompt)
        .first()
        .getByRole('button')
        .first()
        .click({ modifiers: ['Control'] })
    await studio.takes.getByRole('button', { name: 'Compare', exact: true }).click()
    await studio.compare('Wipe')
    await expect(studio.stage.locator('.wipe-edge span')).toBeVisible()
    const mode = (name: string) =>
      studio.stage
        .locator('label')
        .filter({ has: page.getByText(name, { exact: true }) })
        .first()
    await expectApart(
      () => brightness(page, mode('Wipe')),
      () => brightness(page, mode('Blink')),
    )
  })
