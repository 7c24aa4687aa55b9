import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { end, expect, launch, PICTURE, studioOf, test, untilReady } from './fixtures.ts'
import { expectNoBarrier, wcag } from './waits.ts'

// A studio with accounts: coming in by a link, the account, people, and being sent away and back.

type Accounts = { url: string; firstLink: string }

const it = test.extend<object, { accounts: Accounts }>({
  accounts: [
    async ({}, use) => {
      const dataDir = await mkdtemp(join(tmpdir(), 'rushes-people-'))
      const { child, url, said } = await launch(dataDir, { AUTH: 'token' })
      const [firstLink = ''] = await said(/http:\S+\/sign-in#\S+/)
      await use({ url, firstLink })
      await end(child, 'SIGTERM')
      await rm(dataDir, { recursive: true, force: true })
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  baseURL: async ({ accounts }, use) => use(accounts.url),
})

const dialogOf = async (page: Page, name: 'Account' | 'People') => {
  await page.getByRole('button', { name: 'Settings', exact: true }).click()
  await page
    .getByRole('dialog', { name: 'Settings' })
    .getByRole('button', { name: `${name}…` })
    .click()
  return page.getByRole('dialog', { name })
}

it('the first comes in by the link of the terminal, and invites another, who comes and is sent away and back', async ({
  page,
  accounts,
  browser,
}) => {
  // Without a link one is told whom to ask, and what stood behind the # is kept.
  await page.goto('/wall?q=fox')
  await expect(page).toHaveURL(/\/sign-in\?to=%2Fwall%3Fq%3Dfox$/)
  await expect(page.getByText(/for people who were invited/)).toBeVisible()
  await page.goto(`/sign-in#${'x'.repeat(43)}`)
  await expect(page.getByRole('alert')).toContainText('This link is not known here')

  // Opened where this page stands already.
  await page.goto(accounts.firstLink.replace(/^http:\/\/[^/]+/, ''))
  await expect(page.getByText('You are invited as an admin.')).toBeVisible()
  const name = page.getByRole('textbox', { name: 'Your name' })
  await page.getByRole('button', { name: 'Enter the studio' }).click()
  await expect(page.getByRole('alert')).toBeVisible()
  for (const [width, height] of [
    [390, 844],
    [1440, 900],
  ] as const)
    for (const theme of ['dark', 'light']) {
      await page.setViewportSize({ width, height })
      await page.evaluate((value) => (document.documentElement.dataset['theme'] = value), theme)
      await expectNoBarrier(wcag(page))
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
    }
  await name.fill('Ada')
  await name.press('Enter')
  await untilReady(page)
  // The link is not left in the address, nor in the way back.
  expect(page.url()).toBe(`${accounts.url}/`)

  const studio = studioOf(page)
  await studio.pick('lucy-pro-t2i')
  await studio.choose('480p')
  await studio.prompt('A pond of Ada')
  await studio.generate()
  await expect(studio.take('A pond of Ada').locator(PICTURE)).toBeVisible()
  await expect(studio.stage.getByText('by Ada')).toHaveCount(0)

  const people = await dialogOf(page, 'People')
  await people.getByRole('textbox', { name: 'Invite' }).fill('Grace')
  await people.getByRole('button', { name: 'Make a link', exact: true }).click()
  const link = await people.getByRole('group', { name: 'The link for Grace' }).getByText(/^http/).textContent()
  await expect(people.getByRole('listitem', { name: 'Grace' })).toContainText('has not come yet')
  await expectNoBarrier(wcag(page))

  const hers = await browser.newContext({ baseURL: accounts.url, viewport: { width: 390, height: 844 } })
  const phone = await hers.newPage()
  await phone.goto(link ?? '')
  await expect(phone.getByRole('textbox', { name: 'Your name' })).toHaveValue('Grace')
  await phone.getByRole('button', { name: 'Enter the studio' }).click()
  await untilReady(phone)
  // She sees whose take it is, now that there are two.
  await phone.getByRole('tab', { name: /Takes/ }).click()
  await studioOf(phone).take('A pond of Ada').getByRole('button').first().click()
  await expect(phone.getByText('by Ada', { exact: true })).toBeAttached()

  await phone.getByRole('tab', { name: /Make/ }).click()
  await studioOf(phone).prompt('What she was just writing')
  await page.keyboard.press('Escape')
  const again = await dialogOf(page, 'People')
  await again.getByRole('button', { name: 'Keep Grace out' }).click()
  await expect(phone).toHaveURL(/\/sign-in\?to=/)
  await expect(phone.getByText(/for people who were invited/)).toBeVisible()

  await again.getByRole('button', { name: 'Let Grace in again' }).click()
  await again.getByRole('button', { name: 'Make a link for Grace' }).click()
  const second = await again.getByRole('group', { name: 'The link for Grace' }).getByText(/^http/).textContent()
  await phone.goto(second ?? '')
  await phone.reload()
  await expect(phone.getByText('Welcome back, Grace.')).toBeVisible()
  await phone.getByRole('button', { name: 'Enter the studio' }).click()
  await untilReady(phone)
  await phone.getByRole('tab', { name: /Make/ }).click()
  await expect(studioOf(phone).make.getByRole('textbox', { name: 'Prompt' })).toHaveValue('What she was just writing')
  await hers.close()

  await again.locator('label').filter({ hasText: 'Who did what' }).click()
  await expect(again.getByRole('list', { name: 'Who did what' })).toContainText('Ada changed Grace: let them in again')
  await expectNoBarrier(wcag(page))
  await page.keyboard.press('Escape')

  // A token is shown once, works, and is revoked.
  const account = await dialogOf(page, 'Account')
  await account.getByRole('textbox', { name: 'What it is for' }).fill('Nightly')
  await account.getByRole('button', { name: 'Make', exact: true }).click()
  const token = (await account.getByText(/^rushes_/).textContent()) ?? ''
  const status = async () =>
    (await fetch(`${accounts.url}/v1/jobs`, { headers: { authorization: `Bearer ${token}` } })).status
  expect(await status()).toBe(200)
  await expectNoBarrier(wcag(page))
  await account.getByRole('button', { name: 'Revoke Nightly' }).click()
  await expect(account.getByRole('list', { name: 'Your API tokens' })).toHaveCount(0)
  expect(await status()).toBe(401)

  // Signing out in one tab ends the other too, which comes back to where it was.
  const other = await page.context().newPage()
  await other.goto('/wall')
  await untilReady(other)
  await account.getByRole('button', { name: 'Sign out' }).click()
  await expect(page).toHaveURL(/\/sign-in/)
  await expect(other).toHaveURL(/\/sign-in\?to=%2Fwall$/)
})
