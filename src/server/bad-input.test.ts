import { mkdtemp, readdir, readFile, symlink } from 'node:fs/promises'
import { createServer, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32, deflateSync } from 'node:zlib'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { makeClip } from '../engine/testing/clips.ts'
import { jobPageSchema } from '../shared/job.ts'
import { type ErrorBody, errorBodySchema, submittedSchema } from '../shared/routes.ts'
import { createImportUrl } from './import-url.ts'
import { formOf, serve, type Served } from './testing/serve.ts'

let server: Served
let elsewhere: Server
let elsewhereUrl: string
let folder: string
let picture: Buffer
let clip: Buffer

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rushes-'))
  picture = await sharp({ create: { width: 64, height: 64, channels: 3, background: '#123456' } })
    .png()
    .toBuffer()
  clip = await readFile(await makeClip(join(folder, 'clip.mp4'), { seconds: 1 }))
  elsewhere = createServer((incoming, response) => {
    if (incoming.url === '/picture.png') return void response.end(picture)
    if (incoming.url === '/page') return void response.writeHead(200, { 'content-type': 'text/html' }).end('<html>')
    if (incoming.url === '/cut.mp4') {
      response.writeHead(200, { 'content-length': clip.length })
      response.write(clip.subarray(0, 1000))
      return void setImmediate(() => response.destroy())
    }
    response.writeHead(404).end('no')
  })
  await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve))
  elsewhereUrl = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}`
  server = await serve({ start: { importUrl: createImportUrl({ isAllowed: () => true }) } })
})
afterAll(async () => {
  await server.close()
  elsewhere.close()
})

const blob = (bytes: Uint8Array | string) => new Blob([typeof bytes === 'string' ? bytes : new Uint8Array(bytes)])

const refusal = async (answer: Response): Promise<{ status: number } & ErrorBody> => ({
  status: answer.status,
  ...errorBodySchema.parse(await answer.json()),
})

/** Submits, and expects a refusal that leaves neither a job nor a file behind. */
const refused = async (model: string, fields: Record<string, string | Blob>, headers: Record<string, string> = {}) => {
  const before = await left()
  const answer = await refusal(await server.submit(model, fields, headers))
  await vi.waitFor(async () => expect(await left()).toEqual(before))
  expect(JSON.stringify(answer)).not.toMatch(/node_modules|\.ts:|at Object|[/]tmp[/]/)
  return answer
}

const left = async () => [
  jobPageSchema.parse(await (await fetch(`${server.url}/v1/jobs?limit=200`)).json()).jobs.length,
  await readdir(join(server.dataDir, 'media')),
  await readdir(join(server.dataDir, 'rushes-tmp')),
]

/** A PNG of any size that says so in few bytes: 30,000 by 20,000 pixels of one bit. */
const hugePng = (): Buffer => {
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type), data])
    const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)]
    length.writeUInt32BE(data.length)
    check.writeUInt32BE(crc32(body))
    return Buffer.concat([length, body, check])
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(30_000, 0)
  header.writeUInt32BE(20_000, 4)
  header[8] = 1
  const rows = deflateSync(Buffer.alloc(20_000 * (1 + 30_000 / 8)))
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))])
}

describe('fields', () => {
  it.each([
    ['a missing one', 'lucy-pro-i2v', { prompt: 'a' }, { data: 'is required' }],
    [
      'a wrong type',
      'lucy-pro-t2v',
      { prompt: 'a', seed: 'many' },
      { seed: 'must be a whole number, in digits 0 to 9' },
    ],
    ['a bad seed', 'lucy-pro-t2v', { prompt: 'a', seed: '4294967296' }, { seed: 'must be at most 4294967295' }],
    ['a long prompt', 'lucy-pro-t2v', { prompt: 'a'.repeat(1001) }, { prompt: 'is longer than 1,000 characters' }],
    ['an empty prompt', 'lucy-pro-t2v', { prompt: ' ' }, { prompt: 'must not be empty' }],
    ['a file for a text', 'lucy-pro-t2v', { prompt: blob('a') }, { prompt: 'does not take a file' }],
    [
      'no id and no URL',
      'lucy-pro-i2v',
      { prompt: 'a', data: 'photo.jpg' },
      { data: expect.stringContaining('must be an image') },
    ],
  ])('%s', async (_name, model, fields, wrong) => {
    const answer = await refused(model, fields)
    expect(answer).toMatchObject({ status: 422, code: 'INVALID_INPUT', fields: wrong })
    expect(answer.detail).toEqual([
      { loc: ['body', Object.keys(wrong)[0]], msg: expect.any(String), type: expect.any(String) },
    ])
  })

  it('says the same of a form given twice, or not as a form', async () => {
    const twice = new FormData()
    twice.append('prompt', 'a')
    twice.append('prompt', 'b')
    const answer = await fetch(`${server.url}/v1/jobs/lucy-pro-t2v`, { method: 'POST', body: twice })
    expect(await refusal(answer)).toMatchObject({ status: 422, fields: { prompt: 'is given more than once' } })
    const json = await fetch(`${server.url}/v1/jobs/lucy-pro-t2v`, {
      method: 'POST',
      body: '{}',
      headers: { 'content-type': 'application/json' },
    })
    expect(await refusal(json)).toMatchObject({ status: 422, detail: 'Send the inputs as multipart/form-data.' })
  })

  it('knows no model, file or job of that name', async () => {
    expect(await refused('lucy-9', { prompt: 'a' })).toMatchObject({ status: 404, code: 'MODEL_NOT_FOUND' })
    const id = `file_${'0'.repeat(32)}`
    expect(await refused('lucy-pro-i2v', { prompt: 'a', data: id })).toMatchObject({
      status: 404,
      fields: { data: expect.stringMatching(/no file/) },
    })
    expect((await fetch(`${server.url}/v1/jobs/job_0`)).status).toBe(404)
    expect((await fetch(`${server.url}/v1/nothing`)).status).toBe(404)
  })

  it('says who cannot render', async () => {
    const ask = (model: string, renderer: string) => refused(model, { prompt: 'a' }, { 'x-renderer': renderer })
    expect(await ask('lucy-pro-t2v', 'gpu')).toMatchObject({
      status: 422,
      detail: expect.stringMatching(/one of decart, comfyui, openai, fal, local/),
    })
    for (const model of ['lucy-pro-t2v', 'lucy-clip'])
      expect(await ask(model, 'decart')).toMatchObject({
        status: 401,
        code: 'INVALID_API_KEY',
        detail: expect.stringMatching(/^Decart is not set\. Set DECART_API_KEY/),
      })
  })
})

describe('files', () => {
  const cases: [string, () => Blob | Promise<Blob>, string, number, RegExp][] = [
    [
      'a text named .png',
      () => new File(['hello'], 'a.png', { type: 'image/png' }),
      'lucy-pro-i2v',
      415,
      /not an image or a video/,
    ],
    ['an empty file', () => blob(''), 'lucy-pro-i2v', 422, /is empty/],
    ['a video for an image', () => blob(clip), 'lucy-pro-i2v', 415, /This is a video; the field wants an image/],
    ['an image for a video', () => blob(picture), 'lucy-pro-v2v', 415, /This is an image; the field wants a video/],
    ['a truncated video', () => blob(clip.subarray(0, clip.length * 0.6)), 'lucy-pro-v2v', 415, /cut short/],
    ['a 600-megapixel PNG', () => blob(hugePng()), 'lucy-pro-i2v', 413, /pixels/],
    ['an SVG', () => blob('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'lucy-pro-i2v', 415, /not an image/],
    ['a page', () => blob('<!doctype html><script>1</script>'), 'lucy-pro-i2v', 415, /not an image or a video/],
    [
      'a picture over 64 MiB',
      () => blob(Buffer.concat([picture, Buffer.alloc(65 * 1024 ** 2)])),
      'lucy-pro-i2v',
      413,
      /64 MiB/,
    ],
  ]
  it.each(cases)('%s', async (_name, make, model, status, words) => {
    const answer = await refused(model, { prompt: 'a', data: await make() })
    expect(answer).toMatchObject({ status, fields: { data: expect.stringMatching(words) } })
  })

  it('a zero-length video', async () => {
    const answer = await refused('lucy-pro-v2v', { prompt: 'a', data: blob(zeroLengthMp4()) })
    expect(answer.status).toBe(415)
    expect(answer.fields?.['data']).toMatch(/no (frames|picture|video)|empty|cut short|no length/i)
  })

  it('a body over 2 GiB is refused by its length, before it is sent', async () => {
    const { hostname, port } = new URL(server.url)
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const outgoing = request({
        hostname,
        port,
        path: '/v1/jobs/lucy-pro-v2v',
        method: 'POST',
        headers: { 'content-type': 'multipart/form-data; boundary=x', 'content-length': 3 * 1024 ** 3 },
      })
      outgoing.on('response', ({ statusCode }) => {
        resolve(statusCode)
        outgoing.destroy()
      })
      outgoing.on('error', reject)
      outgoing.flushHeaders()
    })
    expect(status).toBe(413)
  })
})

describe('addresses', () => {
  it.each([
    ['404', '/nothing', 422, /answered 404/],
    ['HTML', '/page', 422, /a web page, not a file/],
    ['a file cut off', '/cut.mp4', 422, /./],
  ])('that answer %s', async (_name, path, status, words) => {
    const answer = await refused('lucy-pro-i2v', { prompt: 'a', data: `${elsewhereUrl}${path}` })
    expect(answer).toMatchObject({ status, fields: { data: expect.stringMatching(words) } })
  })

  it('that are private', async () => {
    const strict = await serve()
    const answer = await strict.submit('lucy-pro-i2v', { prompt: 'a', data: `${elsewhereUrl}/picture.png` })
    expect(await refusal(answer)).toMatchObject({
      status: 422,
      fields: { data: expect.stringMatching(/not a public address/) },
    })
    const file = await fetch(`${strict.url}/v1/files`, {
      method: 'POST',
      body: JSON.stringify({ url: 'http://localhost:1/x.png' }),
      headers: { 'content-type': 'application/json' },
    })
    expect(await refusal(file)).toMatchObject({
      status: 422,
      fields: { url: expect.stringMatching(/not a public address/) },
    })
    await strict.close()
  })

  it('that are good are imported', async () => {
    const answer = await server.submit('lucy-pro-i2i', {
      prompt: 'a',
      data: `${elsewhereUrl}/picture.png`,
      resolution: '480p',
    })
    const { job_id } = submittedSchema.parse(await answer.json())
    expect(await server.finished(job_id)).toMatchObject({
      status: 'completed',
      inputs: { data: expect.stringMatching(/^file_/) },
    })
  })
})

describe('accidents', () => {
  it('a client that vanishes half-way leaves nothing', async () => {
    // What an earlier test has cancelled may still be tidying up.
    await vi.waitFor(async () => expect(await readdir(join(server.dataDir, 'rushes-tmp'))).toEqual([]))
    const before = await left()
    const { hostname, port } = new URL(server.url)
    const outgoing = request({
      hostname,
      port,
      path: '/v1/jobs/lucy-pro-v2v',
      method: 'POST',
      headers: { 'content-type': 'multipart/form-data; boundary=x', 'content-length': 10_000_000 },
    })
    outgoing.on('error', () => undefined)
    outgoing.write('--x\r\ncontent-disposition: form-data; name="data"; filename="a.mp4"\r\n\r\n')
    outgoing.write(clip.subarray(0, 8000))
    await vi.waitFor(async () => expect(await readdir(join(server.dataDir, 'rushes-tmp'))).toHaveLength(1))
    outgoing.destroy()
    await vi.waitFor(async () => expect(await left()).toEqual(before))
  })

  it('a full disk is said as one, and leaves nothing', async () => {
    // The kernel's own full disk: every write to it fails with ENOSPC.
    const full = join(folder, 'full')
    await symlink('/dev/full', full)
    const { createFileStore } = await import('./store/file-store.ts')
    const { createFolderBlobs } = await import('./store/blobs/folder-blobs.ts')
    const { createFolders } = await import('./store/folders.ts')
    const { openTestIndex } = await import('./testing/open-test-index.ts')
    const folders = createFolders(join(folder, 'data'))
    const index = await openTestIndex(folders)
    const unused = () => Promise.reject(new Error('not probed'))
    const files = createFileStore({
      index,
      blobs: createFolderBlobs(folders),
      prober: { probe: unused, thumbnail: unused, preview: unused },
      derivatives: { remove: () => Promise.resolve() },
      isWhole: () => true,
      newPath: () => Promise.resolve(full),
    })
    const { Readable } = await import('node:stream')
    const about = { filename: null, wants: 'video' as const, expiresAt: null }
    await expect(files.receive(Readable.from([clip]), about)).rejects.toMatchObject({ code: 'DISK_FULL' })
    expect(await readdir(folders.media)).toEqual([])
    await index.close()
  })

  it('neither the key nor an input is in the log', async () => {
    const lines: string[] = []
    const logged = await serve({
      env: { DECART_API_KEY: 'secret-key-123', DECART_BASE_URL: 'http://127.0.0.1:1' },
      log: (line) => lines.push(line),
    })
    const answer = await logged.submit(
      'lucy-clip',
      { prompt: 'a', data: blob(clip) },
      {
        'x-api-key': 'their-key-456',
        'x-renderer': 'decart',
      },
    )
    expect(answer.status).toBe(502)
    const said = await answer.text()
    await logged.close()
    expect(lines.length).toBeGreaterThan(0)
    expect(`${lines.join('')}${said}`).not.toMatch(/secret-key-123|their-key-456/)
  })

  it('a page from elsewhere cannot drive the server', async () => {
    const answer = await fetch(`${server.url}/v1/jobs/lucy-pro-t2v`, {
      method: 'POST',
      body: formOf({ prompt: 'a' }),
      headers: { origin: 'https://attacker.example' },
    })
    expect(answer.status).toBe(403)
  })
})

/** An MP4 with a track and no samples: `ftyp`, and a `moov` whose duration is zero. */
const zeroLengthMp4 = (): Buffer => {
  const box = (type: string, ...parts: Buffer[]): Buffer => {
    const body = Buffer.concat(parts)
    const head = Buffer.alloc(8)
    head.writeUInt32BE(body.length + 8)
    head.write(type, 4, 'latin1')
    return Buffer.concat([head, body])
  }
  const header = Buffer.alloc(100)
  header.writeUInt32BE(1000, 12)
  return Buffer.concat([
    box('ftyp', Buffer.from('isom\x00\x00\x02\x00isomiso2mp41')),
    box('moov', box('mvhd', header)),
    box('mdat'),
  ])
}
