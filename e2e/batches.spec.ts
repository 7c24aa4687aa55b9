import { expect, studioOf, test, untilReady } from './fixtures.ts'

// Several takes at once on the stage, what the stage does by itself and what it does not, the columns, the address.

// With all that moves, as most people have it.
test.use({ contextOptions: { reducedMotion: 'no-preference' } })

const MADE = { timeout: 90_000 }

test('four takes fill a strip, the first plays, and what one looks at stays', async ({ page, studio: { url } }) => {
  const studio = studioOf(page)
  const cells = studio.stage.getByRole('list', { name: 'Batch of 4' }).getByRole('button')
  const shown = studio.stage.locator('[data-cell][aria-current]')
  await studio.open()
  await studio.pick('lucy-pro-t2v')
  await studio.choose('480p')
  await studio.prompt('A {calm|wild} lake')
  await studio.make.getByRole('radiogroup', { name: 'Takes' }).getByText('2', { exact: true }).click()
  await expect(studio.make.getByText('2 × 2 = 4 takes')).toBeVisible()
  await studio.make.getByRole('button', { name: 'Generate 4' }).click()

  await expect(cells).toHaveCount(4)
  await expect(shown).toHaveAttribute('data-state', 'done', MADE)
  await expect(studio.shown).toHaveCount(1)
  await expect(shown).toHaveAccessibleName(/^1 of 4, calm, seed \d+, ready$/)
  await expect(page).toHaveURL(/\/take\/job_\w+$/)
  const first = page.url()
  const canvas = await studio.stage.locator('canvas').first().elementHandle()
  const box = await studio.stage.locator('.viewer-canvas').boundingBox()

  // Nothing that is finished after it takes its place, or opens it anew.
  for (const nth of [1, 2, 3]) await expect(cells.nth(nth)).toHaveAttribute('data-state', 'done', MADE)
  expect(await canvas?.evaluate((element) => element.isConnected)).toBe(true)
  await expect(shown).toHaveAccessibleName(/^1 of 4/)
  const { jobs } = await (await fetch(`${url}/v1/jobs?limit=4`)).json()
  const places = jobs.map((job: Record<string, unknown>) => [
    job['batch_position'],
    job['batch_size'],
    job['batch_label'],
  ])
  expect(places).toEqual([
    [4, 4, 'wild'],
    [3, 4, 'wild'],
    [2, 4, 'calm'],
    [1, 4, 'calm'],
  ])

  // A click is a step of the history; walking by the arrows is not. The picture stands where it stood.
  await cells.nth(2).click()
  await expect(shown).toHaveAccessibleName(/^3 of 4, wild/)
  await expect(studio.shown).toHaveCount(1)
  expect(await studio.stage.locator('.viewer-canvas').boundingBox()).toEqual(box)
  await cells.nth(2).press('ArrowRight')
  await expect(shown).toHaveAccessibleName(/^4 of 4/)
  await expect(cells.nth(3)).toBeFocused()
  await expect(page).not.toHaveURL(first)
  const fourth = page.url()
  await page.reload()
  await expect(shown).toHaveAccessibleName(/^4 of 4/)
  expect(page.url()).toBe(fourth)
  await page.goBack()
  await expect(page).toHaveURL(first)
  await expect(shown).toHaveAccessibleName(/^1 of 4/)
  await page.goForward()
  await expect(shown).toHaveAccessibleName(/^4 of 4/)

  // While things are compared, a new take only says that it is there.
  await page.keyboard.press('g')
  for (const nth of [1, 2])
    await studio.takes.locator(`[data-take][aria-label*="${nth} of 4"]`).click({ modifiers: ['ControlOrMeta'] })
  await studio.takes.getByRole('button', { name: 'Compare', exact: true }).click()
  await expect(page).toHaveURL(/\/compare#compare=take:job_\w+,take:job_\w+$/)
  await expect(studio.make).toBeHidden()
  await page.keyboard.press('[')
  await expect(studio.make).toBeVisible()
  await studio.make.getByRole('radiogroup', { name: 'Takes' }).getByText('1', { exact: true }).click()
  await studio.prompt('A lake at night')
  await studio.generate()
  await expect(studio.stage.getByText('New take ready')).toBeVisible(MADE)
  await expect(studio.shown).toHaveCount(2)
  await studio.stage.getByRole('button', { name: 'Show', exact: true }).click()
  await expect(studio.shown).toHaveCount(1)
  await expect(studio.stage.getByRole('list', { name: /^Batch/ })).toHaveCount(0)
  expect(await studio.stage.locator('.viewer-canvas').boundingBox()).toEqual(box)
  await page.goBack()
  await expect(studio.shown).toHaveCount(2)
  await studio.stage.getByRole('button', { name: 'Close the comparison' }).click()

  // The columns fold, and the stage has their room.
  await studio.stage.locator('.viewer-canvas').focus()
  await page.keyboard.press('\\')
  await expect(studio.make).toBeHidden()
  await expect(studio.takes).toBeHidden()
  await expect.poll(async () => (await studio.stage.boundingBox())?.width).toBe(1440)
  await page.reload()
  await untilReady(page)
  await expect(studio.takes).toBeHidden()
  await page.keyboard.press(']')
  const edge = page.getByRole('separator', { name: 'Width of the library' })
  await edge.press('End')
  await expect.poll(async () => (await studio.takes.boundingBox())?.width).toBeGreaterThan(540)
  const code = page.getByRole('button', { name: 'Copy as code' })
  await expect(code).toBeVisible()
  await page.keyboard.press('t')
  await expect(page.getByRole('banner')).toBeHidden()
  await expect(code).toHaveCount(0)
  await page.keyboard.press('Escape')
  await expect(page.getByRole('banner')).toBeVisible()
})

test('numbers pressed before the choice is there are all kept', async ({ page }) => {
  const studio = studioOf(page)
  await studio.open()
  await studio.pick('lucy-pro-t2i')
  await studio.choose('480p')
  await studio.prompt('A {red|green|blue} kite')
  await studio.make.getByRole('radiogroup', { name: 'Takes' }).getByText('1', { exact: true }).click()
  await studio.make.getByRole('button', { name: 'Generate 3' }).click()
  const strip = studio.stage.getByRole('list', { name: 'Batch of 3' })
  const cells = strip.getByRole('button')
  await expect(cells).toHaveCount(3)
  for (const nth of [0, 1, 2]) await expect(cells.nth(nth)).toHaveAttribute('data-state', 'done', MADE)
  await expect(studio.shown).toHaveCount(1)
  // The second number comes in the moment in which the strip is gone and the choice has not been painted yet.
  await strip.evaluate((list) => {
    new MutationObserver((_, observer) => {
      if (list.isConnected) return
      observer.disconnect()
      document.body.dispatchEvent(
        new KeyboardEvent('keydown', { key: '3', code: 'Digit3', bubbles: true, cancelable: true }),
      )
    }).observe(document.body, { childList: true, subtree: true })
  })
  await page.keyboard.press('1')
  const bar = studio.stage.getByRole('region', { name: 'Choose' })
  await expect(bar.getByRole('status').first()).toHaveText('1 left')
  await expect(studio.stage.getByRole('listitem', { name: /kept$/ })).toHaveCount(2)
})
