import { expect, studioOf, test } from './fixtures.ts'

// What does not fit is refused where it was given, with the reason, and nothing is lost.

test('a file that is none, of the wrong kind, or cut short', async ({ page, media }) => {
  const studio = studioOf(page)
  await studio.open()
  await studio.pick('lucy-pro-i2v')
  await studio.prompt('kept')
  await studio.drop('Image', media.text)
  await expect(studio.make.getByText(/not an image or a video/)).toBeVisible()
  await studio.drop('Image', media.clip)
  await expect(studio.make.getByText(/is a video\. This takes an image/)).toBeVisible()
  await studio.drop('Image', media.picture)
  await expect(studio.make.getByText('640 × 360')).toBeVisible()

  await studio.pick('lucy-pro-v2v')
  await expect(studio.make.getByRole('textbox', { name: 'Prompt' })).toHaveValue('kept')
  await studio.drop('Video', media.truncated)
  await expect(studio.make.getByText(/cut short/)).toBeVisible()
})

test('missing and bad fields, each at its place', async ({ page, media }) => {
  const studio = studioOf(page)
  await studio.open()
  await studio.pick('lucy-dev-i2v')
  await studio.prompt('')
  await studio.generate()
  const prompt = studio.make.getByRole('textbox', { name: 'Prompt' })
  await expect(prompt).toHaveAttribute('aria-invalid', 'true')
  await expect(studio.make.getByText(/required/i).first()).toBeVisible()
  await studio.drop('Image', media.picture)
  await studio.make.getByRole('textbox', { name: 'Seed' }).fill('99999999999')
  await studio.prompt('fine')
  await studio.generate()
  await expect(studio.make.getByText(/4294967295/).first()).toBeVisible()
  await expect(studio.make.getByRole('textbox', { name: 'Seed' })).toHaveAttribute('aria-invalid', 'true')
})

test("the server's own complaint lands on its field", async ({ page, studio: server, media }) => {
  const studio = studioOf(page)
  await studio.open()
  await studio.pick('lucy-pro-i2v')
  const uploaded = page.waitForResponse((response) => new URL(response.url()).pathname === '/v1/files')
  await studio.drop('Image', media.other)
  await expect(studio.make.getByText('640 × 360')).toBeVisible()
  await studio.prompt('The file is gone')
  // The page's file is forgotten behind its back, as a lifetime that ran out would do.
  const { id } = await (await uploaded).json()
  expect((await fetch(`${server.url}/v1/files/${id}`, { method: 'DELETE' })).ok).toBe(true)
  await studio.generate()
  await expect(studio.make.getByText(/may have expired/)).toBeVisible()
  await expect(studio.make.getByRole('textbox', { name: 'Prompt' })).toHaveValue('The file is gone')
})
