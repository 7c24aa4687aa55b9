import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { expect, studioOf, test } from './fixtures.ts'
import { boxOf } from './waits.ts'

// What is pasted or dragged in, with the browser's own clipboard and its own drags.

type Dragged = { files?: string[]; data?: Record<string, string> }

/** Drags over an element, and lets go unless `hover`: the same way into the browser as from its window's edge. */
const dragTo = async (
  page: Page,
  target: Locator,
  { files = [], data = {} }: Dragged,
  end: 'drop' | 'hover' = 'drop',
) => {
  const box = await boxOf(target)
  const session = await page.context().newCDPSession(page)
  const items = Object.entries(data).map(([mimeType, text]) => ({ mimeType, data: text }))
  for (const type of ['dragEnter', 'dragOver', ...(end === 'drop' ? (['drop'] as const) : [])] as const)
    await session.send('Input.dispatchDragEvent', {
      type,
      x: box.x + box.width / 2,
      y: box.y + Math.min(40, box.height / 2),
      data: { items, files, dragOperationsMask: 1 },
    })
  await session.detach()
}

/** Copies, as a program with a rich clipboard does. */
const copy = (page: Page, texts: Record<string, string>, png?: string) =>
  page.evaluate(
    async ({ texts: all, png: picture }) => {
      const held: Record<string, Blob> = {}
      for (const [type, text] of Object.entries(all)) held[type] = new Blob([text], { type })
      if (picture !== undefined)
        held['image/png'] = new Blob([Uint8Array.from(atob(picture), (letter) => letter.charCodeAt(0))], {
          type: 'image/png',
        })
      await navigator.clipboard.write([new ClipboardItem(held)])
    },
    { texts, png },
  )

const DOT = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=='

test.use({ permissions: ['clipboard-read', 'clipboard-write'] })

const promptOf = (page: Page) => studioOf(page).make.getByRole('textbox', { name: 'Prompt' })
const fieldOf = (page: Page, name: string) => studioOf(page).make.getByRole('group', { name, exact: true })
const blur = (page: Page) =>
  page.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur())

const openOn = async (page: Page, model: string) => {
  const studio = studioOf(page)
  await studio.open()
  await studio.pick(model)
  return studio
}

test('where the focus is decides what a clipboard of text, HTML and a picture means', async ({ page }) => {
  const studio = await openOn(page, 'lucy-pro-i2v')
  await copy(page, { 'text/plain': 'three foxes', 'text/html': '<b>three foxes</b>' }, DOT)
  await promptOf(page).focus()
  await page.keyboard.press('ControlOrMeta+V')
  await expect(promptOf(page)).toHaveValue('three foxes')
  await expect(studio.make.getByText('Drop, paste or choose an image')).toBeVisible()
  await fieldOf(page, 'Image').getByRole('button', { name: 'Image', exact: true }).focus()
  await page.keyboard.press('ControlOrMeta+V')
  await expect(studio.make.getByText('1 × 1')).toBeVisible()
  await expect(promptOf(page)).toHaveValue('three foxes')
})

test('a picture in letters becomes the picture, wherever it is pasted', async ({ page, media }) => {
  const studio = await openOn(page, 'lucy-image-2')
  const url = `data:image/jpeg;base64,${(await readFile(media.picture)).toString('base64')}`
  await copy(page, { 'text/plain': url })
  await promptOf(page).fill('')
  await page.keyboard.press('ControlOrMeta+V')
  await expect(studio.make.getByText('640 × 360')).toBeVisible()
  await expect(promptOf(page)).toHaveValue('')
  await blur(page)
  await page.keyboard.press('ControlOrMeta+V')
  await expect(studio.make.getByText('640 × 360')).toHaveCount(2)
})

test('an address goes to the field that fits, or says why it could not be fetched', async ({
  page,
  media,
  studio: server,
}) => {
  const upload = new FormData()
  upload.set('file', new Blob([new Uint8Array(await readFile(media.clip))]), 'street.mp4')
  const file = await (await fetch(`${server.url}/v1/files`, { method: 'POST', body: upload })).text()
  const studio = await openOn(page, 'lucy-2.5')
  const asked: (string | null)[] = []
  await page.route('**/v1/files', (route) => {
    asked.push(route.request().postData())
    return route.fulfill({ status: 201, contentType: 'application/json', body: file })
  })
  await copy(page, { 'text/plain': 'https://example.com/street.mp4' })
  await blur(page)
  await page.keyboard.press('ControlOrMeta+V')
  await expect(studio.make.getByText(/640 × 360 · 1\.0 s/)).toBeVisible()
  expect(asked).toEqual(['{"url":"https://example.com/street.mp4"}'])
  await page.unroute('**/v1/files')
  await copy(page, { 'text/plain': 'http://127.0.0.1/fox.png' })
  await page.keyboard.press('ControlOrMeta+V')
  await expect(fieldOf(page, 'Reference image').locator('..').getByRole('alert')).toContainText('fox.png')
})

test('a picture or a link of another page is taken by the field it is dropped on', async ({
  page,
  media,
  studio: server,
}) => {
  const upload = new FormData()
  upload.set('file', new Blob([new Uint8Array(await readFile(media.picture))]), 'fox.jpg')
  const file = await (await fetch(`${server.url}/v1/files`, { method: 'POST', body: upload })).text()
  const studio = await openOn(page, 'lucy-pro-flf2v')
  const asked: (string | null)[] = []
  await page.route('**/v1/files', (route) => {
    asked.push(route.request().postData())
    return route.fulfill({ status: 201, contentType: 'application/json', body: file })
  })
  const picture = {
    data: {
      'text/uri-list': 'https://example.com/article',
      'text/html': '<a href="https://example.com/article"><img src="https://example.com/fox.jpg"></a>',
    },
  }
  const first = fieldOf(page, 'First frame')
  await dragTo(page, first, picture, 'hover')
  await expect(first.getByText('Let go to fetch it')).toBeVisible()
  await dragTo(page, first, picture)
  await expect(first.getByText('640 × 360')).toBeVisible()
  const lake = { data: { 'text/uri-list': 'https://example.com/lake.png' } }
  await dragTo(page, studio.stage, lake, 'hover')
  await dragTo(page, page.getByRole('group', { name: 'Last frame' }).and(page.locator('[data-zone]')), lake)
  await expect(fieldOf(page, 'Last frame').getByText('640 × 360')).toBeVisible()
  expect(asked).toEqual(['{"url":"https://example.com/fox.jpg"}', '{"url":"https://example.com/lake.png"}'])
})

test('text that is dragged to the prompt lands there, and is refused by a field for media', async ({ page }) => {
  const studio = await openOn(page, 'lucy-pro-i2v')
  await promptOf(page).fill('')
  await dragTo(page, promptOf(page), { data: { 'text/plain': 'a red fox', 'text/html': '<i>a red fox</i>' } })
  await expect(promptOf(page)).toHaveValue('a red fox')
  const field = fieldOf(page, 'Image')
  await dragTo(page, field, { data: { 'text/plain': 'a red fox' } }, 'hover')
  await expect(field.getByText('This takes an image.')).toBeVisible()
  await dragTo(page, field, { data: { 'text/plain': 'a red fox' } })
  await expect(studio.make.getByText('What was dropped is text. This takes an image.')).toBeVisible()
  const url = `data:image/png;base64,${DOT}`
  await dragTo(page, promptOf(page), { data: { 'text/plain': url, 'text/uri-list': url } })
  await expect(studio.make.getByText('1 × 1')).toBeVisible()
  await expect(promptOf(page)).toHaveValue('a red fox')
})

test('a folder is its pictures and clips, and what else is in it is said', async ({ page, media }) => {
  const folder = await mkdtemp(join(tmpdir(), 'shots-'))
  const studio = await openOn(page, 'lucy-pro-i2v')
  await dragTo(page, fieldOf(page, 'Image'), { files: [folder] })
  await expect(studio.make.getByText(/shots-\S+ has no pictures and no clips in it\./)).toBeVisible()
  await writeFile(join(folder, 'a.jpg'), await readFile(media.picture))
  await writeFile(join(folder, 'notes.txt'), 'words')
  await dragTo(page, fieldOf(page, 'Image'), { files: [folder] })
  await expect(studio.make.getByText('640 × 360')).toBeVisible()
  await expect(page.getByText(/One file is neither a picture nor a clip\./)).toBeVisible()
  await rm(folder, { recursive: true })
})
