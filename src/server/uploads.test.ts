import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { Upload } from 'tus-js-client'
import { makeClip } from '../engine/testing/clips.ts'
import { fileResourceSchema } from '../shared/media.ts'
import { errorBodySchema } from '../shared/routes.ts'
import { TUS_PIECE, TUS_VERSION, uploadStateSchema } from '../shared/upload.ts'
import { kill, killAll, launch } from './testing/launch.ts'
import { serve, type Served } from './testing/serve.ts'

let clip: Buffer
let server: Served
beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'rushes-'))
  clip = readFileSync(await makeClip(join(folder, 'clip.mp4'), { seconds: 2 }))
  server = await serve()
})
afterAll(() => server.close())
afterEach(killAll)

const metadata = (name: string) => `filename ${Buffer.from(name).toString('base64')}`

const begin = (url: string, length: number, name = 'sea ☀.mp4') =>
  fetch(`${url}/v1/uploads`, {
    method: 'POST',
    headers: { 'tus-resumable': TUS_VERSION, 'upload-length': String(length), 'upload-metadata': metadata(name) },
  })

const begun = async (url: string, length: number): Promise<string> => {
  const answer = await begin(url, length)
  expect(answer.status).toBe(201)
  return `${url}${answer.headers.get('location') ?? ''}`
}

const piece = (upload: string, at: number, bytes: Buffer) =>
  fetch(upload, {
    method: 'PATCH',
    headers: { 'tus-resumable': TUS_VERSION, 'upload-offset': String(at), 'content-type': TUS_PIECE },
    body: new Uint8Array(bytes),
  })

const offsetOf = async (upload: string): Promise<number> =>
  Number((await fetch(upload, { method: 'HEAD' })).headers.get('upload-offset'))

const contentOf = async (url: string, id: string): Promise<Buffer> =>
  Buffer.from(await (await fetch(`${url}/v1/files/${id}/content`)).arrayBuffer())

/** A piece that breaks off after so many of its bytes. */
const breakOff = async (upload: string, at: number, bytes: Buffer): Promise<void> => {
  const { hostname, port, pathname } = new URL(upload)
  const outgoing = request({
    hostname,
    port,
    path: pathname,
    method: 'PATCH',
    headers: { 'upload-offset': at, 'content-type': TUS_PIECE, 'content-length': bytes.length + 1_000_000 },
  })
  outgoing.on('error', () => undefined)
  await new Promise<void>((resolve) => outgoing.write(bytes, () => resolve()))
  await vi.waitFor(() => expect(partsOf(server.dataDir)).toContain(at + bytes.length))
  outgoing.destroy()
}

/** The lengths of what has come of uploads. */
const partsOf = (dataDir: string): number[] => {
  const folder = join(dataDir, 'rushes-uploads')
  return readdirSync(folder)
    .filter((name) => name.endsWith('.part'))
    .map((name) => readFileSync(join(folder, name)).length)
}

describe('an upload in pieces', () => {
  it('goes on where it broke off, and becomes a file like any other', async () => {
    const upload = await begun(server.url, clip.length)
    expect(await offsetOf(upload)).toBe(0)
    const middle = clip.length >> 1
    await breakOff(upload, 0, clip.subarray(0, middle))
    expect(await offsetOf(upload)).toBe(middle)
    const answer = await piece(upload, middle, clip.subarray(middle))
    const { file, offset } = uploadStateSchema.parse(await answer.json())
    expect([answer.status, offset]).toEqual([200, clip.length])
    expect(file).toMatchObject({
      filename: 'sea ☀.mp4',
      size_bytes: clip.length,
      media: { kind: 'video', duration: 2 },
    })
    expect((await contentOf(server.url, file?.id ?? '')).equals(clip)).toBe(true)
    // Whoever did not hear the last answer is told again.
    const again = uploadStateSchema.parse(await (await fetch(upload)).json())
    expect(again.file?.id).toBe(file?.id)
    expect(partsOf(server.dataDir)).toEqual([])
  })

  it('goes on after the server was killed', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'rushes-'))
    const first = await launch(dataDir)
    const upload = await begun(first.url, clip.length)
    await piece(upload, 0, clip.subarray(0, 5000))
    await kill(first)
    const second = await launch(dataDir)
    const moved = upload.replace(first.url, second.url)
    expect(await offsetOf(moved)).toBe(5000)
    const answer = await piece(moved, 5000, clip.subarray(5000))
    const { file } = uploadStateSchema.parse(await answer.json())
    expect((await contentOf(second.url, file?.id ?? '')).equals(clip)).toBe(true)
  })

  it('takes one piece at a time: two at one offset are not both appended', async () => {
    for (let run = 0; run < 5; run++) {
      const upload = await begun(server.url, clip.length)
      const first = clip.subarray(0, clip.length >> 1)
      const answers = await Promise.all([piece(upload, 0, first), piece(upload, 0, first)])
      expect(answers.map(({ status }) => [200, 409].includes(status))).toEqual([true, true])
      const at = await offsetOf(upload)
      expect(at).toBeLessThanOrEqual(first.length)
      const { file } = uploadStateSchema.parse(await (await piece(upload, at, clip.subarray(at))).json())
      expect((await contentOf(server.url, file?.id ?? '')).equals(clip)).toBe(true)
    }
  })

  it('leaves nothing where it is deleted while pieces of it come in', async () => {
    const upload = await begun(server.url, clip.length)
    const answers = await Promise.all([
      piece(upload, 0, clip.subarray(0, 5000)),
      piece(upload, 0, clip.subarray(0, 5000)),
      fetch(upload, { method: 'DELETE' }),
      piece(upload, 0, clip.subarray(0, 5000)),
    ])
    expect(answers[2]?.status).toBe(204)
    expect([partsOf(server.dataDir), (await fetch(upload)).status]).toEqual([[], 404])
  })

  it('is one file, although the server was killed when it had become one', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'rushes-'))
    const first = await launch(dataDir)
    const upload = await begun(first.url, clip.length)
    const { file } = uploadStateSchema.parse(await (await piece(upload, 0, clip)).json())
    await kill(first)
    // As it lies there before the last thing that is done.
    writeFileSync(join(dataDir, 'rushes-uploads', `rushes-${upload.split('/').at(-1)}.part`), clip)
    const second = await launch(dataDir)
    const moved = upload.replace(first.url, second.url)
    expect(await offsetOf(moved)).toBe(clip.length)
    const again = uploadStateSchema.parse(await (await piece(moved, 0, clip)).json())
    expect(again.file?.id).toBe(file?.id)
    expect(readdirSync(join(dataDir, 'media')).filter((name) => name.endsWith('.json'))).toHaveLength(1)
  })

  it('takes the next piece although the one before hangs on a dead connection', async () => {
    const upload = await begun(server.url, clip.length)
    const { hostname, port, pathname } = new URL(upload)
    const headers = { 'upload-offset': 0, 'content-type': TUS_PIECE, 'content-length': clip.length }
    const dead = request({ hostname, port, path: pathname, method: 'PATCH', headers })
    dead.on('error', () => undefined)
    dead.write(clip.subarray(0, 3000))
    await vi.waitFor(() => expect(partsOf(server.dataDir)).toContain(3000))
    const at = await offsetOf(upload)
    expect(at).toBe(3000)
    const { file } = uploadStateSchema.parse(await (await piece(upload, at, clip.subarray(at))).json())
    expect((await contentOf(server.url, file?.id ?? '')).equals(clip)).toBe(true)
    dead.destroy()
  })

  it('works with a client of the protocol', async () => {
    const answers: string[] = []
    const url = await new Promise<string | null>((resolve, reject) => {
      const upload: Upload = new Upload(clip, {
        endpoint: `${server.url}/v1/uploads`,
        chunkSize: 4000,
        metadata: { filename: 'tus.mp4' },
        onAfterResponse: (_asked, answer) => void answers.push(answer.getBody()),
        onError: reject,
        onSuccess: () => resolve(upload.url),
      })
      upload.start()
    })
    const { file } = uploadStateSchema.parse(await (await fetch(url ?? '')).json())
    expect(file?.filename).toBe('tus.mp4')
    expect((await contentOf(server.url, file?.id ?? '')).equals(clip)).toBe(true)
    expect(answers.length).toBeGreaterThan(clip.length / 4000)
  })

  it('is given up by DELETE, with all that has come', async () => {
    const upload = await begun(server.url, clip.length)
    await piece(upload, 0, clip.subarray(0, 4000))
    expect((await fetch(upload, { method: 'DELETE' })).status).toBe(204)
    expect([(await fetch(upload)).status, partsOf(server.dataDir)]).toEqual([404, []])
  })
})

describe('an upload in pieces is refused, in words,', () => {
  const refusal = async (answer: Response) => ({ status: answer.status, ...errorBodySchema.parse(await answer.json()) })

  it('where its length is none, or more than may be', async () => {
    expect(await refusal(await begin(server.url, 0))).toMatchObject({ status: 422, code: 'INVALID_INPUT' })
    expect(await refusal(await begin(server.url, 3 * 1024 ** 3))).toMatchObject({ status: 413, code: 'TOO_LARGE' })
  })

  it('by its first bytes, before the rest has come', async () => {
    const upload = await begun(server.url, 500_000_000)
    const { hostname, port, pathname } = new URL(upload)
    const headers = { 'upload-offset': 0, 'content-type': TUS_PIECE, 'content-length': 500_000_000 }
    const outgoing = request({ hostname, port, path: pathname, method: 'PATCH', headers })
    outgoing.on('error', () => undefined)
    outgoing.write('this is a letter and no clip '.repeat(500))
    const [answer] = await once(outgoing, 'response')
    expect(answer.statusCode).toBe(415)
    outgoing.destroy()
    await vi.waitFor(async () => expect((await fetch(upload)).status).toBe(404))
  })

  it('where a picture is larger than a picture may be', async () => {
    const upload = await begun(server.url, 70 * 1024 ** 2)
    const png = Buffer.concat([Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), Buffer.alloc(5000)])
    expect(await refusal(await piece(upload, 0, png))).toMatchObject({
      status: 413,
      detail: expect.stringMatching(/64 MiB/),
    })
  })

  it('where a piece is not what comes next, is too long, or says nothing of itself', async () => {
    const upload = await begun(server.url, clip.length)
    expect(await refusal(await piece(upload, 7, clip))).toMatchObject({
      status: 409,
      detail: expect.stringMatching(/0 bytes/),
    })
    expect(await refusal(await piece(upload, 0, Buffer.concat([clip, clip])))).toMatchObject({ status: 413 })
    const other = await begun(server.url, clip.length)
    expect(await refusal(await fetch(other, { method: 'PATCH', body: 'x' }))).toMatchObject({ status: 415 })
    const silent = await fetch(other, { method: 'PATCH', body: 'x', headers: { 'content-type': TUS_PIECE } })
    expect(await refusal(silent)).toMatchObject({ status: 422 })
    expect(await refusal(await fetch(`${server.url}/v1/uploads/${'0'.repeat(32)}`))).toMatchObject({ status: 404 })
  })

  it('where what has come is damaged, and nothing of it is kept', async () => {
    const half = clip.subarray(0, clip.length * 0.6)
    const upload = await begun(server.url, half.length)
    expect(await refusal(await piece(upload, 0, half))).toMatchObject({
      status: 415,
      detail: expect.stringMatching(/cut short/),
    })
    expect([(await fetch(upload)).status, partsOf(server.dataDir)]).toEqual([404, []])
  })
})

it('shares its bytes with the same ones sent as a form', async () => {
  const form = fileResourceSchema.parse(await (await server.upload(new Blob([new Uint8Array(clip)]), 'a.mp4')).json())
  const upload = await begun(server.url, clip.length)
  const { file } = uploadStateSchema.parse(await (await piece(upload, 0, clip)).json())
  expect(file?.id).not.toBe(form.id)
  const kept = readdirSync(join(server.dataDir, 'media')).filter((name) => name.endsWith('.mp4'))
  expect(kept).toHaveLength(1)
})
