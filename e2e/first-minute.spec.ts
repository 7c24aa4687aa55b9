import { dragOf, enter, drop } from './drags.ts'
import { emptyLibrary, expect, studioOf, test } from './fixtures.ts'

// What somebody sees who opens Rushes for the first time, without a key, an account or a read line. How long each step
// took is told, and is no reason to fail.

// With all that moves, as most people have it.
test.use({ contextOptions: { reducedMotion: 'no-preference' } })

const DONE = { timeout: 90_000 }

test('the first minute: what moves is pressed, four fill the strip, one is chosen, and it goes on', async ({
  page,
  media,
  studio: { url },
}, { annotations }) => {
  await emptyLibrary(url)
  const begun = Date.now()
  const tell = (what: string) =>
    annotations.push({ type: 'first minute', description: `${((Date.now() - begun) / 1000).toFixed(1)} s: ${what}` })
  const studio = studioOf(page)
  await studio.open()

  // The stage moves already.
  const loops = studio.stage.locator('video')
  await expect(loops).toHaveCount(6)
  for (const nth of [0, 5])
    await expect
      .poll(() => loops.nth(nth).evaluate((video: HTMLVideoElement) => video.currentTime))
      .toBeGreaterThan(0.2)
  tell('six loops move')

  // A press makes four of it, and the first that is finished plays.
  await studio.stage.getByRole('button', { name: /A serene lake/ }).click()
  const cells = studio.stage.getByRole('list', { name: 'Batch of 4' }).getByRole('button')
  await expect(cells).toHaveCount(4)
  await expect(studio.shown).toHaveCount(1, DONE)
  tell('the first of four plays')
  for (const nth of [0, 1, 2, 3]) await expect(cells.nth(nth)).toHaveAttribute('data-state', 'done', DONE)
  tell('all four are there')

  // They move in step in their strip, and the best is chosen by keys: two are kept, and of the two one goes.
  await expect(cells.locator('.sprite')).toHaveCount(4)
  const places = () =>
    cells.locator('.sprite').evaluateAll((all) => all.map((each) => getComputedStyle(each).transform))
  await expect.poll(async () => new Set(await places()).size).toBe(1)
  await page.keyboard.press('2')
  await page.keyboard.press('4')
  await expect(studio.shown).toHaveCount(4)
  const bar = studio.stage.getByRole('region', { name: 'Choose' })
  await expect(bar.getByRole('status').first()).toHaveText('2 left')
  await page.keyboard.press('x')
  await expect(bar.getByRole('status').first()).toHaveText(/^Winner: /)
  await expect(studio.shown).toHaveCount(1)
  tell('one is chosen')

  // The winner becomes an edit, which opens as a wipe over its source, with what changed under it.
  await bar.getByRole('button', { name: 'Use as input' }).click()
  await expect(studio.make.getByText('1280 × 720')).toBeVisible()
  await studio.make.getByRole('radiogroup', { name: 'Takes' }).getByText('1', { exact: true }).click()
  await studio.prompt('Watercolour')
  await studio.generate()
  await expect(studio.shown).toHaveCount(2, DONE)
  await expect(studio.stage.getByRole('radio', { name: 'Wipe' })).toBeChecked()
  await expect(studio.stage.getByText(/SSIM/).first()).toBeVisible(DONE)
  tell('its edit stands under the wipe')

  // A clip of one's own says by zones what can be done with it.
  const clip = await dragOf(page, [media.clip], 'video/mp4')
  await enter(page, clip)
  const zones = page.getByRole('region', { name: 'Drop zones' })
  const zone = (name: string) => zones.getByRole('group', { name, exact: true })
  for (const name of ['Edit it', 'Compare']) await expect(zone(name)).toHaveAttribute('data-lit', 'true')
  await expect(zone('Animate it')).toHaveAttribute('data-lit', 'false')
  await drop(zone('Edit it'), clip)
  await expect(studio.make.getByText('640 × 360')).toBeVisible()
  tell('a clip of one’s own is in the form')
  // Its takes have the words of others'.
  await emptyLibrary(url)
})
