import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { readdir, readFile, truncate } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { makeClip } from '../engine/testing/clips.ts'
import { openScratch } from '../engine/testing/scratch.ts'
import { fileResourceSchema } from '../shared/media.ts'
import { errorBodySchema, routes, submittedSchema } from '../shared/routes.ts'
import { serve, type Served } from './testing/serve.ts'

let scratch: Awaited<ReturnType<typeof openScratch>>
let server: Served
beforeAll(async () => {
  scratch = await openScratch()
  server = await serve()
})
afterAll(async () => {
  await server.close()
  await scratch.remove()
})

const get = (path: string) => fetch(`${server.url}${path}`)

/** Uploads a clip of so many seconds, small enough to be made quickly. */
const upload = async (seconds: number) => {
  const path = await makeClip(scratch.at(`${seconds}.mp4`), { seconds, width: 64, height: 36, fps: 10 })
  const answer = await server.upload(new Blob([await readFile(path)], { type: 'video/mp4' }), `${seconds}.mp4`)
  return fileResourceSchema.parse(await answer.json())
}

/** What the bytes of an upload are kept under. */
const hashOf = (name: string): string =>
  createHash('sha256')
    .update(readFileSync(scratch.at(name)))
    .digest('hex')
    .slice(0, 32)

/** Asks until it is there. */
const untilMade = (path: string): Promise<Response> =>
  vi.waitFor(
    async () => {
      const answer = await get(path)
      expect(answer.status).toBe(200)
      return answer
    },
    { timeout: 60_000, interval: 100 },
  )

it('is made of a long clip when it is asked for, and answers 202 until then', async () => {
  const { id } = await upload(7)
  // To ask whether it is there is no reason to make it.
  const asked = await fetch(`${server.url}${routes.fileProxy(id)}`, { method: 'HEAD' })
  expect([asked.status, await readdir(join(server.dataDir, 'proxies'))]).toEqual([202, []])
  const first = await get(routes.fileProxy(id))
  expect([first.status, first.headers.get('retry-after')]).toEqual([202, '10'])
  const made = await untilMade(routes.fileProxy(id))
  expect(made.headers.get('content-type')).toBe('video/mp4')
  expect(
    Buffer.from(await made.arrayBuffer())
      .subarray(4, 8)
      .toString('latin1'),
  ).toBe('ftyp')
})

it('is made before anybody asks of a long clip that a take was made from', async () => {
  const source = await upload(8)
  const answer = await server.submit('lucy-pro-v2v', { prompt: 'vivid', data: source.id, resolution: '480p' })
  const { job_id } = submittedSchema.parse(await answer.json())
  expect((await server.finished(job_id)).status).toBe('completed')
  const path = join(server.dataDir, 'proxies', `file_${hashOf('8.mp4')}.mp4`)
  await vi.waitFor(() => expect(existsSync(path)).toBe(true), { timeout: 60_000, interval: 100 })
  expect((await get(routes.fileProxy(source.id))).status).toBe(200)
})

it('is none of a short clip, of a picture, or of what is not there', async () => {
  const { id } = await upload(2)
  const short = await get(routes.fileProxy(id))
  expect([short.status, errorBodySchema.parse(await short.json()).detail]).toEqual([
    415,
    'Only clips of some length have a proxy: this one is shown as it is.',
  ])
  expect((await get(routes.fileProxy('file_none'))).status).toBe(404)
  expect((await get(routes.jobProxy('job_none'))).status).toBe(404)
  const answer = await server.submit('lucy-pro-t2i', { prompt: 'A lake', resolution: '480p' })
  const { job_id } = submittedSchema.parse(await answer.json())
  await server.finished(job_id)
  expect((await get(routes.jobProxy(job_id))).status).toBe(415)
})

it('is refused from then on where it cannot be made', async () => {
  const { id } = await upload(9)
  // All but its beginning is gone, as by a damaged disk.
  await truncate(join(server.dataDir, 'media', `${hashOf('9.mp4')}.mp4`), 40)
  expect((await get(routes.fileProxy(id))).status).toBe(202)
  const refused = await vi.waitFor(
    async () => {
      const again = await get(routes.fileProxy(id))
      expect(again.status).not.toBe(202)
      return again
    },
    { timeout: 60_000, interval: 100 },
  )
  expect([refused.status, errorBodySchema.parse(await refused.json()).detail]).toEqual([
    415,
    'No proxy can be made of this clip. It is shown without one.',
  ])
  expect(existsSync(join(server.dataDir, 'proxies', `file_${hashOf('9.mp4')}.mp4`))).toBe(false)
})
