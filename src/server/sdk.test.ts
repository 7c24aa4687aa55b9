import { createDecartClient, models } from '@decartai/sdk'
import { openAsBlob } from 'node:fs'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { inspectClip, makeClip } from '../engine/testing/clips.ts'
import { serve, type Served } from './testing/serve.ts'

// Decart's own SDK, as it comes from npm, against this server.
let server: Served
let folder: string
let clip: Blob
let picture: Blob

beforeAll(async () => {
  server = await serve()
  folder = await mkdtemp(join(tmpdir(), 'rushes-'))
  clip = await openAsBlob(await makeClip(join(folder, 'clip.mp4'), { seconds: 1, fps: 20 }))
  const pixels = await sharp({ create: { width: 160, height: 90, channels: 3, background: '#80a020' } })
    .png()
    .toBuffer()
  picture = new Blob([new Uint8Array(pixels)])
})
afterAll(() => server.close())

const client = () => createDecartClient({ apiKey: 'any key will do', baseUrl: server.url })

const facts = async (result: Blob) => {
  const path = join(folder, 'result.mp4')
  await writeFile(path, Buffer.from(await result.arrayBuffer()))
  return inspectClip(path)
}

it('processes an image', async () => {
  const result = await client().process({
    model: models.image('lucy-image-2'),
    prompt: 'Oil painting style',
    data: picture,
    resolution: '480p',
    seed: 5,
  })
  const decoded = await sharp(Buffer.from(await result.arrayBuffer())).metadata()
  expect(decoded).toMatchObject({ format: 'png', width: 842, height: 474 })
})

it.each(['lucy-clip', 'lucy-pro-v2v', 'lucy-2.5', 'lucy-latest'] as const)('queues a video for %s', async (name) => {
  const words: string[] = []
  const result = await client().queue.submitAndPoll({
    model: models.video(name),
    prompt: 'watercolour',
    data: clip,
    onStatusChange: ({ status }) => words.push(status),
  })
  if (result.status !== 'completed') throw new Error(`it ${result.status}`)
  expect(await facts(result.data)).toMatchObject({
    codec: 'h264',
    pix_fmt: 'yuv420p',
    width: 1280,
    height: 720,
    fps: 20,
  })
  expect(new Set(words)).toEqual(new Set([...words].filter((word) => /^(pending|processing|completed)$/.test(word))))
})

it('reaches the same through the proxy address', async () => {
  const proxied = createDecartClient({ proxy: `${server.url}/api/decart` })
  const job = await proxied.queue.submit({
    model: models.video('lucy-restyle-2'),
    data: clip,
    reference_image: picture,
  })
  const finished = await server.finished(job.job_id)
  expect(finished.status).toBe('completed')
  expect((await proxied.queue.status(job.job_id)).status).toBe('completed')
  expect((await facts(await proxied.queue.result(job.job_id))).codec).toBe('h264')
})

it('uploads a file once', async () => {
  const file = await client().files.upload(new File([picture], 'a.png'))
  expect(await client().files.get(file.id)).toMatchObject({ id: file.id, filename: 'a.png', mime_type: 'image/png' })
  await client().files.delete(file.id)
  await expect(client().files.get(file.id)).rejects.toThrow(/404/)
})

it('is told of its mistakes', async () => {
  const data = new Blob(['no video'])
  await expect(client().queue.submit({ model: models.video('lucy-clip'), prompt: 'a', data })).rejects.toThrow(
    /415 - data: This is not an image or a video/,
  )
})
