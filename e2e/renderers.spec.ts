import type { Page } from '@playwright/test'
import { filesByFolder, EVERY_FILE } from '../src/server/testing/comfyui/known-server.ts'
import { comfyuiTest as test, expect, studioOf } from './comfyui-fixtures.ts'
import { expectNoBarrier, wcag } from './waits.ts'
import { PICTURE } from './fixtures.ts'

// Connecting one's own ComfyUI, choosing it, what it lacks, and takes that it makes.

const openDialog = async (page: Page) => {
  await page.getByRole('button', { name: /^Renderers:/ }).click()
  const dialog = page.getByRole('dialog', { name: 'Renderers' })
  await expect(dialog).toBeVisible()
  return dialog
}

const connect = async (page: Page, url: string) => {
  const dialog = await openDialog(page)
  const section = dialog.getByRole('region', { name: 'ComfyUI' })
  await section.getByRole('button', { name: /^ComfyUI/ }).click()
  await section.getByRole('textbox', { name: 'Address' }).fill(url)
  await section.getByRole('button', { name: 'Test and save' }).click()
  return section
}

test('a ComfyUI is tested before it is kept, and says what it lacks until it has it', async ({ page, comfyui }) => {
  const studio = studioOf(page)
  await studio.open()
  await expect(studio.make.getByText('Free · local draft')).toBeVisible()

  const section = await connect(page, 'http://127.0.0.1:1')
  await expect(section.getByRole('alert')).toBeVisible()
  await expect(section.getByText('Not connected')).toBeVisible()

  await section.getByRole('textbox', { name: 'Address' }).fill(comfyui.url)
  await section.getByRole('button', { name: 'Test and save' }).click()
  await expect(section.getByText('It answered. Saved.')).toBeVisible()
  await expect(section.getByText(/^Ready/)).toBeVisible()
  await expect(section.getByText('Nothing leaves this machine.')).toBeVisible()
  await expect(section.getByText(/^wan2\.2_\S+\.safetensors$/).first()).toBeVisible()
  await expect(section.getByRole('button', { name: /^Copy the address of wan2\.2_/ }).first()).toBeVisible()

  await expectNoBarrier(wcag(page))

  comfyui.become({ files: filesByFolder(EVERY_FILE) })
  await section.getByRole('button', { name: 'Look again' }).click()
  await expect(section.getByText(/^wan2\.2_\S+\.safetensors$/)).toHaveCount(0)

  // The focus goes back to where the dialog was opened.
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(page.getByRole('button', { name: /^Renderers: ComfyUI/ })).toBeFocused()
})

test('what will run is said before, and what ran beside the take; a draft is one press away', async ({
  page,
  comfyui,
}) => {
  const studio = studioOf(page)
  await studio.open()
  const section = await connect(page, comfyui.url)
  await expect(section.getByText('It answered. Saved.')).toBeVisible()
  await page.keyboard.press('Escape')

  await studio.pick('lucy-pro-t2i')
  await expect(studio.make.getByText(/^FLUX\.2 klein 4B.* on this machine · free$/).last()).toBeVisible()
  await studio.prompt('A fox in the snow')
  await studio.generate()
  const take = studio.take('A fox in the snow').first()
  await expect(take.locator(PICTURE)).toBeVisible()
  await expect(take).toContainText('FLUX.2 klein 4B')
  await expect(take).toContainText('ComfyUI')
  await expect(studio.stage.getByText(/FLUX\.2 klein 4B.* · ComfyUI/).first()).toBeVisible()

  await studio.prompt('A draft of an owl')
  await studio.make.getByRole('button', { name: 'Make it locally' }).click()
  await expect(studio.take('A draft of an owl')).toContainText('Local draft')
  expect(comfyui.orders).toHaveLength(1)

  // What it lacks for clips is said where they would be made, with a way to what is missing.
  await studio.pick('lucy-pro-t2v')
  await expect(studio.make.getByText('Free · local draft')).toBeVisible()
  await studio.make.getByRole('button', { name: 'What is missing' }).click()
  await expect(page.getByRole('dialog').getByText('Missing there:').first()).toBeVisible()
  await page.keyboard.press('Escape')

  // The choice is kept for the model, also over a reload.
  await studio.pick('lucy-pro-t2i')
  await studio.make.getByLabel('Made by').selectOption('local')
  await page.reload()
  await expect(studio.make.getByText('Free · local draft')).toBeVisible()
})

test('a take that runs there is cancelled there', async ({ page, comfyui }) => {
  const studio = studioOf(page)
  await studio.open()
  const section = await connect(page, comfyui.url)
  await expect(section.getByText('It answered. Saved.')).toBeVisible()
  await page.keyboard.press('Escape')
  await studio.pick('lucy-pro-t2i')
  await expect(studio.make.getByText(/on this machine · free$/).last()).toBeVisible()
  comfyui.hold('running')
  await studio.prompt('A fox that is not wanted')
  await studio.generate()
  await expect.poll(() => comfyui.running()).not.toBeNull()
  const take = studio.take('A fox that is not wanted').first()
  await expect(take).toContainText('ComfyUI')
  await take.getByRole('button', { name: /^Cancel/ }).click()
  await expect(take).toContainText('Cancelled')
  comfyui.release()
  await expect.poll(() => comfyui.running()).toBeNull()
  expect(comfyui.globalInterrupts()).toBe(0)
})
