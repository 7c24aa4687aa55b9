import { expect, studioOf, test } from './fixtures.ts'
import { note } from '../scripts/tests/notes.ts'

// The main job in Firefox as its makers ship it.

const DONE = { timeout: 90_000 }

test('makes a clip and a picture, edits it, compares it with its source and takes it away', async ({
  page,
  browser,
}) => {
  const studio = studioOf(page)
  const { make, stage } = studio
  const pick = async (task: string) => {
    const choice = page.getByRole('radio', { name: task, exact: true })
    await make.locator('label').filter({ has: choice }).click()
    await expect(choice).toBeChecked()
  }
  /** By keys: what the driver fills in by itself the page does not hear of. */
  const write = async (prompt: string) => {
    await make.getByRole('textbox', { name: 'Prompt' }).click()
    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.type(prompt)
  }
  await studio.open()

  // A clip plays, or the studio says why it does not: Firefox takes its decoder of H.264 from the system.
  await pick('Text to clip')
  await write('Waves in Firefox')
  await studio.choose('480p')
  await studio.generate()
  const decodes = await page.evaluate(async () => {
    if (typeof VideoDecoder === 'undefined') return false
    return (await VideoDecoder.isConfigSupported({ codec: 'avc1.64001f' })).supported === true
  })
  if (decodes) {
    await expect(studio.shown).toHaveCount(1, DONE)
    const frame = await studio.shown.getAttribute('data-frame')
    await expect(studio.shown).not.toHaveAttribute('data-frame', frame ?? '')
  } else
    await expect(stage.getByText(/^Played by the browser\. This browser has no decoder for H\.264/)).toBeVisible(DONE)
  note(
    `Firefox ${browser.version()}: the main job ran. Here it ${decodes ? 'decodes' : 'has no decoder for'} H.264, so that clips ${decodes ? 'play frame by frame' : 'are left to its own player, and only pictures were compared'}.`,
  )
  const cells = stage.getByRole('list', { name: 'Batch of 2' }).getByRole('button')

  await pick('Picture')
  await write('A lighthouse in Firefox')
  await make.getByRole('radiogroup', { name: 'Takes' }).getByText('2', { exact: true }).click()
  await studio.generate()
  await expect(cells).toHaveCount(2)
  await expect(studio.shown).toHaveCount(1, DONE)
  // The strip is as wide as two cells of 16:9, however large their pictures are.
  const cell = await cells.first().boundingBox()
  expect((cell?.width ?? 0) / (cell?.height ?? 1)).toBeCloseTo(16 / 9, 1)

  await studio.takes.getByRole('button', { name: 'Use as input' }).click()
  await pick('Edit picture')
  await expect(make.getByRole('button', { name: 'Remove image' })).toBeVisible()
  await write('Watercolour')
  await make.getByRole('radiogroup', { name: 'Takes' }).getByText('1', { exact: true }).click()
  await studio.generate()
  await expect(studio.shown).toHaveCount(2, DONE)
  const edge = stage.getByRole('slider', { name: /^Compare/ })
  await edge.focus()
  await page.keyboard.press('Shift+ArrowRight')
  await expect(edge).toHaveAttribute('aria-valuetext', /55 %$/)
  await expect(stage.getByText(/^SSIM 0\.\d+/)).toBeVisible(DONE)

  // Icons tell what they do, by mouse and by keyboard.
  await stage.getByRole('link', { name: 'Download' }).hover()
  await expect(page.getByRole('tooltip')).toHaveText('Download')
  const arriving = page.waitForEvent('download')
  await stage.getByRole('link', { name: 'Download' }).click()
  expect((await arriving).suggestedFilename()).toMatch(/^watercolour_.*\.png$/)
})
