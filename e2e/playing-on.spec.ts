import { expect, PICTURE, studioOf, test } from './fixtures.ts'

// What one looks at goes on, whatever else happens.

// With all that moves, as most people have it.
test.use({ contextOptions: { reducedMotion: 'no-preference' } })

test('a clip plays on while takes are added, finish and are starred elsewhere', async ({ page, studio: { url } }) => {
  const studio = studioOf(page)
  const add = async (prompt: string) => {
    const body = new FormData()
    body.set('prompt', prompt)
    body.set('resolution', '480p')
    expect((await fetch(`${url}/v1/jobs/lucy-pro-t2i`, { method: 'POST', body })).ok).toBe(true)
    await expect(studio.take(prompt).locator(PICTURE)).toBeVisible()
  }
  await studio.open()
  for (const prompt of ['Older', 'Old']) await add(prompt)
  await studio.pick('lucy-pro-t2v')
  await studio.choose('480p')
  await studio.prompt('Waves that go on')
  await studio.generate()
  await expect(studio.shown).toHaveCount(1, { timeout: 90_000 })
  const canvas = await studio.stage.locator('canvas').first().elementHandle()
  const row = await studio.take('Waves that go on').elementHandle()
  await studio.take('Waves that go on').getByRole('button').first().click()
  const frame = async () => Number(await studio.shown.getAttribute('data-frame'))

  for (const number of [1, 2, 3]) {
    await add(`Another ${number}`)
    expect(await canvas?.evaluate((element) => element.isConnected)).toBe(true)
  }
  const { jobs } = await (await fetch(`${url}/v1/jobs?limit=10`)).json()
  const { job_id } = jobs.find(({ inputs }: { inputs: { prompt: string } }) => inputs.prompt === 'Waves that go on')
  expect((await fetch(`${url}/v1/jobs/${job_id}/star`, { method: 'PUT' })).ok).toBe(true)
  await studio.take('Waves that go on').hover()
  await expect(studio.take('Waves that go on').getByRole('button', { name: /^Star/, pressed: true })).toBeVisible()

  expect(await canvas?.evaluate((element) => element.isConnected)).toBe(true)
  expect(await row?.evaluate((element) => element.isConnected)).toBe(true)
  const seen = await frame()
  await expect.poll(frame).not.toBe(seen)
})
