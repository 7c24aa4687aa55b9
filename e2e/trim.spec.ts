import { writeFile } from 'node:fs/promises'
import { type Page } from '@playwright/test'
import { inspectClip, makeClip } from '../src/engine/testing/clips.ts'
import { readMark } from '../src/engine/testing/mark.ts'
import { expect, studioOf, test } from './fixtures.ts'

// A part is cut out of a clip in the page: only what is used of it is sent.

/** The files that the page uploads, by the names that it gives them and in their order. */
const uploadsOf = (page: Page) => {
  const sent: { id: Promise<string> }[] = []
  page.on('response', (answer) => {
    const request = answer.request()
    if (request.method() === 'POST' && new URL(answer.url()).pathname === '/v1/files')
      sent.push({ id: answer.json().then(({ id }: { id: string }) => id) })
  })
  return sent
}

test('a part is cut out exact to the frame, with its sound and as it is turned, and the whole clip comes back', async ({
  page,
  studio: { url },
}) => {
  const path = test.info().outputPath('drive.mp4')
  await makeClip(path, {
    width: 320,
    height: 180,
    fps: 25,
    seconds: 4,
    rotate: 90,
    audio: true,
    tagged: true,
    hidden: 3,
  })
  const whole = await inspectClip(path, [33])
  const sent = uploadsOf(page)
  const studio = studioOf(page)
  await studio.open()
  await studio.pick('lucy-pro-v2v')
  await studio.drop('Video', path)
  const field = studio.make.getByRole('group', { name: 'Video', exact: true })
  await expect(field.getByText('180 × 320 · 4.0 s')).toBeVisible()

  const cutTo = async (begin: (dialog: ReturnType<Page['getByRole']>) => Promise<void>, end: string) => {
    const count = sent.length
    await field.getByRole('button', { name: 'Trim video' }).click()
    const dialog = page.getByRole('dialog', { name: /^Trim drive/ })
    await begin(dialog)
    await dialog.getByRole('textbox', { name: 'End' }).fill(end)
    await dialog.getByRole('textbox', { name: 'End' }).press('Enter')
    await dialog.getByRole('button', { name: 'Use this part' }).click()
    await expect(dialog).toHaveCount(0)
    await expect.poll(() => sent.length).toBe(count + 1)
    await expect(field.getByText(/ of 4\.0 s$/)).toBeVisible()
    const part = test.info().outputPath(`part-${count}.mp4`)
    const content = await fetch(`${url}/v1/files/${await sent[count]?.id}/content`)
    await writeFile(part, new Uint8Array(await content.arrayBuffer()))
    return inspectClip(part, [0, 49])
  }
  const markOf = ({ pixels, width, height }: typeof whole, frame: number) =>
    readMark(pixels[frame] ?? new Uint8Array(), width, height)

  // Between two keyframes: encoded anew. The three frames that its edit list hides are not counted.
  const anew = await cutTo(async (dialog) => {
    await dialog.getByRole('textbox', { name: 'Start' }).fill('soon')
    await dialog.getByRole('textbox', { name: 'Start' }).press('Enter')
    await expect(dialog.getByText(/^Type minutes and seconds/)).toBeVisible()
    await dialog.getByRole('textbox', { name: 'Start' }).fill('0:01.00')
    await dialog.getByRole('textbox', { name: 'Start' }).press('Enter')
    await expect(dialog.getByRole('slider', { name: 'Start of the part' })).toHaveAttribute('aria-valuetext', '0:01.00')
  }, '3')
  expect(anew.times).toHaveLength(50)
  expect(markOf(anew, 0)).toBe(28)
  expect(anew.audio).toBe(whole.audio)
  expect(anew.color).toEqual(whole.color)
  await expect(field.getByText('2.0 s of 4.0 s')).toBeVisible()
  await expect(field.getByText('180 × 320 · 2.0 s')).toBeVisible()
  expect(markOf(anew, 49)).toBe(77)

  // From a keyframe on: copied. It is chosen among all frames of the clip again, here by keys.
  const copied = await cutTo(async (dialog) => {
    const start = dialog.getByRole('slider', { name: 'Start of the part' })
    await expect(start).toHaveAttribute('aria-valuetext', '0:01.00')
    await start.press('PageUp')
    await start.press('ArrowLeft')
    await start.press('ArrowLeft')
    await expect(start).toHaveAttribute('aria-valuetext', '0:01.32')
  }, '4')
  expect(copied.times).toHaveLength(67)
  expect(copied.pixels[0]).toEqual(whole.pixels[33])

  await field.getByRole('button', { name: 'Whole clip' }).click()
  await expect(field.getByText('180 × 320 · 4.0 s')).toBeVisible()
  expect(sent).toHaveLength(3)
})

test('of a clip that is longer than what is used of it nothing is sent before Generate, or before a part is chosen', async ({
  page,
}) => {
  const path = test.info().outputPath('long.mp4')
  await makeClip(path, { width: 64, height: 36, fps: 8, seconds: 31 })
  const sent = uploadsOf(page)
  const studio = studioOf(page)
  await studio.open()
  await studio.pick('lucy-pro-v2v')
  await studio.prompt('A long drive in gouache')
  await studio.drop('Video', path)
  const field = studio.make.getByRole('group', { name: 'Video', exact: true })
  await expect(field.getByText('31.0 s; the first 30 s will be used.')).toBeVisible()
  await field.getByRole('button', { name: 'Trim…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Trim long.mp4' })
  await expect(dialog.getByRole('slider', { name: 'End of the part' })).toHaveAttribute('aria-valuetext', '0:30.00')
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  expect(sent).toHaveLength(0)
  await studio.generate()
  await expect(studio.take('A long drive in gouache')).toBeVisible()
  expect(sent).toHaveLength(1)
})
