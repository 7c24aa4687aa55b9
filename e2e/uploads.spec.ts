import { readFile, writeFile } from 'node:fs/promises'
import { expect, studioOf, test } from './fixtures.ts'

// What is being uploaded when the server goes away is kept, and goes on by itself.

test('an upload outlives a server that is killed and started again', async ({
  page,
  context,
  media,
  studio: server,
}) => {
  const studio = studioOf(page)
  await studio.open()
  await studio.pick('lucy-pro-v2v')
  const network = await context.newCDPSession(page)
  await network.send('Network.enable')
  // So slow that the server dies in the middle of it, on any machine.
  const slow = { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: 2_000 }
  await network.send('Network.emulateNetworkConditions', slow)
  const sent: string[] = []
  page.on('request', (request) => {
    if (request.method() === 'POST' && new URL(request.url()).pathname === '/v1/files') sent.push(request.url())
  })
  await studio.drop('Video', media.clip)
  await expect(studio.make.getByText(/^Uploading street\.mp4/)).toBeVisible()
  await server.kill()
  await expect(studio.make.getByText(/^Waiting for the server: street\.mp4/)).toBeVisible()
  await expect(studio.make.getByRole('button', { name: 'Waiting for the server…' })).toBeDisabled()
  await server.start()
  await network.send('Network.emulateNetworkConditions', { ...slow, uploadThroughput: -1 })
  await expect(studio.make.getByText(/640 × 360 · 1\.0 s/)).toBeVisible()
  expect(sent).toHaveLength(2)
  await expect(studio.make.getByRole('alert')).toHaveCount(0)
})

test('a file that is refused leaves the one before it as it was', async ({ page, media }) => {
  const studio = studioOf(page)
  await studio.open()
  await studio.pick('lucy-pro-i2v')
  await studio.drop('Image', media.picture)
  await expect(studio.make.getByText('640 × 360')).toBeVisible()
  await studio.drop('Image', media.text)
  await expect(studio.make.getByText(/notes\.png: .*not an image or a video.* warm\.jpg stays\.$/)).toBeVisible()
  await expect(studio.make.getByText('640 × 360')).toBeVisible()
  await expect(studio.make.locator('[aria-invalid=true]')).toHaveCount(0)
})

test('a large upload goes on where it was when its server was killed, and sends nothing of it twice but one piece', async ({
  page,
  context,
  media,
  studio: server,
}) => {
  const MEGABYTE = 1024 ** 2
  const path = test.info().outputPath('large.mp4')
  const clip = await readFile(media.clip)
  // A playable clip, and a box of nothing in particular that players skip.
  const box = Buffer.alloc(48 * MEGABYTE)
  box.writeUInt32BE(box.length)
  box.write('free', 4, 'latin1')
  await writeFile(path, Buffer.concat([clip, box]))
  const studio = studioOf(page)
  await studio.open()
  await studio.pick('lucy-pro-v2v')
  const network = await context.newCDPSession(page)
  await network.send('Network.enable')
  const slow = { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: 4 * MEGABYTE }
  await network.send('Network.emulateNetworkConditions', slow)
  const begun: string[] = []
  const offsets: number[] = []
  page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().endsWith('/v1/uploads')) begun.push(request.url())
    if (request.method() === 'PATCH') offsets.push(Number(request.headers()['upload-offset']))
  })
  // Chosen, not dropped: the browser reads it from disk, where a drop of a test carries all of it in letters.
  await studio.make.getByLabel('Video file').setInputFiles(path)
  const share = studio.make.getByText(/^[1-9]\d* % of 50 MB$/)
  await expect(studio.make.getByText('Uploading large.mp4')).toBeVisible()
  await expect(share).toBeVisible()
  await server.kill()
  await expect(studio.make.getByText('Waiting for the server: large.mp4')).toBeVisible()
  await expect(share).toBeVisible()
  await server.start()
  await network.send('Network.emulateNetworkConditions', { ...slow, uploadThroughput: -1 })
  await expect(studio.make.getByText(/640 × 360 · 1\.0 s/)).toBeVisible()
  expect(begun).toHaveLength(1)
  const first = offsets.filter((at) => at === 0)
  expect(first).toHaveLength(1)
  expect(offsets.length).toBeLessThanOrEqual(Math.ceil((48 * MEGABYTE) / (8 * MEGABYTE)) + 2)
})
