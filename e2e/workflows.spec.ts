import { readFile, writeFile } from 'node:fs/promises'
import { crc32 } from 'node:zlib'
import type { Page } from '@playwright/test'
import sharp from 'sharp'
import { comfyuiTest, dropped, expect, studioOf } from './comfyui-fixtures.ts'

// A graph of the person's own: dropped, understood, named, run, changed, taken away, deleted.

const GRAPH = {
  '1': { class_type: 'LoadImage', inputs: { image: 'example.png' }, _meta: { title: 'What to invert' } },
  '2': { class_type: 'ImageInvert', inputs: { image: ['1', 0] } },
  '3': { class_type: 'SaveImage', inputs: { images: ['2', 0], filename_prefix: 'inverted' } },
}

const test = comfyuiTest.extend<{ graph: string; carrier: string }>({
  graph: async ({}, use, info) => {
    const path = info.outputPath('negative.json')
    await writeFile(path, JSON.stringify(GRAPH))
    await use(path)
  },
  /** A picture that carries the graph, as ComfyUI saves it. */
  carrier: async ({}, use, info) => {
    const path = info.outputPath('carrier.png')
    const png = await sharp({ create: { width: 64, height: 36, channels: 3, background: '#5078a0' } })
      .png()
      .toBuffer()
    const body = Buffer.from(`tEXtprompt\0${JSON.stringify(GRAPH)}`, 'latin1')
    const chunk = Buffer.alloc(body.length + 8)
    chunk.writeUInt32BE(body.length - 4, 0)
    body.copy(chunk, 4)
    chunk.writeUInt32BE(crc32(body), body.length + 4)
    // After the head of the picture, which is 33 bytes.
    await writeFile(path, Buffer.concat([png.subarray(0, 33), chunk, png.subarray(33)]))
    await use(path)
  },
})

const connect = async (page: Page, studioUrl: string, url: string) => {
  const answer = await page.request.put(`${studioUrl}/v1/renderers/comfyui/settings`, { data: { url } })
  expect(answer.status()).toBe(200)
}

test('a graph that is dropped becomes a model, runs, is renamed, taken away and deleted', async ({
  page,
  media,
  comfyui,
  studioUrl,
  graph,
}) => {
  await connect(page, studioUrl, comfyui.url)
  const studio = studioOf(page)
  await studio.open()
  await dropped(page, studio.stage, graph, 'application/json')
  const dialog = page.getByRole('dialog', { name: 'Run this workflow here' })
  await expect(dialog.getByRole('textbox', { name: 'Name' })).toHaveValue('negative')
  await expect(dialog.getByLabel(/What to invert.* · image is/)).toHaveValue('image')
  await dialog.getByRole('button', { name: 'Save as a model' }).click()
  await expect(dialog).toHaveCount(0)

  await expect(studio.make.getByLabel('Model').locator('option:checked')).toContainText('negative')
  await dropped(page, studio.make.locator('[data-media-slot]').first(), media.picture, 'image/jpeg')
  await expect(studio.make.getByText('640 × 360')).toBeVisible()
  await studio.generate()
  const made = studio.takes.getByRole('region', { name: 'The take on the stage' })
  await expect(made.getByRole('link', { name: /^Download/ })).toBeVisible()
  await expect(made).toContainText('ComfyUI')

  await studio.make.getByRole('button', { name: 'Edit this workflow…' }).click()
  const kept = page.getByRole('dialog', { name: 'Workflow' })
  const download = page.waitForEvent('download')
  await kept.getByRole('button', { name: 'Export' }).click()
  const exported: unknown = JSON.parse(await readFile(await (await download).path(), 'utf8'))
  expect(exported).toMatchObject({ '2': { class_type: 'ImageInvert' } })
  await kept.getByRole('textbox', { name: 'Name' }).fill('The other way round')
  await kept.getByRole('button', { name: 'Save' }).click()
  await expect(studio.make.getByLabel('Model').locator('option:checked')).toContainText('The other way round')

  await studio.make.getByRole('button', { name: 'Edit this workflow…' }).click()
  await kept.getByRole('button', { name: 'Delete' }).click()
  await kept.getByRole('button', { name: 'Really delete it' }).click()
  await expect(kept).toHaveCount(0)
  await expect(studio.make.getByRole('option', { name: /The other way round/ })).toHaveCount(0)
})

test('a picture that carries a graph is an input as ever, and offers to run it', async ({
  page,
  comfyui,
  studioUrl,
  carrier,
}) => {
  await connect(page, studioUrl, comfyui.url)
  const studio = studioOf(page)
  await studio.open()
  await studio.pick('lucy-pro-i2i')
  await studio.drop('Image', carrier)
  await expect(studio.make.getByText('64 × 36')).toBeVisible()
  const offer = page.getByRole('status', { name: 'Workflow found' })
  await expect(offer).toContainText('carrier.png carries a ComfyUI workflow.')
  await offer.getByRole('button', { name: 'Run this workflow here' }).click()
  await expect(page.getByRole('dialog', { name: 'Run this workflow here' }).getByText(/What to invert/)).toBeVisible()
})
