import type { Locator, Page } from '@playwright/test'
import { cloudTest as test, expect, studioOf } from './cloud-fixtures.ts'
import { boxOf } from './waits.ts'
import { PICTURE } from './fixtures.ts'

// One act is one order, however it is made: an order costs money.

test.beforeEach(({ cloud }) => cloud.become(['completed']))
test.afterEach(({ cloud }) => cloud.become(['pending', 'processing', 'completed']))

/** The form, ready to order an edit of a clip. */
const ready = async (page: Page, clip: string, prompt: string) => {
  const studio = studioOf(page)
  await studio.open()
  await studio.pick('lucy-clip')
  await studio.drop('Video', clip)
  await expect(studio.make.getByText(/640 × 360 · 1\.0 s/)).toBeVisible()
  await studio.prompt(prompt)
  return studio
}

/** Holds a key down: one press, and what the keyboard repeats of it, long after that press was accepted. */
const hold = async (page: Page, key: string, accepted: () => Promise<void>) => {
  await page.keyboard.down(key)
  await accepted()
  for (let repeat = 0; repeat < 10; repeat++) await page.keyboard.down(key)
  await page.keyboard.up(key)
}

/** Clicks twice, as a hand does: the second time after the first was accepted. */
const clickTwice = async (page: Page, button: Locator, accepted: () => Promise<void>) => {
  const box = await boxOf(button)
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2)
  await accepted()
  await page.mouse.down({ clickCount: 2 })
  await page.mouse.up({ clickCount: 2 })
}

test('of a double click, and of keys that are held down', async ({ page, media, cloud }) => {
  const studio = await ready(page, media.clip, 'Only once')
  const generate = studio.make.getByRole('button', { name: /^Generate/ })
  const seed = studio.make.getByRole('textbox', { name: 'Seed' })
  const acts: [string, (accepted: () => Promise<void>) => Promise<void>][] = [
    ['a quick double click', () => generate.dblclick()],
    ['a double click', (accepted) => clickTwice(page, generate, accepted)],
    [
      'Enter in the seed field',
      async (accepted) => {
        await seed.focus()
        await hold(page, 'Enter', accepted)
      },
    ],
    [
      'Ctrl+Enter in the seed field',
      async (accepted) => {
        await seed.focus()
        await page.keyboard.down('Control')
        await hold(page, 'Enter', accepted)
        await page.keyboard.up('Control')
      },
    ],
    [
      'Enter on the button',
      async (accepted) => {
        await generate.focus()
        await hold(page, 'Enter', accepted)
      },
    ],
  ]
  for (const [at, [what, act]] of acts.entries()) {
    const before = cloud.billed()
    await act(() => cloud.until(() => cloud.billed() > before))
    await expect(studio.take('Only once').locator(PICTURE), what).toHaveCount(at + 1)
    expect(cloud.billed() - before, what).toBe(1)
  }
})

test('of a double click or a held key on a take’s own button', async ({ page, media, cloud }) => {
  const studio = await ready(page, media.clip, 'And once again')
  const takes = studio.take('And once again')
  await studio.generate()
  await expect(takes.locator(PICTURE)).toHaveCount(1)
  const again = studio.takes.getByRole('button', { name: 'Again', exact: true })
  let before = cloud.billed()
  const accepted = () => cloud.until(() => cloud.billed() > before)
  await clickTwice(page, again, accepted)
  await expect(takes.locator(PICTURE)).toHaveCount(2)
  expect(cloud.billed() - before).toBe(1)
  before = cloud.billed()
  await takes.last().locator('[data-take]').click()
  await again.focus()
  await hold(page, 'Enter', accepted)
  await expect(takes.locator(PICTURE)).toHaveCount(3)
  expect(cloud.billed() - before).toBe(1)
})

test('until the server has taken it in; the next press is another take', async ({ page, media, cloud }) => {
  const studio = await ready(page, media.clip, 'A slow server')
  let answer = () => {}
  const asked: string[] = []
  await page.route('**/v1/jobs/lucy-clip', async (route) => {
    asked.push((await route.request().headerValue('idempotency-key')) ?? '')
    await new Promise<void>((resolve) => (answer = resolve))
    await route.continue()
  })
  const before = cloud.billed()
  const button = studio.make.getByRole('button', { name: /^(Generate|Sending)/ })
  await button.click()
  await expect(button).toHaveText(/Sending/)
  await expect.poll(() => asked.length).toBe(1)
  await button.click({ force: true })
  await button.press('Enter')
  await page.keyboard.press('ControlOrMeta+Enter')
  await studio.make.getByRole('textbox', { name: 'Seed' }).press('Enter')
  expect(asked).toHaveLength(1)
  answer()
  await expect(button).toHaveText(/Generate/)
  await button.click()
  await expect.poll(() => asked.length).toBe(2)
  answer()
  await expect(studio.take('A slow server').locator(PICTURE)).toHaveCount(2)
  expect(new Set(asked).size).toBe(2)
  expect(cloud.billed() - before).toBe(2)
})
