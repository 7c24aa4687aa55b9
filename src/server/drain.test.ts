import { once } from 'node:events'
import { mkdtempSync, readdirSync, statSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { errorBodySchema, readySchema, submittedSchema } from '../shared/routes.ts'
import { CLIP } from './testing/clip.ts'
import { killAll, launch, type Launched } from './testing/launch.ts'
import { BOUNDARY, rawForm } from './testing/raw-form.ts'
import { formOf } from './testing/serve.ts'

afterEach(killAll)

const newFolder = (): string => mkdtempSync(join(tmpdir(), 'rushes-'))

/** Resolves with the exit code, and how many milliseconds it took from now. */
const ended = async ({ child }: Launched): Promise<{ code: number | null; ms: number }> => {
  const begin = performance.now()
  const [code] = await once(child, 'exit')
  return { code: typeof code === 'number' ? code : null, ms: performance.now() - begin }
}

/** The sizes of the files in a folder. */
const sizesIn = (folder: string): number[] => readdirSync(folder).map((name) => statSync(join(folder, name)).size)

const ready = async (url: string) => {
  const answer = await fetch(`${url}/v1/ready`)
  return {
    status: answer.status,
    retryAfter: answer.headers.get('retry-after'),
    ...readySchema.parse(await answer.json()),
  }
}

/** An upload of which half has come: its answer is under way until the rest is sent. */
const halfAnUpload = async (url: string) => {
  const body = rawForm([{ name: 'file', filename: 'a.mp4', content: CLIP }])
  const headers = {
    'content-type': `multipart/form-data; boundary=${BOUNDARY}`,
    'content-length': body.length,
  }
  const sending = request(`${url}/v1/files`, { method: 'POST', headers })
  const answered = once(sending, 'response').then(async ([answer]) => ({
    status: answer.statusCode,
    connection: answer.headers.connection,
    body: await text(answer),
  }))
  answered.catch(() => undefined)
  const half = body.length >> 1
  await new Promise<void>((resolve) => sending.write(body.subarray(0, half), () => resolve()))
  return { answered, sendRest: () => sending.end(body.subarray(half)) }
}

describe('a server that gets SIGTERM', () => {
  it('ends at once where nothing is under way, event streams with it', async () => {
    const server = await launch(newFolder())
    const events = await fetch(`${server.url}/v1/events`)
    const heard = events.text()
    const end = ended(server)
    server.child.kill('SIGTERM')
    // Its stream comes to a proper end: nothing broke.
    expect(await heard).toContain('retry: 1000')
    const { code, ms } = await end
    expect(code).toBe(0)
    expect(ms).toBeLessThan(3000)
  })

  it('is not ready any more, takes nothing new, and sees through what is under way', async () => {
    // As much as it takes: other tests run beside.
    const server = await launch(newFolder(), { TEST_DRAIN_MS: '60000' })
    const { url } = server
    expect(await ready(url)).toMatchObject({ status: 200, ready: true })
    const upload = await halfAnUpload(url)
    const end = ended(server)
    server.child.kill('SIGTERM')
    await vi.waitFor(async () => expect((await ready(url)).status).toBe(503))
    expect(await ready(url)).toMatchObject({
      ready: false,
      retryAfter: '5',
      checks: expect.arrayContaining([
        { name: 'index', ok: true, why: null },
        { name: 'stopping', ok: false, why: 'The server is stopping.' },
      ]),
    })
    expect((await fetch(`${url}/v1/health`)).status).toBe(200)
    for (const path of [
      '/v1/jobs/lucy-pro-t2i',
      '/v1/generate/lucy-pro-t2i',
      '/api/decart/v1/jobs/lucy-pro-t2i',
      '/v1/files',
      '/v1/uploads',
    ]) {
      const refused = await fetch(`${url}${path}`, { method: 'POST', body: formOf({ prompt: 'a pond' }) })
      expect([path, refused.status, refused.headers.get('retry-after')]).toEqual([path, 503, '5'])
      expect(errorBodySchema.parse(await refused.json())).toEqual({
        code: 'UNAVAILABLE',
        detail: 'This server is stopping. Nothing was taken; send it again in a few seconds.',
      })
    }
    upload.sendRest()
    expect(await upload.answered).toMatchObject({ status: 200, body: expect.stringContaining('file_') })
    expect((await end).code).toBe(0)
  })

  it('tells who waits for a long render where it goes on, and goes on there', async () => {
    const folder = newFolder()
    const first = await launch(folder, { TEST_DRAIN_MS: '300' })
    const generated = fetch(`${first.url}/v1/generate/lucy-pro-t2v`, {
      method: 'POST',
      body: formOf({ prompt: 'a city by night' }),
    })
    const waiting = submittedSchema.parse(
      await (await first.submit('lucy-pro-t2i', { prompt: 'a pond', resolution: '480p' })).json(),
    ).job_id
    await vi.waitFor(async () =>
      expect(await (await fetch(`${first.url}/v1/queue`)).json()).toMatchObject({ running: [{}], waiting: [{}] }),
    )
    const end = ended(first)
    first.child.kill('SIGTERM')
    const answer = await generated
    const { detail, code } = errorBodySchema.parse(await answer.json())
    expect([answer.status, code]).toEqual([503, 'UNAVAILABLE'])
    const [id = ''] = /job_[0-9a-f]+/.exec(String(detail)) ?? []
    const outcome = await end
    expect(outcome.code).toBe(0)
    // Half a second for last words, and the rest for what runs beside this test.
    expect(outcome.ms).toBeLessThan(8000)

    const second = await launch(folder)
    expect((await second.finished(waiting)).status).toBe('completed')
    await second.until(id, (job) => job.status === 'processing')
    expect((await second.job(id)).status).not.toBe('failed')
  })

  it('loses no upload that it had not looked at yet', async () => {
    const folder = newFolder()
    const first = await launch(folder, { TEST_DRAIN_MS: '0' })
    const created = await fetch(`${first.url}/v1/uploads`, {
      method: 'POST',
      headers: { 'upload-length': String(CLIP.length), 'tus-resumable': '1.0.0' },
    })
    const path = created.headers.get('location') ?? ''
    const send = (url: string, offset: number) =>
      fetch(`${url}${path}`, {
        method: 'PATCH',
        headers: { 'content-type': 'application/offset+octet-stream', 'upload-offset': String(offset) },
        body: new Uint8Array(CLIP.subarray(offset)),
      })
    const end = ended(first)
    const sent = send(first.url, 0)
    // Its bytes are all there; looking into them has just begun.
    await vi.waitFor(() => expect(sizesIn(join(folder, 'rushes-uploads'))).toContain(CLIP.length), { interval: 1 })
    first.child.kill('SIGTERM')
    const outcome = await sent.then(
      ({ status }) => status,
      () => 'cut off',
    )
    // Or it was quicker than the signal.
    expect([503, 'cut off', 200]).toContain(outcome)
    expect((await end).code).toBe(0)
    const second = await launch(folder)
    expect(await (await send(second.url, CLIP.length)).json()).toMatchObject({ file: { size_bytes: CLIP.length } })
  })

  it('ends when it is told again, whatever is under way', async () => {
    const server = await launch(newFolder())
    const upload = await halfAnUpload(server.url)
    const end = ended(server)
    const timer = setInterval(() => server.child.kill('SIGTERM'), 100)
    const { code, ms } = await end
    clearInterval(timer)
    expect(code).toBe(1)
    expect(ms).toBeLessThan(3000)
    await expect(upload.answered).rejects.toThrow()
  })
})
