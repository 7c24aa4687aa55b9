import { cloudTest as test, expect, KEY, studioOf } from './cloud-fixtures.ts'
import { PICTURE } from './fixtures.ts'

// The studio with a key: Decart's cloud, as a small server that speaks its API.

test('renders in the cloud, says so, and names the price before', async ({ page, media, cloud }) => {
  const before = cloud.billed()
  const studio = studioOf(page)
  await studio.open()
  await studio.pick('lucy-clip')
  await studio.drop('Video', media.clip)
  await expect(studio.make.getByText(/640 × 360 · 1\.0 s/)).toBeVisible()
  // One second at 0.15 dollars.
  await expect(studio.make.getByText(/\$0\.15/).last()).toBeVisible()
  await studio.prompt('Make it winter')
  await studio.generate()
  const take = studio.take('Make it winter')
  await expect(take.locator(PICTURE)).toBeVisible()
  await expect(studio.stage.getByText(/Decart/).first()).toBeVisible()
  await expect(studio.stage.getByText(/Local draft/)).toHaveCount(0)
  expect(cloud.billed() - before).toBe(1)
  const order = cloud.requests.findLast(({ method }) => method === 'POST')
  expect(order?.path).toBe('/v1/jobs/lucy-clip')
  expect(await page.content()).not.toContain(KEY)
})

test('says that a cancelled order may still be billed', async ({ page, media, cloud }) => {
  cloud.become(['processing'])
  const before = cloud.billed()
  const studio = studioOf(page)
  await studio.open()
  await studio.pick('lucy-2.5')
  await studio.drop('Video', media.clip)
  await expect(studio.make.getByText(/640 × 360 · 1\.0 s/)).toBeVisible()
  await studio.prompt('A long order')
  await studio.generate()
  await cloud.until(() => cloud.billed() === before + 1)
  await studio
    .take('A long order')
    .getByRole('button', { name: /^Cancel/ })
    .click()
  await expect(page.getByText(/may still be billed/).first()).toBeVisible()
  cloud.become(['completed'])
})

test('says what a refused key is, and never shows it', async ({ page, media, cloud }) => {
  cloud.fail('submit', { kind: 'answer', status: 401, body: { detail: 'Invalid API key' } })
  const before = cloud.billed()
  const studio = studioOf(page)
  await studio.open()
  await studio.pick('lucy-2.5')
  await studio.drop('Video', media.clip)
  await expect(studio.make.getByText(/640 × 360 · 1\.0 s/)).toBeVisible()
  await studio.prompt('With a wrong key')
  await studio.generate()
  await expect(page.getByText(/DECART_API_KEY/).first()).toBeVisible()
  expect(await page.content()).not.toContain(KEY)
  // The take can be made without the cloud.
  await studio.stage.getByRole('button', { name: 'Make it locally' }).click()
  await expect(studio.take('With a wrong key').locator(PICTURE)).toBeVisible()
  expect(cloud.billed()).toBe(before)
})

test('renders the same as a free draft where one asks for it', async ({ page, media, cloud }) => {
  const before = cloud.billed()
  const studio = studioOf(page)
  await studio.open()
  await studio.pick('lucy-clip')
  await studio.drop('Video', media.clip)
  await expect(studio.make.getByText(/640 × 360 · 1\.0 s/)).toBeVisible()
  await studio.make.getByLabel('Made by').selectOption('local')
  await expect(studio.make.getByText(/Free/)).toBeVisible()
  await studio.prompt('Pencil, as a draft')
  await studio.generate()
  await expect(studio.take('Pencil, as a draft').locator(PICTURE)).toBeVisible({
    timeout: 60_000,
  })
  await expect(studio.stage.getByText(/Local draft/).first()).toBeVisible()
  expect(cloud.billed()).toBe(before)
})
