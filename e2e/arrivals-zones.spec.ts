import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { dragOf, enter, drop } from './drags.ts'
import { expect, PICTURE, studioOf, test } from './fixtures.ts'

// What is dragged over the window: zones on the stage, and what becomes of what is let go there.

test('zones say what will happen, take what fits, and let it be undone', async ({ page, media }) => {
  const studio = studioOf(page)
  await studio.open()
  await studio.pick('lucy-pro-t2v')
  await studio.choose('Portrait')
  const zones = page.getByRole('region', { name: 'Drop zones' })
  const zone = (name: string) => zones.getByRole('group', { name, exact: true })
  const done = page.getByRole('status', { name: 'What was done' })

  // A drag that leaves the window, or is broken off, leaves nothing behind.
  const picture = await dragOf(page, [media.picture], 'image/jpeg')
  await enter(page, picture)
  await expect(zone('Animate it')).toHaveAttribute('data-lit', 'true')
  await expect(zone('Reference')).toContainText('Lucy Pro: text to video takes no reference.')
  await page.locator('body').dispatchEvent('dragleave', { dataTransfer: picture })
  await expect(zones).toHaveCount(0)
  await enter(page, picture)
  await expect(zones).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(zones).toHaveCount(0)

  await enter(page, picture)
  await drop(zone('Edit it'), picture)
  await expect(zones).toHaveCount(0)
  await expect(studio.make.getByLabel('Model')).toHaveValue('lucy-image-2')
  await expect(studio.make.getByText('640 × 360')).toBeVisible()
  await expect(done).toContainText('warm.jpg goes to Lucy Image 2, as its image. Orientation does not apply there.')
  await page.locator('body').click({ position: { x: 2, y: 2 } })
  await page.keyboard.press('ControlOrMeta+Z')
  await expect(studio.make.getByLabel('Model')).toHaveValue('lucy-pro-t2v')

  // A clip on a zone that is for pictures is not thrown away: it goes where it fits.
  const clip = await dragOf(page, [media.clip], 'video/mp4')
  await enter(page, clip)
  await expect(zone('Animate it')).toHaveAttribute('data-lit', 'false')
  await drop(zone('Animate it'), clip)
  await expect(done).toContainText('street.mp4 goes to')
  await expect(studio.make.getByText(/640 × 360 · 1\.0 s/)).toBeVisible()

  const both = await dragOf(page, [media.picture, media.other], 'image/jpeg')
  await enter(page, both)
  await drop(zone('First and last frame'), both)
  const frame = (name: string) => studio.make.getByRole('group', { name, exact: true })
  await expect(frame('First frame')).toContainText('warm.jpg')
  await expect(frame('Last frame')).toContainText('cold.jpg')
  await studio.make.getByRole('button', { name: 'Swap first and last frame' }).click()
  await expect(frame('First frame')).toContainText('cold.jpg')

  // As many takes as files, as one act.
  await enter(page, both)
  await drop(zone('Edit them'), both)
  await expect(studio.make.getByText('2 files, each with this prompt.', { exact: true })).toBeVisible()
  await studio.choose('480p')
  await studio.prompt('Two files, two takes')
  await studio.generate()
  await expect(studio.take('Two files, two takes')).toHaveCount(2)
})

test('a file that was made here gives back its settings', async ({ page }) => {
  const studio = studioOf(page)
  await studio.open()
  await studio.pick('lucy-pro-t2i')
  await studio.choose('480p')
  await studio.prompt('A mill by the river')
  await studio.generate()
  await studio.take('A mill by the river').locator(PICTURE).hover({ timeout: 60_000 })
  const download = studio.take('A mill by the river').getByRole('link', { name: /^Download/ })
  const bytes = await (await page.request.get((await download.getAttribute('href')) ?? '')).body()
  const folder = await mkdtemp(join(tmpdir(), 'rushes-made-'))
  const path = join(folder, 'mill.png')
  await writeFile(path, bytes)

  await studio.pick('lucy-pro-t2v')
  await studio.prompt('Something else')
  const drag = await dragOf(page, [path], 'image/png')
  await enter(page, drag)
  await drop(page.getByRole('group', { name: 'Restore its settings' }), drag)
  const offer = page.getByRole('status', { name: 'Settings found' })
  await expect(offer).toContainText(/mill\.png was made here: .*, seed \d+\./)
  await offer.getByRole('button', { name: 'Restore its settings' }).click()
  await expect(studio.make.getByRole('textbox', { name: 'Prompt' })).toHaveValue('A mill by the river')
  await expect(studio.make.getByRole('textbox', { name: 'Seed' })).toHaveValue(/^\d+$/)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(studio.make.getByRole('textbox', { name: 'Prompt' })).toHaveValue('Something else')
  await rm(folder, { recursive: true })
})
