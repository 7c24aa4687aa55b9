import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { end, expect, launch, PICTURE, studioOf, test } from './fixtures.ts'

// A studio that came by plain http from another machine: browsers keep decoders, the clipboard and locks from it.

/** An address of documentation, which the browser of this test finds on this machine. */
const ELSEWHERE = '192.0.2.7'

test('what cannot work says so and offers what can', async ({ playwright, launchOptions }) => {
  const dataDir = await mkdtemp(join(tmpdir(), 'rushes-lan-'))
  const { child, url } = await launch(dataDir, { ALLOWED_HOSTS: ELSEWHERE })
  const browser = await playwright.chromium.launch({
    ...launchOptions,
    args: [...(launchOptions.args ?? []), `--host-resolver-rules=MAP ${ELSEWHERE} 127.0.0.1`],
  })
  const page = await browser.newPage({
    baseURL: `http://${ELSEWHERE}:${new URL(url).port}`,
    viewport: { width: 1440, height: 900 },
  })
  const studio = studioOf(page)
  await studio.open()
  expect(await page.evaluate(() => [isSecureContext, 'VideoDecoder' in globalThis, 'clipboard' in navigator])).toEqual([
    false,
    false,
    false,
  ])
  // An example that needs an encoder is not offered.
  await expect(studio.stage.getByRole('button', { name: /A serene lake/ })).toBeVisible()
  await expect(studio.stage.getByRole('button', { name: /Restyle a clip/ })).toHaveCount(0)

  await studio.pick('lucy-pro-t2v')
  await studio.choose('480p')
  for (const prompt of ['A lake', 'A train']) {
    await studio.prompt(prompt)
    await studio.generate()
    await expect(studio.take(prompt).locator(PICTURE)).toBeVisible({ timeout: 90_000 })
  }
  const plays = (video: HTMLVideoElement) => video.play().then(() => video.videoWidth)
  expect(await studio.stage.locator('video').evaluate(plays)).toBe(832)
  await expect(
    studio.stage.getByText(/needs WebCodecs, which browsers give to pages on https and on localhost/),
  ).toBeVisible()
  await expect(studio.stage.getByRole('link', { name: 'Download' })).toBeVisible()

  // The old way to copy still works.
  const seed = studio.stage.getByRole('button', { name: /^Copy seed/ })
  const number = /\d+/.exec((await seed.textContent()) ?? '')?.[0] ?? ''
  await seed.click()
  await expect(studio.stage.getByText('Seed copied')).toBeVisible()
  const field = studio.make.getByRole('textbox', { name: 'Seed' })
  await field.focus()
  await page.keyboard.press('ControlOrMeta+V')
  await expect(field).toHaveValue(number)

  for (const prompt of ['A lake', 'A train'])
    await studio
      .take(prompt)
      .getByRole('button')
      .first()
      .click({ modifiers: ['Control'] })
  await studio.takes.getByRole('button', { name: 'Compare', exact: true }).click()
  await expect(studio.stage.getByText(/not in step/)).toBeVisible()
  await expect(studio.stage.locator('video')).toHaveCount(2)
  await expect(studio.stage.getByRole('link', { name: /^Download/ })).toHaveCount(2)
  await studio.stage.getByRole('button', { name: 'Play all' }).click()
  for (const video of await studio.stage.locator('video').all())
    await expect.poll(() => video.evaluate((element: HTMLVideoElement) => element.currentTime)).toBeGreaterThan(0)

  await browser.close()
  await end(child, 'SIGTERM')
  await rm(dataDir, { recursive: true, force: true })
})
