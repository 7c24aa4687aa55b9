import { createHash } from 'node:crypto'
import { open, rm, truncate } from 'node:fs/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { InputFile, RenderTask } from '../../../shared/renderer.ts'
import { CLIP } from '../../testing/clip.ts'
import { type ConnectedFal, connectFal, failureOf, fetched, never, order } from '../../testing/fal/connect.ts'
import { TransientError } from '../order/transient-error.ts'

const MB = 1024 ** 2

let fal: ConnectedFal
let file: InputFile
let task: RenderTask
beforeEach(async () => {
  fal = await connectFal({ result: () => CLIP })
  file = await fal.fileOf(CLIP, 'video')
  task = fal.taskOf('lucy-dev-v2v', { prompt: 'snow' }, { data: file })
})
afterEach(() => fal.close())

const prepare = () => fal.connection.prepare(task, never())
const puts = () => fal.server.requests.filter(({ host }) => host === 'cdn')

describe('a file', () => {
  it('goes up as it is, with its type and for a day, under a name that tells nothing of it', async () => {
    await prepare()
    expect(fal.server.storage.files()).toMatchObject([
      {
        name: 'data.mp4',
        type: 'video/mp4',
        bytes: CLIP.length,
        sha256: createHash('sha256').update(CLIP).digest('hex'),
        lifecycle: '{"expiration_duration_seconds":86400}',
        parts: [],
      },
    ])
    expect(fal.server.submissions()).toBe(0)
  })

  it('over 90 MB goes up in parts of 10 MB, a part that breaks again, and is whole in the end', async () => {
    await truncate(file.path, 95 * MB + 1)
    fal.server.fail('put', { kind: 'answer', status: 503 }, { kind: 'refuse' })
    const sent = await order(fal.connection, task)
    const [stored] = fal.server.storage.files()
    expect(stored?.bytes).toBe(95 * MB + 1)
    expect(stored?.parts).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    const hash = createHash('sha256')
    const handle = await open(file.path)
    for await (const chunk of handle.createReadStream({ highWaterMark: MB })) hash.update(chunk)
    expect(stored?.sha256).toBe(hash.digest('hex'))
    expect(puts().at(-1)?.path).toMatch(/\/complete$/)
    expect((await fetched(fal.connection, sent)).equals(CLIP)).toBe(true)
  })

  it('that is gone from the disk is named, and nothing is ordered', async () => {
    await rm(file.path)
    const { code, fields, message } = await failureOf(prepare())
    expect([code, Object.keys(fields ?? {}), message.includes('Nothing was ordered')]).toEqual([
      'NOT_FOUND',
      ['data'],
      true,
    ])
    expect(fal.server.requests).toEqual([])
  })
})

describe('an upload', () => {
  it.each(['initiate', 'put'] as const)('whose %s breaks is made again, a few times', async (route) => {
    const refuse = { kind: 'refuse' } as const
    fal.server.fail(route, { kind: 'answer', status: 502 }, { kind: 'lost' })
    await prepare()
    expect(fal.server.storage.files()).toMatchObject([{ bytes: CLIP.length }])
    fal.server.fail(route, refuse, refuse, refuse)
    await expect(prepare()).rejects.toBeInstanceOf(TransientError)
    expect(fal.server.submissions()).toBe(0)
  })

  it('that is refused for the key says so', async () => {
    fal.server.admit('another')
    const { code, billed } = await failureOf(prepare())
    expect([code, billed, fal.refusals()]).toEqual(['INVALID_API_KEY', 'no', 1])
  })

  it('that is refused for its size says so', async () => {
    fal.server.fail('put', { kind: 'answer', status: 413, body: { detail: 'Too large' } })
    expect((await failureOf(prepare())).code).toBe('TOO_LARGE')
  })

  it.each([
    ['upload_url', 'https://192.168.1.7/up'],
    ['upload_url', 'http://files.example.com/up'],
    ['file_url', 'https://10.0.0.1/a.mp4'],
    ['file_url', 'ftp://files.example.com/a.mp4'],
  ])('whose %s is %s sends nothing there', async (name, link) => {
    fal.server.storage.mislead({ [name]: link })
    const { code, message, billed } = await failureOf(prepare())
    expect([code, billed]).toEqual(['CLOUD_FAILED', 'no'])
    expect(message).toContain('Nothing was sent there')
    expect(puts()).toEqual([])
  })

  it('whose answer makes no sense is given up', async () => {
    fal.server.fail('initiate', { kind: 'garbled' })
    expect((await failureOf(prepare())).code).toBe('CLOUD_FAILED')
  })

  it('ends at once with the signal, and with its reason', async () => {
    fal.server.fail('put', { kind: 'hold' })
    const controller = new AbortController()
    const preparing = fal.connection.prepare(task, controller.signal)
    await fal.server.until(() => puts().length === 1)
    const reason = new Error('stopped')
    controller.abort(reason)
    await expect(preparing).rejects.toBe(reason)
    fal.server.release()
  })
})
