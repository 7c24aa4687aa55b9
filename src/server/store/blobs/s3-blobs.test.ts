import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { RushesError } from '../../../shared/errors.ts'
import type { Job } from '../../../shared/job.ts'
import { completed, newJob } from '../../jobs/transitions.ts'
import { S3_ENV, startS3Server, type S3Server } from '../../testing/s3/s3-server.ts'
import { createTakeStore } from '../take-store.ts'
import { readS3Address } from './s3-address.ts'
import { createS3Blobs, type S3Blobs } from './s3-blobs.ts'
import { connectS3, loadSdk } from './s3-client.ts'

const root = mkdtempSync(join(tmpdir(), 'rushes-'))
let s3: S3Server
const outcomes: (RushesError | null)[] = []
/** Two servers, without copies. */
let blobs: S3Blobs
let other: S3Blobs

const connect = async (): Promise<S3Blobs> => {
  const address = readS3Address(s3.filesUrl('a/b'))
  if (typeof address === 'string') throw new Error(address)
  const sdk = await loadSdk()
  return createS3Blobs({
    sdk,
    client: connectS3(sdk, address, (name) => S3_ENV[name]),
    address,
    cacheOf: () => ({
      borrow: () => Promise.reject(new Error('no copies here')),
      facts: () => undefined,
      open: () => undefined,
      forget: () => undefined,
      keep: () => Promise.resolve(),
    }),
    onOutcome: (outcome) => outcomes.push(outcome),
    timeouts: { answer: 150, body: 200 },
  })
}
beforeAll(async () => {
  s3 = await startS3Server()
  ;[blobs, other] = [await connect(), await connect()]
})
afterEach(() => {
  s3.state.fault = () => null
})
afterAll(async () => {
  blobs.close()
  other.close()
  await s3.close()
  rmSync(root, { recursive: true })
})

const fileOf = (name: string, bytes: Buffer): string => {
  const path = join(root, name)
  writeFileSync(path, bytes)
  return path
}
const AWAY = { code: 'FILES_AWAY' }

describe('an S3 storage that', () => {
  it('never answers is given up, and told of', async () => {
    s3.state.fault = () => ({ is: 'silent' })
    await expect(blobs.has('media/a')).rejects.toMatchObject(AWAY)
    expect(outcomes.at(-1)).toMatchObject(AWAY)
  })

  it('falls silent in the middle of a body ends it', async () => {
    const bytes = Buffer.alloc(8 * 1024 ** 2)
    await blobs.put('media/stalled', fileOf('stalled', bytes))
    s3.state.fault = () => ({ is: 'stalled', after: 1024 ** 2 })
    const body = await blobs.open('media/stalled', { start: 0, end: bytes.length - 1 })
    await expect(buffer(body)).rejects.toMatchObject(AWAY)
  })

  it('is only not read from for a while goes on', async () => {
    const bytes = Buffer.alloc(8 * 1024 ** 2, 'x')
    await blobs.put('media/paused', fileOf('paused', bytes))
    const body = await blobs.open('media/paused', { start: 0, end: bytes.length - 1 })
    // A player that is paused: longer than a storage may be silent.
    await new Promise((resolve) => setTimeout(resolve, 700))
    expect((await buffer(body)).equals(bytes)).toBe(true)
  })

  it('fails now and then is asked again', async () => {
    let failures = 2
    s3.state.fault = () => (failures-- > 0 ? { is: 'refused', status: 500, code: 'InternalError' } : null)
    expect(await blobs.has('media/none')).toBe(false)
  })

  it('dies in the middle of an upload has nothing of it, and what it kept of it is removed a day later', async () => {
    s3.state.fault = ({ method, query }) =>
      query.get('partNumber') === '2' || method === 'DELETE'
        ? { is: 'refused', status: 500, code: 'InternalError' }
        : null
    const path = fileOf('large', Buffer.alloc(20 * 1024 ** 2))
    await expect(blobs.put('media/large', path)).rejects.toMatchObject(AWAY)
    s3.state.fault = () => null
    expect([await blobs.has('media/large'), statSync(path).size]).toEqual([false, 20 * 1024 ** 2])
    expect(s3.bucket.uploads.size).toBe(1)
    await blobs.tidy()
    expect(s3.bucket.uploads.size).toBe(1)
    for (const upload of s3.bucket.uploads.values()) upload.begun = new Date(Date.now() - 25 * 60 * 60 * 1000)
    await blobs.tidy()
    expect(s3.bucket.uploads.size).toBe(0)
  })

  it('has another file than was told breaks off', async () => {
    await blobs.put('media/short', fileOf('short', Buffer.alloc(1000)))
    await expect(blobs.open('media/short', { start: 0, end: 1999 })).rejects.toMatchObject({ code: 'UNREADABLE' })
  })
})

it('a file that changes while it is sent is not put', async () => {
  const path = fileOf('changing', Buffer.alloc(64 * 1024 ** 2))
  s3.state.fault = ({ query }) => {
    // The first part is on its way: the rest is cut off.
    if (query.has('uploads')) writeFileSync(path, Buffer.alloc(9 * 1024 ** 2))
    return null
  }
  await expect(blobs.put('media/changing', path)).rejects.toThrow(/^changing changed while it was sent$/)
  expect(await blobs.has('media/changing')).toBe(false)
})

describe('two workers that made the same job', () => {
  const job = (): Job =>
    newJob({
      model: 'lucy-pro-t2i',
      requestedModel: 'lucy-pro-t2i',
      idempotencyKey: null,
      renderer: 'local',
      inputs: { prompt: 'twice' },
      now: new Date(),
    })
  const rendered = (name: string, bytes: Buffer) => ({
    path: fileOf(name, bytes),
    mime_type: 'image/png',
    width: 1,
    height: 1,
    duration: null,
    fps: null,
  })

  it('have a result each, and to throw one away leaves the other', async () => {
    const made = job()
    const [one, two] = await Promise.all([
      createTakeStore(blobs).adopt(made, rendered('one.png', Buffer.alloc(10, '1'))),
      createTakeStore(other).adopt(made, rendered('two.png', Buffer.alloc(20, '2'))),
    ])
    expect(one.result).not.toBe(two.result)
    expect([one.output.bytes, two.output.bytes]).toEqual([10, 20])
    await createTakeStore(other).discard(two.result)
    expect(await buffer(await blobs.open(one.result, { start: 0, end: 9 }))).toEqual(Buffer.alloc(10, '1'))
  })

  it('find the one whose end was written, and no other', async () => {
    const made = job()
    const takes = createTakeStore(blobs)
    const first = await takes.adopt(made, rendered('first.png', Buffer.alloc(10)))
    expect(await takes.recall([made])).toEqual([])
    const second = await takes.adopt(made, rendered('second.png', Buffer.alloc(10)))
    await takes.describe(completed(made, second.output, new Date()), second.result)
    expect(first.result).not.toBe(second.result)
    expect((await takes.recall([made])).map(({ result }) => result)).toEqual([second.result])
  })
})
