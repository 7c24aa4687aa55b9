import type { Page } from '@playwright/test'
import sharp from 'sharp'
import { makeClip } from '../src/engine/testing/clips.ts'
import { readMark } from '../src/engine/testing/mark.ts'
import { dropOn, expect, studioOf, test } from './fixtures.ts'

// The frame that stands on the stage goes on as a picture.

/** Goes to a time and waits for its frame, which is what is taken: the one that is seen, not the one that is on its way. */
const goTo = async (page: Page, time: string, frame: number) => {
  const { stage } = studioOf(page)
  const field = stage.getByRole('textbox', { name: 'Time' })
  await field.fill(time)
  await field.press('Enter')
  await expect(field).toHaveValue(time)
  await expect(stage.locator('[data-side="0"]')).toHaveAttribute('data-frame', String(frame))
}

test('the frame on the stage becomes an input, as it stands there and at its full size', async ({
  page,
  studio: { url },
}) => {
  const paths = await Promise.all(
    ['one', 'two'].map((name, nth) =>
      makeClip(test.info().outputPath(`${name}.mp4`), { width: 640, height: 360, seconds: 2, first: 100 * nth }),
    ),
  )
  const studio = studioOf(page)
  await studio.open()
  const sent: Promise<{ id: string }>[] = []
  page.on('response', (answer) => {
    const isUpload = answer.request().method() === 'POST' && new URL(answer.url()).pathname === '/v1/files'
    if (isUpload) sent.push(answer.json())
  })
  await dropOn(page, studio.stage, ...paths)
  await expect(studio.shown).toHaveCount(2)
  await goTo(page, '00:01:05', 30)
  await page.keyboard.press('ControlOrMeta+k')
  await page.getByRole('dialog').getByRole('combobox').fill('frame on the stage animate')
  await page.getByRole('option', { name: 'Frame on the stage: animate this frame' }).click()
  const image = studio.make.getByRole('group', { name: 'Image', exact: true })
  await expect(image.getByText('one.mp4 frame 00:01:05.png')).toBeVisible()
  await expect(image.getByText('640 × 360')).toBeVisible()
  const content = await fetch(`${url}/v1/files/${(await sent[0])?.id}/content`)
  const { data, info } = await sharp(Buffer.from(await content.arrayBuffer()))
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  expect(readMark(data, info.width, info.height)).toBe(30)

  await studio.stage.getByRole('button', { name: 'Close the comparison' }).click()
  await studio.pick('lucy-pro-t2v')
  await studio.prompt('A lake whose frame is taken')
  await studio.choose('480p')
  await studio.generate()
  await expect(studio.shown).toHaveCount(1)
  await goTo(page, '00:03:08', 83)
  const bar = studio.takes.getByRole('region', { name: 'The take on the stage' })
  await bar.getByRole('button', { name: 'Use this frame…' }).click()
  await page.getByRole('menu').getByRole('menuitem', { name: 'Last frame of a transition' }).click()
  const last = studio.make.getByRole('group', { name: 'Last frame', exact: true })
  await expect(last.getByText('A lake whose frame is taken frame 00:03:08.png')).toBeVisible()
  await expect(last.getByText('832 × 480')).toBeVisible()
})
