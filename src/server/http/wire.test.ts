import { type ClientRequest, type IncomingMessage, request } from 'node:http'
import { readdirSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { fileResourceSchema } from '../../shared/media.ts'
import { errorBodySchema, healthSchema, submittedSchema } from '../../shared/routes.ts'
import { CLIP } from '../testing/clip.ts'
import { formOf, serve, type Served } from '../testing/serve.ts'
import { MAX_STREAMS, MAX_UPLOADS } from './limit.ts'

let server: Served
let file: string
let job: string
beforeAll(async () => {
  server = await serve()
  file = fileResourceSchema.parse(await (await server.upload(new Blob([CLIP]), 'clip.mp4')).json()).id
  const submitted = await server.submit('lucy-pro-t2i', { prompt: 'lake', resolution: '480p' })
  job = submittedSchema.parse(await submitted.json()).job_id
  await server.finished(job)
})
afterAll(() => server.close())

const open = new Set<ClientRequest>()
afterEach(async () => {
  for (const one of open) one.destroy()
  open.clear()
})

/** Sends a request as it is, and resolves when its answer begins. */
const ask = (
  method: string,
  path: string,
  headers: Record<string, string> = {},
  write: (outgoing: ClientRequest) => void = (outgoing) => void outgoing.end(),
): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const outgoing = request(`${server.url}${path}`, { method, headers, agent: false })
    open.add(outgoing)
    outgoing.on('response', resolve)
    outgoing.on('error', reject)
    write(outgoing)
  })

const said = async (answer: IncomingMessage) => errorBodySchema.parse(JSON.parse(await text(answer)))

describe('a method that a path does not have', () => {
  it.each([
    ['PATCH', '/v1/jobs', 'GET, HEAD, DELETE'],
    ['POST', '/v1/health', 'GET, HEAD'],
    ['PUT', '/v1/files', 'POST'],
    ['GET', '/v1/generate/lucy-clip', 'POST'],
    ['POST', '/openapi.json', 'GET, HEAD'],
    ['DELETE', '/api/decart/v1/models', 'GET, HEAD'],
    ['PUT', '/v1/jobs/job_0/content', 'GET, HEAD'],
    ['HEAD', '/v1/models/resolve', 'POST'],
  ])('%s %s', async (method, path, allow) => {
    const answer = await ask(method, path)
    expect([answer.statusCode, answer.headers['allow']]).toEqual([405, allow])
    if (method !== 'HEAD')
      expect(await said(answer)).toMatchObject({ code: 'METHOD_NOT_ALLOWED', detail: expect.stringContaining(allow) })
  })

  it('is told by OPTIONS', async () => {
    const answer = await ask('OPTIONS', '/v1/jobs/job_0')
    expect([answer.statusCode, answer.headers['allow']?.split(', ').toSorted()]).toEqual([
      204,
      ['DELETE', 'GET', 'HEAD', 'PATCH', 'POST'],
    ])
  })

  it('is another thing than a path that there is not', async () => {
    expect((await ask('POST', '/v1/nothing')).statusCode).toBe(404)
    expect((await ask('GET', '/v1/jobs/job_0')).statusCode).toBe(404)
  })
})

it.each(['//v1/health', '/v1//health', '//api/decart//v1/health'])('%s is what it is without a slash', async (path) => {
  const answer = await ask('GET', path)
  expect(answer.statusCode).toBe(200)
  healthSchema.parse(JSON.parse(await text(answer)))
})

describe('HEAD', () => {
  it('of the events opens no stream', async () => {
    // Every stream has a timer that keeps it alive.
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    const answer = await ask('HEAD', '/v1/events')
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, 'text/event-stream'])
    expect(vi.getTimerCount()).toBe(0)
    vi.useRealTimers()
  })

  it('of a preview makes none', async () => {
    const answer = await ask('HEAD', `/v1/files/${file}/preview`)
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, 'video/mp4'])
    expect(readdirSync(join(server.dataDir, 'previews'))).toEqual([])
    expect((await ask('HEAD', '/v1/files/file_0/preview')).statusCode).toBe(404)
  })

  it('of a file says what GET would', async () => {
    const answer = await ask('HEAD', `/v1/files/${file}/content`, { range: 'bytes=0-9' })
    expect([answer.statusCode, answer.headers['content-length'], answer.headers['content-range']]).toEqual([
      206,
      '10',
      `bytes 0-9/${CLIP.length}`,
    ])
  })
})

describe('too much at a time is told in words, with when to try again', () => {
  it('of event streams', async () => {
    const streams = await Promise.all(Array.from({ length: MAX_STREAMS }, () => ask('GET', '/v1/events')))
    expect(new Set(streams.map(({ statusCode }) => statusCode))).toEqual(new Set([200]))
    const refused = await ask('GET', '/v1/events')
    expect([refused.statusCode, refused.headers['retry-after']]).toEqual([429, '15'])
    expect(await said(refused)).toMatchObject({ code: 'RATE_LIMITED', detail: expect.stringContaining('100 event') })
    streams[0]?.destroy()
    await vi.waitFor(async () => expect((await ask('GET', '/v1/events')).statusCode).toBe(200))
  })

  it('of uploads, of any kind', async () => {
    const headers = { 'content-type': 'multipart/form-data; boundary=x' }
    const arriving = () => readdirSync(join(server.dataDir, 'rushes-tmp')).length
    const before = arriving()
    const held = Array.from({ length: MAX_UPLOADS }, (_, index) => {
      const [path, field] = index % 2 === 0 ? ['/v1/files', 'file'] : ['/v1/jobs/lucy-pro-v2v', 'data']
      const begin = `--x\r\ncontent-disposition: form-data; name="${field}"; filename="a.mp4"\r\n\r\nxxxx`
      return ask('POST', path ?? '', headers, (outgoing) => void outgoing.write(begin)).catch(() => undefined)
    })
    await vi.waitFor(() => expect(arriving()).toBe(before + MAX_UPLOADS))
    for (const path of ['/v1/files', '/v1/jobs/lucy-pro-t2i', '/v1/generate/lucy-pro-t2i']) {
      const refused = await ask('POST', path, headers)
      expect([refused.statusCode, refused.headers['retry-after']]).toEqual([429, '5'])
      expect(await said(refused)).toMatchObject({ code: 'RATE_LIMITED', detail: expect.stringContaining('32 uploads') })
    }
    // What is small goes on.
    expect((await ask('GET', '/v1/health')).statusCode).toBe(200)
    expect(
      (await ask('POST', '/v1/models/resolve', {}, (one) => void one.end('{"model":"lucy-clip"}'))).statusCode,
    ).toBe(200)
    for (const one of open) one.destroy()
    await Promise.all(held)
    await vi.waitFor(async () => {
      const answer = await server.upload(new Blob([CLIP]), 'clip.mp4')
      expect(answer.status).toBe(200)
    })
  })
})

describe('a file that is sent', () => {
  it('is not sent again to whom has it', async () => {
    const whole = await ask('GET', `/v1/jobs/${job}/content`)
    const etag = whole.headers.etag ?? ''
    whole.resume()
    for (const known of [etag, `W/${etag}`, `"a", W/"b,c", ${etag}`, '*']) {
      const answer = await ask('GET', `/v1/jobs/${job}/content`, { 'if-none-match': known })
      expect([known, answer.statusCode, answer.headers.etag]).toEqual([known, 304, etag])
    }
    for (const other of ['"a"', `"x${etag.slice(1)}`, etag.replaceAll('"', '')])
      expect([other, (await ask('GET', `/v1/jobs/${job}/content`, { 'if-none-match': other })).statusCode]).toEqual([
        other,
        200,
      ])
  })

  it('answers no range to POST, and promises none', async () => {
    const answer = await fetch(`${server.url}/v1/generate/lucy-pro-t2i`, {
      method: 'POST',
      body: formOf({ prompt: 'lake', resolution: '480p' }),
      headers: { range: 'bytes=0-3', 'if-none-match': '*' },
    })
    expect([answer.status, answer.headers.get('accept-ranges'), answer.headers.get('etag')]).toEqual([200, null, null])
    expect((await answer.arrayBuffer()).byteLength).toBeGreaterThan(1000)
  })

  it('and lies empty in the data folder is said to be', async () => {
    const folder = join(server.dataDir, 'media')
    const name = readdirSync(folder).find((each) => each.endsWith('.mp4')) ?? ''
    truncateSync(join(folder, name), 0)
    const answer = await ask('GET', `/v1/files/${file}/content`)
    expect(answer.statusCode).toBe(404)
    expect((await said(answer)).detail).toMatch(/clip\.mp4 is empty in the data folder.*upload it again/)
  })
})
