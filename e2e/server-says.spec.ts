import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startDecartServer } from '../src/server/testing/decart-server.ts'
import { end, expect, lastingPort, launch, studioOf, test } from './fixtures.ts'

// What the server knows of itself, the studio says: a refused key, a damaged index.

const folder = () => mkdtemp(join(tmpdir(), 'rushes-says-'))

test('a refused key is said before an order is tried, and no longer once it is taken', async ({ page, media }) => {
  const dataDir = await folder()
  const cloud = await startDecartServer({ apiKey: 'right', result: () => Buffer.from('') })
  const cloudEnv = { DECART_BASE_URL: cloud.url, PORT: await lastingPort() }
  const first = await launch(dataDir, { ...cloudEnv, DECART_API_KEY: 'wrong' })
  const { url } = first
  await page.goto(url)
  const studio = studioOf(page)
  await expect(page.getByRole('button', { name: 'Renderers: Decart: key refused' })).toBeVisible()
  await expect(studio.stage.getByText(/Decart refuses the API key/)).toBeVisible()
  await studio.pick('lucy-clip')
  await expect(studio.make.getByText(/^Decart refuses the API key\./)).toBeVisible()
  await expect(studio.make.getByText(/\$/)).toHaveCount(0)
  await expect(studio.make.getByRole('button', { name: 'Make it locally' })).toBeVisible()
  const maker = studio.make.getByLabel('Made by')
  await maker.selectOption('local')
  await expect(studio.make.getByText('Free · local draft')).toBeVisible()
  await expect(page.getByText(/Decart refuses the API key/)).toHaveCount(1)

  // The key was set right and Rushes started again: the page learns it by itself.
  await maker.selectOption('decart')
  await end(first.child, 'SIGTERM')
  const { child } = await launch(dataDir, { ...cloudEnv, DECART_API_KEY: 'right' })
  await expect(page.getByRole('button', { name: 'Renderers: Decart', exact: true })).toBeVisible()
  await studio.drop('Video', media.clip)
  await expect(studio.make.getByText(/^lucy-clip at Decart · about \$0\.15$/).last()).toBeVisible()
  await expect(page.getByText(/Decart refuses the API key/)).toHaveCount(0)

  await end(child, 'SIGTERM')
  await cloud.close()
  await rm(dataDir, { recursive: true, force: true })
})

test('an index that was made again is said in one line, which can be put away for good', async ({ page }) => {
  const dataDir = await folder()
  await writeFile(join(dataDir, 'rushes.db'), 'this is no database')
  const { child, url } = await launch(dataDir)
  await page.goto(url)
  const notices = page.getByRole('status', { name: 'Notices' })
  await expect(notices).toContainText(/The index was damaged and put aside/)
  await page.reload()
  await expect(notices).toContainText(/The index was damaged/)
  await notices.getByRole('button', { name: 'Dismiss' }).click()
  await expect(notices).toBeEmpty()
  await page.reload()
  await expect(page.getByText(/Free · local draft/)).toBeVisible()
  await expect(page.getByText(/The index was damaged/)).toHaveCount(0)
  await end(child, 'SIGTERM')
  await rm(dataDir, { recursive: true, force: true })
})
