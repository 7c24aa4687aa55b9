import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, expect, type Page } from '@playwright/test'
import { chooseTheme, studioOf, test } from './fixtures.ts'

// What is being written belongs to the tab that it is written in.

const promptOf = (page: Page) => studioOf(page).make.getByRole('textbox', { name: 'Prompt' })
const modelOf = (page: Page) => studioOf(page).make.getByLabel('Model')

test('two tabs never overwrite each other, and a new one begins with what was written last', async ({
  page,
  context,
  media,
}) => {
  const one = studioOf(page)
  await one.open()
  await one.pick('lucy-pro-i2v')
  await one.drop('Image', media.picture)
  await expect(one.make.getByText('640 × 360')).toBeVisible()
  await one.prompt('The first tab')

  const second = await context.newPage()
  const two = studioOf(second)
  await two.open()
  await expect(promptOf(second)).toHaveValue('The first tab')
  await expect(two.make.getByText('640 × 360')).toBeVisible()
  // Nothing was typed there yet, and still it is a piece of work of its own.
  await one.prompt('The first tab goes on')
  await second.reload()
  await expect(promptOf(second)).toHaveValue('The first tab')

  await two.pick('lucy-pro-t2v')
  await two.prompt('The second tab')
  await chooseTheme(page, 'Light')
  await page.reload()
  await second.reload()
  await expect(promptOf(page)).toHaveValue('The first tab goes on')
  await expect(modelOf(page)).toHaveValue('lucy-pro-i2v')
  await expect(promptOf(second)).toHaveValue('The second tab')
  await expect(modelOf(second)).toHaveValue('lucy-pro-t2v')
  await expect(second.locator('html')).toHaveAttribute('data-theme', 'light')

  const third = await context.newPage()
  await studioOf(third).open()
  await expect(promptOf(third)).toHaveValue('The second tab')
})

test('a browser that is restarted has it still', async ({ playwright, launchOptions, studio: { url } }) => {
  const profile = await mkdtemp(join(tmpdir(), 'rushes-profile-'))
  const withBrowser = async (act: (context: BrowserContext, page: Page) => Promise<void>) => {
    const context = await playwright.chromium.launchPersistentContext(profile, launchOptions)
    const [page = await context.newPage()] = context.pages()
    await page.goto(url)
    await act(context, page)
    await context.close()
  }
  await withBrowser((_, page) => studioOf(page).prompt('Before the restart'))
  await withBrowser((_, page) => expect(promptOf(page)).toHaveValue('Before the restart'))
  await rm(profile, { recursive: true, force: true })
})
