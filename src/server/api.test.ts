import { openAsBlob } from 'node:fs'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { inspectClip, makeClip } from '../engine/testing/clips.ts'
import { jobPageSchema, jobSchema } from '../shared/job.ts'
import { fileResourceSchema } from '../shared/media.ts'
import { registry } from '../shared/models/index.ts'
import { healthSchema, submittedSchema } from '../shared/routes.ts'
import { formOf, serve, type Served } from './testing/serve.ts'

let server: Served
let picture: Blob
let clip: Blob
beforeAll(async () => {
  server = await serve()
  const folder = await mkdtemp(join(tmpdir(), 'rushes-'))
  const pixels = await sharp({ create: { width: 320, height: 240, channels: 3, background: '#c06030' } })
    .png()
    .toBuffer()
  picture = new Blob([new Uint8Array(pixels)])
  const path = join(folder, 'clip.mp4')
  await makeClip(path, { width: 320, height: 180, fps: 30, seconds: 1 })
  clip = await openAsBlob(path)
})
afterAll(() => server.close())

const get = async (path: string): Promise<unknown> => (await fetch(`${server.url}${path}`)).json()
const submitted = async (answer: Response) => submittedSchema.parse(await answer.json())

describe('what the server says of itself', () => {
  it.each(['/v1', '/api/decart/v1'])('is healthy at %s', async (prefix) => {
    const health = healthSchema.parse(await get(`${prefix}/health`))
    expect(health).toMatchObject({ default_renderer: 'local', renderers: { decart: { ready: false } } })
  })

  it('lists the models as JSON Schema, and resolves names', async () => {
    const { models } = z.object({ models: z.array(z.looseObject({ id: z.string() })) }).parse(await get('/v1/models'))
    expect(models.map(({ id }) => id)).toEqual(registry.map(({ id }) => id))
    const resolve = async (body: object) => {
      const answer = await fetch(`${server.url}/v1/models/resolve`, { method: 'POST', body: JSON.stringify(body) })
      return [answer.status, await answer.json()]
    }
    expect(await resolve({ model: 'lucy-latest' })).toEqual([200, { model_id: 'lucy-2.1', model_ids: null }])
    expect(await resolve({ models: ['lucy-pro-v2v', 'lucy-2.5'] })).toEqual([
      200,
      { model_id: null, model_ids: { 'lucy-pro-v2v': 'lucy-clip', 'lucy-2.5': 'lucy-2.5' } },
    ])
    expect(await resolve({ model: 'lucy-9' })).toMatchObject([404, {}])
    expect(await resolve({})).toMatchObject([422, {}])
  })

  it('tells what the local engine takes a prompt to say, and by which words', async () => {
    const read = async (model: string, body: object) => {
      const answer = await fetch(`${server.url}/v1/models/${model}/reading`, {
        method: 'POST',
        body: JSON.stringify(body),
      })
      return [answer.status, await answer.json()]
    }
    expect(await read('lucy-dev-v2v', { prompt: 'In watercolour, please' })).toEqual([
      200,
      { reading: expect.arrayContaining([{ part: 'Look', value: 'watercolour' }]), known: [[3, 14]] },
    ])
    expect(await read('lucy-9', { prompt: 'A lake' })).toMatchObject([404, {}])
    expect(await read('lucy-pro-t2v', {})).toMatchObject([422, {}])
  })

  it('describes every model and alias in OpenAPI', async () => {
    const { paths } = z.object({ paths: z.record(z.string(), z.unknown()) }).parse(await get('/openapi.json'))
    for (const { id, aliases } of registry)
      for (const name of [id, ...(aliases ?? [])]) {
        expect(paths).toHaveProperty([`/v1/jobs/${name}`])
        expect(paths).toHaveProperty([`/v1/generate/${name}`])
      }
  })
})

describe('a job', () => {
  it('answers at once, reports itself, and gives its media with ranges and a readable name', async () => {
    const { job_id, status } = await submitted(
      await server.submit('lucy-pro-t2i', {
        prompt: 'A lake at dusk',
        seed: '7',
        resolution: '480p',
        orientation: 'portrait',
      }),
    )
    expect(['pending', 'processing']).toContain(status)
    const job = await server.finished(job_id)
    expect(job).toMatchObject({
      status: 'completed',
      model: 'lucy-pro-t2i',
      renderer: 'local',
      seed: 7,
      inputs: { prompt: 'A lake at dusk', resolution: '480p' },
      output: { mime_type: 'image/png', width: 480, height: 832 },
    })
    const content = await fetch(`${server.url}/v1/jobs/${job_id}/content`)
    const bytes = Buffer.from(await content.arrayBuffer())
    expect(content.headers.get('content-disposition')).toContain('a-lake-at-dusk_lucy-pro-t2i_local-draft_7_')
    expect(await sharp(bytes).metadata()).toMatchObject({ format: 'png', width: 480, height: 832 })
    const part = await fetch(`${server.url}/v1/jobs/${job_id}/content`, { headers: { range: 'bytes=1-3' } })
    expect([part.status, await part.text()]).toEqual([206, 'PNG'])
    const thumbnail = await fetch(`${server.url}/v1/jobs/${job_id}/thumbnail`)
    expect(await sharp(Buffer.from(await thumbnail.arrayBuffer())).metadata()).toMatchObject({ format: 'webp' })
  })

  it('draws and records a seed when none is given', async () => {
    const ids = []
    for (let take = 0; take < 2; take++)
      ids.push((await submitted(await server.submit('lucy-pro-t2i', { prompt: 'a', resolution: '480p' }))).job_id)
    const seeds = await Promise.all(ids.map(async (id) => (await server.job(id)).seed))
    expect(seeds[0]).not.toBe(seeds[1])
    await Promise.all(ids.map(server.finished))
  })

  it('is the same for the same Idempotency-Key, also when both come at once and after it has finished', async () => {
    const send = async () =>
      (
        await submitted(
          await server.submit('lucy-pro-t2i', { prompt: 'key', resolution: '480p' }, { 'Idempotency-Key': 'k1' }),
        )
      ).job_id
    const [first, second] = await Promise.all([send(), send()])
    expect(second).toBe(first)
    await server.finished(first)
    expect(await send()).toBe(first)
    expect((await server.job(first)).idempotency_key).toBe('k1')
  })

  it('is cancelled by its id or by its key, and a finished one is not', async () => {
    const start = async (key: string) =>
      (
        await submitted(
          await server.submit('lucy-pro-t2v', { prompt: 'sea', resolution: '480p' }, { 'Idempotency-Key': key }),
        )
      ).job_id
    const [one, two] = [await start('c1'), await start('c2')]
    const cancel = (path: string) => fetch(`${server.url}${path}`, { method: 'DELETE' })
    expect(await (await cancel(`/v1/jobs/${one}`)).json()).toMatchObject({
      status: 'failed',
      error: { code: 'CANCELLED' },
    })
    expect((await cancel('/v1/jobs?idempotency_key=c2')).status).toBe(200)
    expect(await server.job(two)).toMatchObject({ status: 'failed', error: { code: 'CANCELLED', billed: 'no' } })
    expect((await cancel(`/v1/jobs/${one}`)).status).toBe(409)
    expect((await cancel('/v1/jobs?idempotency_key=none')).status).toBe(404)
    expect((await fetch(`${server.url}/v1/jobs/${one}/content`)).status).toBe(409)
  })

  it('tells of itself by events', async () => {
    const controller = new AbortController()
    const events = await fetch(`${server.url}/v1/events`, { signal: controller.signal })
    const reader = events.body?.pipeThrough(new TextDecoderStream()).getReader()
    await reader?.read()
    const { job_id } = await submitted(await server.submit('lucy-pro-t2i', { prompt: 'event', resolution: '480p' }))
    let text = ''
    while (!text.includes('"status":"completed"')) text += (await reader?.read())?.value ?? ''
    expect(text).toContain('event: job')
    expect(text).toContain(job_id)
    controller.abort()
  })

  it('is starred and unstarred once it is completed, and found by its star', async () => {
    const star = (id: string, method: string, prefix = '/v1') =>
      fetch(`${server.url}${prefix}/jobs/${id}/star`, { method })
    const { job_id } = await submitted(await server.submit('lucy-pro-t2i', { prompt: 'star', resolution: '480p' }))
    await server.finished(job_id)
    for (const prefix of ['/v1', '/api/decart/v1']) {
      const answer = await star(job_id, 'PUT', prefix)
      expect([answer.status, jobSchema.parse(await answer.json()).starred]).toEqual([200, true])
    }
    const listed = async () => jobPageSchema.parse(await get('/v1/jobs?starred=true')).jobs.map((job) => job.job_id)
    expect(await listed()).toEqual([job_id])
    expect(await (await star(job_id, 'DELETE')).json()).toMatchObject({ job_id, starred: false })
    expect((await star(job_id, 'DELETE')).status).toBe(200)
    expect(await listed()).toEqual([])
    expect((await star('job_none', 'PUT')).status).toBe(404)
    const unfinished = await submitted(await server.submit('lucy-pro-t2v', { prompt: 'no star', resolution: '480p' }))
    const refused = await star(unfinished.job_id, 'PUT')
    expect([refused.status, await refused.json()]).toMatchObject([409, { detail: expect.stringMatching(/completed/) }])
    await fetch(`${server.url}/v1/jobs/${unfinished.job_id}`, { method: 'DELETE' })
  })

  it('is listed newest first, by pages and filters', async () => {
    const page = jobPageSchema.parse(await get('/v1/jobs?limit=2'))
    expect(page.jobs).toHaveLength(2)
    const next = jobPageSchema.parse(await get(`/v1/jobs?limit=200&cursor=${page.next_cursor}`))
    const times = [...page.jobs, ...next.jobs].map((job) => job.created_at)
    expect(times).toEqual([...times].sort().reverse())
    const failed = jobPageSchema.parse(await get('/v1/jobs?status=failed&model=lucy-pro-t2v'))
    expect(failed.jobs.length).toBeGreaterThan(0)
    expect(failed.jobs.every((job) => job.status === 'failed' && job.model === 'lucy-pro-t2v')).toBe(true)
    expect((await fetch(`${server.url}/v1/jobs?limit=0`)).status).toBe(422)
  })
})

describe('generate', () => {
  const generate = (model: string, fields: Record<string, string | Blob>, signal?: AbortSignal) =>
    fetch(`${server.url}/v1/generate/${model}`, { method: 'POST', body: formOf(fields), signal: signal ?? null })

  it('answers the media in one request', async () => {
    const answer = await generate('lucy-pro-v2v', { prompt: 'noir', data: clip, resolution: '480p' })
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'video/mp4'])
    const path = join(await mkdtemp(join(tmpdir(), 'rushes-')), 'out.mp4')
    await writeFile(path, Buffer.from(await answer.arrayBuffer()))
    const facts = await inspectClip(path)
    expect(facts).toMatchObject({ codec: 'h264', width: 842, height: 474, fps: 30 })
  })

  it('ends the work when its connection closes', async () => {
    const controller = new AbortController()
    const answer = generate('lucy-pro-t2v', { prompt: 'gone away' }, controller.signal)
    const find = async () =>
      jobPageSchema.parse(await get('/v1/jobs?limit=1')).jobs.find(({ inputs }) => inputs['prompt'] === 'gone away')
    let job = await find()
    while (job?.status !== 'processing') job = await find()
    controller.abort()
    await expect(answer).rejects.toThrow()
    expect(await server.finished(job.job_id)).toMatchObject({ status: 'failed', error: { code: 'CANCELLED' } })
  })
})

describe('files', () => {
  it('have an id and a name of their own, though their bytes are the same, and are used by id', async () => {
    const file = fileResourceSchema.parse(await (await server.upload(picture, 'Sonne ☀.png')).json())
    expect(file).toMatchObject({
      filename: 'Sonne ☀.png',
      mime_type: 'image/png',
      size_bytes: picture.size,
      expires_at: null,
      media: { kind: 'image', width: 320, height: 240 },
    })
    const again = fileResourceSchema.parse(await (await server.upload(picture, 'other.png')).json())
    expect([again.id === file.id, again.filename]).toEqual([false, 'other.png'])
    expect(fileResourceSchema.parse(await get(`/v1/files/${file.id}`)).id).toBe(file.id)
    const { job_id } = await submitted(
      await server.submit('lucy-pro-i2i', { prompt: 'ink', data: file.id, resolution: '480p' }),
    )
    expect(await server.finished(job_id)).toMatchObject({ status: 'completed', output: { width: 730, height: 548 } })
    const content = await fetch(`${server.url}/v1/files/${file.id}/content`)
    expect((await content.arrayBuffer()).byteLength).toBe(picture.size)
  })

  it('that no browser plays have a preview that all do, and a thumbnail', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'rushes-'))
    const path = await makeClip(join(folder, 'phone.mov'), { codec: 'hevc', container: 'mov', rotate: 90, audio: true })
    const upload = await server.upload(await openAsBlob(path), 'phone.mov')
    const file = fileResourceSchema.parse(await upload.json())
    expect(file.media).toMatchObject({ codec: 'hevc', width: 180, height: 320 })
    const preview = await fetch(`${server.url}/v1/files/${file.id}/preview`)
    expect(preview.headers.get('content-type')).toBe('video/mp4')
    const out = join(folder, 'preview.mp4')
    await writeFile(out, Buffer.from(await preview.arrayBuffer()))
    expect(await inspectClip(out)).toMatchObject({ codec: 'h264', pix_fmt: 'yuv420p', faststart: true })
    const thumbnail = await fetch(`${server.url}/v1/files/${file.id}/thumbnail`)
    expect(thumbnail.headers.get('content-type')).toBe('image/webp')
  })

  it('take a lifetime, and can be forgotten', async () => {
    const form = formOf({ ttl_seconds: '60' })
    form.append('file', clip, 'clip.mp4')
    const answer = await fetch(`${server.url}/v1/files`, { method: 'POST', body: form })
    const file = fileResourceSchema.parse(await answer.json())
    expect(file.media).toMatchObject({ kind: 'video', width: 320, height: 180, fps: 30 })
    expect(Date.parse(file.expires_at ?? '')).toBeGreaterThan(Date.now())
    const remove = () => fetch(`${server.url}/v1/files/${file.id}`, { method: 'DELETE' })
    expect((await remove()).status).toBe(204)
    expect((await remove()).status).toBe(404)
    expect((await fetch(`${server.url}/v1/files/${file.id}`)).status).toBe(404)
  })
})
