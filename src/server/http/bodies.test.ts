import { once } from 'node:events'
import { readdirSync, statSync } from 'node:fs'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { createImportUrl } from '../import-url.ts'
import { CLIP } from '../testing/clip.ts'
import { serve, type Served } from '../testing/serve.ts'

const lines: string[] = []
let server: Served
/** A server of somebody else's, which takes requests and never answers. */
const silent = createServer(() => void asked++)
let asked = 0
beforeAll(async () => {
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
  const importUrl = createImportUrl({ isAllowed: () => true })
  server = await serve({ start: { importUrl }, log: (line) => lines.push(line) })
})
afterAll(async () => {
  silent.closeAllConnections()
  silent.close()
  await server.close()
})

const post = (path: string, contentType: string, headers: Record<string, string> = {}) => {
  const { hostname, port } = new URL(server.url)
  const about = { hostname, port, path, method: 'POST', headers: { 'content-type': contentType, ...headers } }
  const outgoing = request(about)
  outgoing.on('error', () => undefined)
  return outgoing
}

const FORM = 'multipart/form-data; boundary=x'
const PROMPT = '--x\r\ncontent-disposition: form-data; name="prompt"\r\n\r\nlake\r\n'
const fileOf = (name: string) => `--x\r\ncontent-disposition: form-data; name="${name}"; filename="a.mp4"\r\n\r\n`
const END = '--x--\r\n'

/** Bytes of what is coming in, or null where nothing is. */
const arrived = (): number | null => {
  const folder = join(server.dataDir, 'rushes-tmp')
  const sizes = readdirSync(folder).map((name) => statSync(join(folder, name)).size)
  return sizes.length === 0 ? null : sizes.reduce((sum, size) => sum + size, 0)
}

it.each(['/v1/files', '/v1/models/resolve'])('does not keep a JSON body of any size in memory: %s', async (path) => {
  const outgoing = post(path, 'application/json')
  const answered = once(outgoing, 'response')
  // It never ends: the answer must not wait for that.
  outgoing.write(Buffer.alloc(1024 ** 2, ' '))
  const [response] = await answered
  expect(response.statusCode).toBe(413)
  outgoing.destroy()
})

describe('a client that goes away is a cancel, and no defect of ours', () => {
  const begun = async (): Promise<void> => vi.waitFor(() => expect(arrived()).not.toBeNull())
  const connected = async (): Promise<void> => undefined
  const importing = async (): Promise<void> => vi.waitFor(() => expect(asked).toBe(1))
  const rendering = async (): Promise<void> =>
    vi.waitFor(() => expect(lines.some((line) => line.includes('job started'))).toBe(true))
  const address = (): string => `http://127.0.0.1:${(silent.address() as AddressInfo).port}/picture.png`

  it.each<[string, string, string, () => string, () => Promise<void>]>([
    ['in an upload', '/v1/files', FORM, () => `${fileOf('file')}${'x'.repeat(2000)}`, begun],
    ['in the file of a job', '/v1/jobs/lucy-pro-v2v', FORM, () => `${fileOf('data')}${'x'.repeat(2000)}`, begun],
    ['in a text', '/v1/jobs/lucy-pro-t2i', FORM, () => PROMPT, connected],
    ['in JSON', '/v1/models/resolve', 'application/json', () => '{', connected],
    ['during an import', '/v1/files', 'application/json', () => JSON.stringify({ url: address() }), importing],
    [
      "during the import of a job's file",
      '/v1/jobs/lucy-pro-i2v',
      FORM,
      () => `${PROMPT}--x\r\ncontent-disposition: form-data; name="data"\r\n\r\n${address()}\r\n${END}`,
      importing,
    ],
    ['while its result is made', '/v1/generate/lucy-pro-t2v', FORM, () => `${PROMPT}${END}`, rendering],
  ])('%s', async (_case, path, contentType, body, until) => {
    lines.length = 0
    asked = 0
    const outgoing = post(path, contentType)
    await new Promise((resolve) => outgoing.write(body(), resolve))
    if (until === importing || until === rendering) outgoing.end()
    await until()
    outgoing.destroy()
    const about = () => lines.filter((line) => line.includes(`"path":"${path}"`))
    await vi.waitFor(() => expect(about()).toHaveLength(1))
    expect(about()[0]).toContain('"status":409')
    expect(lines.filter((line) => /"level":[456]0/.test(line))).toEqual([])
    await vi.waitFor(() => expect(arrived()).toBeNull())
  })
})

it('answers that a submission was cancelled while its file came in', async () => {
  const outgoing = post('/v1/jobs/lucy-pro-v2v', FORM, { 'idempotency-key': 'k' })
  const answer = once(outgoing, 'response')
  outgoing.write(`${PROMPT}${fileOf('data')}`)
  outgoing.write(CLIP)
  await vi.waitFor(() => expect(arrived()).toBe(CLIP.length))
  await fetch(`${server.url}/v1/jobs?idempotency_key=k`, { method: 'DELETE' })
  const [response] = await answer
  expect([response.statusCode, JSON.parse(await text(response))]).toMatchObject([409, { code: 'CANCELLED' }])
  outgoing.destroy()
  await vi.waitFor(() => expect(arrived()).toBeNull())
})

describe('a body that drips', () => {
  // Minutes pass at once for the server; bytes take their time.
  const aMinute = () => vi.advanceTimersByTime(60_000)
  afterEach(() => vi.useRealTimers())

  /** A request of which the server has the beginning; what it answers comes in `answer`. */
  const begin = async (path: string, contentType: string, beginning: string) => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    const outgoing = post(path, contentType)
    const answer = once(outgoing, 'response').then(async ([response]) => ({
      status: response.statusCode,
      body: JSON.parse(await text(response)),
    }))
    outgoing.write(beginning)
    await vi.waitFor(() => expect(vi.getTimerCount()).toBe(1))
    return { outgoing, answer }
  }

  it.each([
    ['a file', '/v1/files', FORM, `${fileOf('file')}${'x'.repeat(100)}`],
    ['a text', '/v1/jobs/lucy-pro-t2i', FORM, '--x\r\n'],
    ['JSON', '/v1/models/resolve', 'application/json', '{'],
  ])('is given up after a minute, in words: %s', async (_case, path, contentType, beginning) => {
    const { outgoing, answer } = await begin(path, contentType, beginning)
    outgoing.write('x')
    aMinute()
    expect(await answer).toMatchObject({
      status: 408,
      body: { code: 'TOO_SLOW', detail: expect.stringContaining('slower than 60 KiB in a minute') },
    })
    // The drip does not go on into a connection that nobody reads.
    await once(outgoing, 'close')
    await vi.waitFor(() => expect(arrived()).toBeNull())
  })

  it('is another thing than a slow line', async () => {
    const { outgoing, answer } = await begin('/v1/files', FORM, fileOf('file'))
    outgoing.write(CLIP)
    // A box of 128 KiB that a player skips, hardly more than one KiB a second.
    const box = Buffer.alloc(128 * 1024)
    box.writeUInt32BE(box.length)
    box.write('free', 4, 'latin1')
    for (let sent = 0; sent < box.length; sent += 64 * 1024) {
      outgoing.write(box.subarray(sent, sent + 64 * 1024))
      // The parser holds back what may be the beginning of a boundary.
      await vi.waitFor(() => expect(arrived()).toBeGreaterThanOrEqual(CLIP.length + sent + 63 * 1024))
      aMinute()
    }
    outgoing.end(`\r\n${END}`)
    expect(await answer).toMatchObject({ status: 200, body: { size_bytes: CLIP.length + box.length } })
  })
})
