import { expect, PICTURE, studioOf, test } from './fixtures.ts'
import { listenTo } from './waits.ts'

// What happens to takes: several at once, cancelled, reloaded, killed, retried, made again.

const DONE = { timeout: 90_000 }

test('several takes at once, one of them cancelled', async ({ page, studio: { url } }) => {
  const studio = studioOf(page)
  await studio.open()
  await studio.pick('lucy-pro-t2v')
  await studio.choose('480p')
  for (const prompt of ['A forest in fog', 'A desert at noon', 'Waves by the sea']) {
    await studio.prompt(prompt)
    await studio.generate()
    await expect(studio.take(prompt)).toBeVisible()
  }
  await studio
    .take('A desert at noon')
    .getByRole('button', { name: /^Cancel/ })
    .click()
  await expect(studio.take('A desert at noon')).toContainText(/Cancelled/)
  await expect(studio.take('A forest in fog').locator(PICTURE)).toBeVisible(DONE)
  await expect(studio.take('Waves by the sea').locator(PICTURE)).toBeVisible(DONE)
  const { jobs } = await (await fetch(`${url}/v1/jobs?limit=3`)).json()
  expect(jobs.map((job: { status: string }) => job.status)).toEqual(['completed', 'failed', 'completed'])
})

test('places in the queue move up as takes are done and cancelled', async ({ page, studio: { url } }) => {
  const studio = studioOf(page)
  await studio.open()
  await expect(studio.takes).toBeVisible()
  const heard = await listenTo(studio.takes, 'Fifth of five')
  for (const prompt of ['First of five', 'Second of five', 'Third of five', 'Fourth of five', 'Fifth of five']) {
    const body = new FormData()
    body.set('prompt', prompt)
    body.set('resolution', '480p')
    expect((await fetch(`${url}/v1/jobs/lucy-pro-t2v`, { method: 'POST', body })).ok).toBe(true)
  }
  const fifth = studio.take('Fifth of five')
  await expect(fifth).toContainText(/Queued, number \d/)
  await studio
    .take('Fourth of five')
    .getByRole('button', { name: /^Cancel/ })
    .click()
  await expect(fifth.locator(PICTURE)).toBeVisible(DONE)
  // Neither stands for long on a quick machine.
  expect(await heard()).toMatch(/Queued, number 2[^]*Queued, next/)
})

test('a reload in the middle loses nothing, and the take can still be cancelled', async ({ page }) => {
  const studio = studioOf(page)
  await studio.open()
  await studio.pick('lucy-pro-t2v')
  await studio.choose('720p')
  await studio.prompt('Mountains before the reload')
  await studio.generate()
  await expect(studio.take('Mountains before the reload')).toContainText(/%/)
  await page.reload()
  await expect(studio.make.getByRole('textbox', { name: 'Prompt' })).toHaveValue('Mountains before the reload')
  const take = studio.take('Mountains before the reload')
  await expect(take).toContainText(/%/)
  await take.getByRole('button', { name: /^Cancel/ }).click()
  await expect(take).toContainText(/Cancelled/)
})

test('a server that is killed and comes back finishes what ran, without a reload', async ({ page, studio: server }) => {
  const studio = studioOf(page)
  await studio.open()
  await studio.pick('lucy-pro-t2v')
  await studio.choose('480p')
  await studio.prompt('A lake that outlives the server')
  await expect(studio.takes).toBeVisible()
  const heard = await listenTo(studio.takes, 'A lake that outlives the server')
  await studio.generate()
  const take = studio.take('A lake that outlives the server')
  await expect.poll(heard).toMatch(/%/)
  await server.kill()
  await server.start()
  await expect(take.locator(PICTURE)).toBeVisible(DONE)
})

test('the same settings again fill the form, and a failed or cancelled take is retried', async ({ page, media }) => {
  const studio = studioOf(page)
  await studio.open()
  await studio.pick('lucy-pro-i2i')
  await studio.drop('Image', media.picture)
  await studio.prompt('Pencil drawing')
  await studio.make.getByRole('textbox', { name: 'Seed' }).fill('4242')
  await studio.choose('480p')
  await studio.generate()
  const take = studio.take('Pencil drawing').first()
  await expect(take.locator(PICTURE)).toBeVisible(DONE)

  await studio.pick('lucy-pro-t2v')
  await take
    .getByRole('button', { name: /Pencil drawing/ })
    .first()
    .click()
  await studio.takes.getByRole('button', { name: 'Same settings' }).click()
  await expect(studio.make.getByLabel('Model')).toHaveValue('lucy-pro-i2i')
  await expect(studio.make.getByRole('textbox', { name: 'Prompt' })).toHaveValue('Pencil drawing')
  await expect(studio.make.getByRole('textbox', { name: 'Seed' })).toHaveValue('4242')
  await expect(studio.make.getByText('640 × 360')).toBeVisible()

  await studio.pick('lucy-pro-t2v')
  await studio.choose('480p')
  await studio.prompt('To be tried twice')
  await studio.generate()
  await studio
    .take('To be tried twice')
    .getByRole('button', { name: /^Cancel/ })
    .click()
  await expect(studio.take('To be tried twice')).toContainText(/Cancelled/)
  await studio.take('To be tried twice').locator('[data-take]').click()
  await studio.takes.getByRole('button', { name: 'Retry', exact: true }).click()
  await expect(studio.take('To be tried twice')).toHaveCount(2)
  await expect(studio.take('To be tried twice').first().locator(PICTURE)).toBeVisible(DONE)
})

test('a result becomes the next input', async ({ page }) => {
  const studio = studioOf(page)
  await studio.open()
  await studio.pick('lucy-pro-t2i')
  await studio.choose('480p')
  await studio.choose('Landscape')
  await studio.prompt('A picture to go on with')
  await studio.generate()
  const take = studio.take('A picture to go on with').first()
  await expect(take.locator(PICTURE)).toBeVisible(DONE)
  await take
    .getByRole('button', { name: /A picture to go on with/ })
    .first()
    .click()
  await studio.takes.getByRole('button', { name: 'Use as input' }).click()
  await expect(studio.make.getByText('832 × 480')).toBeVisible()
})
