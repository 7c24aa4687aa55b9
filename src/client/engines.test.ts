import { afterEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { modelFromData } from '../shared/models/from-fields.ts'
import { engineOf, models } from './index.ts'
import { formOfRequest, json, quickClient, startServer } from './testing/server.ts'

const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')
const ENGINE = { name: 'Wan 2.2 5B', version: 'fp16' }

let close = () => Promise.resolve()
afterEach(() => close())

const JOB = {
  job_id: 'j1',
  model: 'workflow-lake',
  requested_model: 'workflow-lake',
  idempotency_key: null,
  renderer: 'comfyui',
  inputs: {},
  seed: 3,
  created_at: '2026-11-29T00:00:00Z',
  started_at: '2026-11-29T00:00:01Z',
  queue_position: null,
  engine: ENGINE,
}
const running = (progress: number | null) => ({
  ...JOB,
  status: 'processing',
  phase: 'rendering',
  progress,
  finished_at: null,
  output: null,
  error: null,
})
const OUTPUT = { mime_type: 'image/png', width: 2, height: 2, duration: null, fps: null, bytes: 16, filename: 'a.png' }
const COMPLETED = {
  ...running(1),
  status: 'completed',
  finished_at: '2026-11-29T00:00:02Z',
  output: { ...OUTPUT, engine: ENGINE },
}

/** A server whose one job goes through these looks. */
const jobServer = async (looks: readonly unknown[]) => {
  let look = 0
  const server = await startServer(({ method, url }, response) => {
    if (method === 'POST') json(response, { job_id: 'j1', status: 'pending' })
    else if (url.endsWith('/content')) response.writeHead(200, { 'content-type': 'image/png' }).end(PNG)
    else json(response, looks[Math.min(look++, looks.length - 1)])
  })
  close = server.close
  return server
}

describe('progress', () => {
  it('is told as it changes, and at the end with what ran', async () => {
    const server = await jobServer([running(null), running(0.5), running(0.5), running(1), COMPLETED])
    const told: unknown[] = []
    const result = await quickClient(server.url).queue.submitAndPoll({
      model: models.video('lucy-pro-t2v'),
      prompt: 'a',
      renderer: 'comfyui',
      onProgress: (progress, job) => told.push([progress, job.status, engineOf(job)?.name]),
    })
    expect(told).toEqual([
      [null, 'processing', 'Wan 2.2 5B'],
      [0.5, 'processing', 'Wan 2.2 5B'],
      [1, 'processing', 'Wan 2.2 5B'],
      [1, 'completed', 'Wan 2.2 5B'],
    ])
    expect(result).toMatchObject({ status: 'completed', engine: ENGINE, job: { renderer: 'comfyui' } })
    expect(server.seen[0]?.headers['x-renderer']).toBe('comfyui')
  })

  it('is null where the server tells none, as Decart’s cloud', async () => {
    const server = await jobServer([
      { job_id: 'j1', status: 'processing' },
      { job_id: 'j1', status: 'completed' },
    ])
    const told: unknown[] = []
    const client = quickClient(server.url)
    const order = { model: models.video('lucy-pro-t2v'), prompt: 'a' }
    await client.process({ ...order, onProgress: (progress, job) => told.push([progress, job.status]) })
    expect(told).toEqual([
      [null, 'processing'],
      [null, 'completed'],
    ])
    expect(await client.queue.submitAndPoll(order)).toMatchObject({ status: 'completed', engine: null })
  })
})

describe('a model that the registry does not have', () => {
  it('is sent with its inputs as they are', async () => {
    const server = await jobServer([COMPLETED])
    const { queue } = quickClient(server.url)
    const mask = new File([PNG], 'mask.png', { type: 'image/png' })
    await queue.submit({
      model: models.custom('acme-next'),
      prompt: ' a ',
      strength: 0.7,
      tags: ['x', 'y'],
      options: { loop: true },
      source: new URL('https://a.b/c.mp4'),
      mask,
      nothing: undefined,
    })
    expect(server.seen[0]?.url).toBe('/v1/jobs/acme-next')
    const { mask: sent, ...texts } = Object.fromEntries(await formOfRequest(server.seen[0]))
    expect(texts).toEqual({
      prompt: ' a ',
      strength: '0.7',
      tags: '["x","y"]',
      options: '{"loop":true}',
      source: 'https://a.b/c.mp4',
    })
    expect(sent instanceof File && sent.name).toBe('mask.png')
  })

  it('is checked by a schema of the caller’s, before a byte is sent', async () => {
    const server = await jobServer([COMPLETED])
    const inputSchema = z.object({ prompt: z.string().min(1), data: z.instanceof(Blob) })
    const model = models.custom('acme-next', { kind: 'image', fps: 12, inputSchema })
    expect(model).toMatchObject({ name: 'acme-next', id: 'acme-next', kind: 'image', fps: 12 })
    const missing: Record<string, unknown> = { prompt: 'a' }
    // @ts-expect-error data is required
    const asked = quickClient(server.url).queue.submit({ model, ...missing })
    await expect(asked).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      fields: { data: expect.any(String) },
    })
    expect(server.seen).toEqual([])
  })

  it('is checked as the program has it', async () => {
    const server = await jobServer([COMPLETED])
    const about = { title: 'Guidance', description: '', required: true, advanced: false }
    const model = modelFromData({
      id: 'workflow-lake',
      title: 'Lake',
      description: '',
      kind: 'video',
      task: 'custom',
      fps: 24,
      width: 832,
      height: 480,
      fields: [{ ...about, control: 'number', name: 'cfg', min: 0, max: 20, step: 0.5 }],
    })
    const { queue } = quickClient(server.url)
    await queue.submit({ model: models.of(model), cfg: 3.5 })
    expect((await formOfRequest(server.seen[0])).get('cfg')).toBe('3.5')
    await expect(queue.submit({ model: models.of(model), cfg: 21 })).rejects.toMatchObject({
      message: 'Invalid inputs for workflow-lake: cfg must be at most 20',
    })
  })
})

describe('renderers', () => {
  const offer = {
    ready: true,
    engine: { name: 'Wan 2.2 5B', licence: 'Apache-2.0' },
    reason: null,
    missing: [],
    resolutions: ['480p', '720p'],
    seconds: 5,
    fps: 24,
    free: true,
    price: null,
    limits: [],
  }
  const renderer = {
    name: 'comfyui',
    title: 'ComfyUI',
    state: 'ready',
    note: 'render-box is ready.',
    where: 'your network',
    chosen_only: false,
    checked_at: null,
    models: { 'lucy-pro-t2v': offer },
    servers: [],
  }

  it('are listed, each with what it makes of a model', async () => {
    const server = await startServer((_seen, response) => json(response, { renderers: [{ ...renderer, newer: 1 }] }))
    close = server.close
    expect(await quickClient(server.url, 'k').renderers.list()).toEqual([renderer])
    expect(server.seen).toMatchObject([{ method: 'GET', url: '/v1/renderers' }])
  })

  it('are none where the server is no Rushes', async () => {
    const server = await startServer((_seen, response) => json(response, { detail: 'Not Found' }, 404))
    close = server.close
    const { renderers } = quickClient(server.url)
    await expect(renderers.list()).rejects.toMatchObject({ code: 'NOT_FOUND', status: 404 })
    await expect(renderers.list({ signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow('enough')
  })
})
