import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { make } from './compare-clips.ts'
import { expect, type Made, type Rig, test } from './compare-fixtures.ts'

/** Lets go of files over the page, as from the desktop. */
const drop = async (page: Page, rig: Rig, files: readonly Made[]): Promise<void> => {
  const contents = await Promise.all(
    files.map(async ({ name }) => ({ name, bytes: (await readFile(join(rig.folder, name))).toString('base64') })),
  )
  const transfer = await page.evaluateHandle((all) => {
    const data = new DataTransfer()
    for (const { name, bytes } of all)
      data.items.add(
        new File([Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0))], name, { type: 'video/mp4' }),
      )
    return data
  }, contents)
  await page.getByRole('main').dispatchEvent('drop', { dataTransfer: transfer })
}

test('two files dropped on a page of its own compare without a server, frame by frame, by keys', async ({
  page,
  rig,
}) => {
  const asked: string[] = []
  page.on('request', (request) => asked.push(new URL(request.url()).pathname))
  const sides = await make(rig, ['twenty-two.mp4', 'thirty-two.mp4'])
  await page.goto(rig.url.replace('harness.html', 'module-page.html'))
  await drop(page, rig, sides)
  const numbers = () => page.evaluate(() => window.modulePage.read().numbers)
  const ready = () => page.evaluate(() => document.querySelector('canvas') !== null)
  await expect.poll(ready).toBe(true)
  await expect.poll(numbers).toEqual([300, 700])
  await expect(page.getByText('twenty-two.mp4').first()).toBeVisible()

  await page.keyboard.press('ArrowRight')
  await expect.poll(numbers).toEqual([301, 701])
  await page.keyboard.press('End')
  await expect.poll(numbers).toEqual([343, 763])
  await page.keyboard.press('Home')
  await expect.poll(numbers).toEqual([300, 700])
  await page.keyboard.press('Space')
  await expect.poll(() => page.evaluate(() => window.modulePage.viewer().state().shown.time)).toBeGreaterThan(0.2)
  await page.keyboard.press('Space')
  await expect.poll(() => page.evaluate(() => window.modulePage.viewer().state().playing)).toBe(false)

  expect(asked.filter((path) => !/\.(html|js|css|woff2)$/.test(path))).toEqual([])
})
