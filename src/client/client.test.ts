import { afterEach, describe, expect, it } from 'vitest'
import { CLIP } from '../server/testing/clip.ts'
import { startDecartServer } from '../server/testing/decart-server.ts'
import { createDecartClient, models } from './index.ts'
import { formOfRequest, json, quickClient, startServer } from './testing/server.ts'

const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')
const MP4 = Buffer.from('000000206674797069736f6d0000020069736f6d', 'hex')
const ID = `file_${'a'.repeat(32)}`

let close = () => Promise.resolve()
afterEach(() => close())

/** A server whose one job goes through the given statuses, then gives that content. */
const jobServer = async (
  statuses: unknown[] = [{ job_id: 'j1', status: 'completed' }],
  content: { body: Buffer; type: string } = { body: MP4, type: 'video/mp4' },
) => {
  let looks = 0
  const server = await startServer(({ method, url }, response) => {
    if (method === 'POST') json(response, { job_id: 'j1', status: 'pending' })
    else if (url.endsWith('/content'))
      response.writeHead(200, content.type ? { 'content-type': content.type } : {}).end(content.body)
    else json(response, statuses[Math.min(looks++, statuses.length - 1)])
  })
  close = server.close
  return server
}

describe('process', () => {
  it('submits, polls and fetches', async () => {
    const server = await jobServer([
      { job_id: 'j1', status: 'pending' },
      { job_id: 'j1', status: 'a word of tomorrow' },
      { job_id: 'j1', status: 'completed' },
    ])
    const client = quickClient(server.url, 'k-1')
    const blob = await client.process({
      model: models.video('lucy-pro-i2v'),
      prompt: '  wind  ',
      data: new File([PNG], 'photo.png', { type: 'image/png' }),
      seed: 7,
    })
    expect([blob.type, Buffer.from(await blob.arrayBuffer())]).toEqual(['video/mp4', MP4])
    expect(server.seen.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'POST /v1/jobs/lucy-pro-i2v',
      ...Array.from({ length: 3 }, () => 'GET /v1/jobs/j1'),
      'GET /v1/jobs/j1/content',
    ])
    expect(server.seen.every(({ headers }) => headers['x-api-key'] === 'k-1')).toBe(true)
    const form = await formOfRequest(server.seen[0])
    expect([form.get('prompt'), form.get('seed'), [...form.keys()].sort()]).toEqual([
      'wind',
      '7',
      ['data', 'prompt', 'seed'],
    ])
    const file = form.get('data') as File
    expect([file.name, file.type, Buffer.from(await file.arrayBuffer())]).toEqual(['photo.png', 'image/png', PNG])
  })

  it('sends a trajectory as JSON, and none that is wrong', async () => {
    const server = await jobServer()
    const client = quickClient(server.url)
    const trajectory = [
      { frame: 0, x: 0.2, y: 0.5 },
      { frame: 124, x: 0.8, y: 0.25 },
    ]
    const order = { model: models.video('lucy-motion'), data: ID }
    await client.queue.submit({ ...order, trajectory })
    const form = await formOfRequest(server.seen[0])
    expect(form.get('trajectory')).toBe(JSON.stringify(trajectory))
    await expect(client.queue.submit({ ...order, trajectory: trajectory.slice(1) })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      message: 'Invalid inputs for lucy-motion: trajectory needs at least 2 points',
    })
    expect(server.seen).toHaveLength(1)
  })

  it('sends to the name that was asked for, below a base with or without a slash or a path', async () => {
    const server = await jobServer()
    const data = ID
    for (const base of ['', '/', '/api/decart', '/api/decart/'])
      await quickClient(server.url + base).queue.submit({ model: models.video('lucy-latest'), data })
    expect(server.seen.map(({ url }) => url)).toEqual([
      '/v1/jobs/lucy-latest',
      '/v1/jobs/lucy-latest',
      '/api/decart/v1/jobs/lucy-latest',
      '/api/decart/v1/jobs/lucy-latest',
    ])
  })

  it('leaves a relative base to the fetch that it is given', async () => {
    const asked: string[] = []
    const client = createDecartClient({
      baseUrl: '/api/decart/',
      fetch: async (input) => {
        asked.push(input)
        return Response.json({ job_id: 'j', status: 'pending' })
      },
    })
    await client.queue.submit({ model: models.image('lucy-pro-t2i'), prompt: 'a' })
    expect(asked).toEqual(['/api/decart/v1/jobs/lucy-pro-t2i'])
  })

  it.each([
    ['a Blob', new Blob([PNG])],
    ['an ArrayBuffer', new Uint8Array(PNG).buffer],
    ['a view into more bytes', new Uint8Array([0, ...PNG, 0]).subarray(1, -1)],
    ['shared memory', new Uint8Array(new SharedArrayBuffer(PNG.length)).fill(1)],
    ['a stream', new Blob([PNG.subarray(0, 5), PNG.subarray(5)]).stream() as ReadableStream<Uint8Array>],
  ])('takes %s as a file', async (what, data) => {
    const server = await jobServer()
    await quickClient(server.url).queue.submit({ model: models.image('lucy-pro-i2i'), prompt: 'a', data })
    const sent = (await formOfRequest(server.seen[0])).get('data') as File
    const bytes = what === 'shared memory' ? Buffer.alloc(PNG.length, 1) : PNG
    expect(Buffer.from(await sent.arrayBuffer())).toEqual(bytes)
  })

  it.each([
    ['a URL', new URL('https://a.b/c.png'), 'https://a.b/c.png'],
    ['a URL in words', 'https://a.b/c.png', 'https://a.b/c.png'],
    ['a file id', ID, ID],
  ])('sends %s as text', async (_, data, text) => {
    const server = await jobServer()
    const nothing = null as unknown as undefined
    await quickClient(server.url).queue.submit({
      model: models.image('lucy-pro-i2i'),
      prompt: 'a',
      data,
      seed: undefined,
      resolution: nothing,
      enhance_prompt: false,
    })
    expect(Object.fromEntries(await formOfRequest(server.seen[0]))).toEqual({
      prompt: 'a',
      data: text,
      enhance_prompt: 'false',
    })
  })

  it.each([
    ['image/png', PNG, 'image/png'],
    ['application/octet-stream', PNG, 'image/png'],
    ['', MP4, 'video/mp4'],
  ])('types a result declared as %o', async (type, body, expected) => {
    const server = await jobServer(undefined, { body, type })
    const blob = await quickClient(server.url).queue.result('j1')
    expect([blob.type, blob.size]).toEqual([expected, body.length])
  })
})

describe("against Decart's cloud", () => {
  const cloud = async () => {
    const server = await startDecartServer({ apiKey: 'k', result: () => CLIP })
    close = server.close
    return server
  }

  it('makes a video as a job', async () => {
    const server = await cloud()
    const order = { model: models.video('lucy-latest'), data: new Blob([new Uint8Array(CLIP)]), seed: 3 }
    const blob = await quickClient(server.url, 'k').process(order)
    expect([blob.type, Buffer.from(await blob.arrayBuffer()), server.billed()]).toEqual(['video/mp4', CLIP, 1])
  })

  it('gives its complaints by field, and a wrong key as such', async () => {
    const server = await cloud()
    const order = { model: models.video('lucy-2.1'), data: 'https://a.b/c.mp4' }
    const refused = { code: 'INVALID_INPUT', fields: { data: expect.stringContaining('UploadFile') }, status: 422 }
    await expect(quickClient(server.url, 'k').process(order)).rejects.toMatchObject(refused)
    await expect(quickClient(server.url, 'x').process(order)).rejects.toMatchObject({ code: 'INVALID_API_KEY' })
    expect(server.billed()).toBe(0)
  })
})

describe('queue', () => {
  const completed = {
    job_id: 'j1',
    status: 'completed',
    model: 'lucy-2.1',
    requested_model: 'lucy-latest',
    idempotency_key: null,
    renderer: 'local',
    owner: null,
    inputs: { data: ID },
    seed: 3,
    starred: false,
    warnings: [],
    name: null,
    batch_id: null,
    batch_position: null,
    batch_size: null,
    batch_label: null,
    sources: {},
    shelves: [],
    deleted_at: null,
    engine: null,
    estimate: null,
    billed: null,
    created_at: '2026-08-01T00:00:00Z',
    started_at: '2026-08-01T00:00:01Z',
    finished_at: '2026-08-01T00:00:02Z',
    queue_position: null,
    progress: 1,
    output: { mime_type: 'video/mp4', width: 2, height: 2, duration: 1, fps: 25, bytes: 9, filename: 'a.mp4' },
    error: null,
  }
  const failed = {
    ...completed,
    status: 'failed',
    progress: null,
    output: null,
    error: { code: 'CANCELLED', message: 'Cancelled', billed: 'maybe', resumable: false },
  }

  it('gives all that Rushes tells of a job, and as much as the cloud does', async () => {
    const server = await jobServer([
      completed,
      { job_id: 'j1', status: 'processing', more: 1 },
      { job_id: 'j1', status: 'a word of tomorrow' },
    ])
    const { queue } = quickClient(server.url)
    const job = await queue.status('j1')
    expect(job).toEqual(completed)
    if (job.model !== undefined && job.status === 'completed') expect(job.output.filename).toBe('a.mp4')
    expect(await queue.status('j1')).toEqual({ job_id: 'j1', status: 'processing' })
    expect(await queue.status('j1')).toEqual({ job_id: 'j1', status: 'processing' })
  })

  it('tells each change once', async () => {
    const processing = { job_id: 'j1', status: 'processing' }
    const server = await jobServer([processing, processing, processing, completed])
    const told: string[] = []
    const result = await quickClient(server.url).queue.submitAndPoll({
      model: models.video('lucy-latest'),
      data: ID,
      onStatusChange: ({ status }) => told.push(status),
    })
    expect(told).toEqual(['pending', 'processing', 'completed'])
    expect(result).toMatchObject({ status: 'completed', job_id: 'j1', data: { size: MP4.length } })
  })

  it.each([
    [failed, { code: 'CANCELLED', error: 'Cancelled', billed: 'maybe', resumable: false }],
    [
      { job_id: 'j1', status: 'failed' },
      { code: 'PROCESSING_ERROR', error: 'The job failed' },
    ],
    [
      { job_id: 'j1', status: 'failed', error: 'NSFW' },
      { code: 'PROCESSING_ERROR', error: 'NSFW' },
    ],
  ])('makes a result of a failed job, and process an error', async (job, failure) => {
    const server = await jobServer([job])
    const client = quickClient(server.url)
    const options = { model: models.video('lucy-pro-t2v'), prompt: 'a' }
    expect(await client.queue.submitAndPoll(options)).toEqual({ status: 'failed', job_id: 'j1', ...failure })
    const { code, error: message, billed } = { billed: undefined, ...failure }
    await expect(client.process(options)).rejects.toMatchObject({ name: 'DecartSDKError', code, message, billed })
    expect(server.seen.filter(({ url }) => url.endsWith('/content'))).toEqual([])
  })

  it('names the order and the renderer in headers', async () => {
    const server = await jobServer()
    const { queue } = quickClient(server.url)
    const order = { model: models.video('lucy-pro-t2v'), prompt: 'a' }
    await queue.submit({ ...order, idempotencyKey: 'mine', renderer: 'local' })
    await queue.submit(order)
    await queue.submit(order)
    const keys = server.seen.map(({ headers }) => headers['idempotency-key'])
    expect(keys[0]).toBe('mine')
    expect(keys[1]).toMatch(/^[0-9a-f]{32}$/)
    expect(keys[2]).not.toBe(keys[1])
    expect(server.seen.map(({ headers }) => headers['x-renderer'])).toEqual(['local', undefined, undefined])
  })

  it('cancels', async () => {
    const server = await jobServer()
    await quickClient(server.url).queue.cancel('j/1')
    expect(server.seen).toMatchObject([{ method: 'DELETE', url: '/v1/jobs/j%2F1' }])
  })
})

describe('files', () => {
  const file = {
    id: ID,
    filename: 'a.png',
    mime_type: 'image/png',
    size_bytes: 16,
    created_at: '2026-08-01T00:00:00Z',
    expires_at: null,
    job_id: null,
  }

  it('uploads, imports, looks up and deletes', async () => {
    const server = await startServer(({ method }, response) =>
      method === 'DELETE' ? response.writeHead(204).end() : json(response, file),
    )
    close = server.close
    const { files } = quickClient(server.url, 'k')
    expect(await files.upload(new File([PNG], 'a.png'), { ttlSeconds: 60 })).toEqual(file)
    expect(await files.importUrl('https://a.b/c.png')).toEqual(file)
    expect(await files.get(ID)).toEqual(file)
    expect(await files.delete(ID)).toBeUndefined()
    const [upload, imported, ...rest] = server.seen
    const form = await formOfRequest(upload)
    expect([(form.get('file') as File).name, form.get('ttl_seconds')]).toEqual(['a.png', '60'])
    expect([imported?.headers['content-type'], imported?.body.toString()]).toEqual([
      'application/json',
      '{"url":"https://a.b/c.png"}',
    ])
    expect(rest.map(({ method, url }) => `${method} ${url}`)).toEqual([`GET /v1/files/${ID}`, `DELETE /v1/files/${ID}`])
  })

  it('refuses a lifetime that no server takes', async () => {
    const upload = quickClient('http://127.0.0.1:1').files.upload(new Blob(['a']), { ttlSeconds: 59 })
    await expect(upload).rejects.toMatchObject({ code: 'INVALID_INPUT', fields: { ttlSeconds: expect.any(String) } })
  })
})
