import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { makeClip } from '../../engine/testing/clips.ts'
import { createNotices } from '../notices.ts'
import { S3_ENV, startS3Server, type S3Server } from '../testing/s3/s3-server.ts'
import { type OpenBlobs, openBlobs } from './blobs/open-blobs.ts'
import { readS3Address } from './blobs/s3-address.ts'
import { createFolders, temporaryPath } from './folders.ts'
import { chain, createSharedUploadStore } from './shared-upload-store.ts'

const root = mkdtempSync(join(tmpdir(), 'rushes-'))
let time = new Date()
let s3: S3Server
let bytes: Buffer
const opened: OpenBlobs[] = []

/** What one of several servers has. */
const server = async () => {
  const folders = createFolders(mkdtempSync(join(root, 'data-')))
  const address = readS3Address(s3.filesUrl())
  if (typeof address === 'string') throw new Error(address)
  const deps = {
    variable: (name: string) => S3_ENV[name],
    folders,
    notices: createNotices(),
    logger: pino({ level: 'silent' }),
  }
  const open = await openBlobs({ kind: 's3', address, cacheBytes: 1 }, deps)
  opened.push(open)
  const { blobs } = open
  return createSharedUploadStore({ blobs, temporaryPath: () => temporaryPath(folders), now: () => time })
}
type Uploads = Awaited<ReturnType<typeof server>>
let one: Uploads
let other: Uploads

beforeAll(async () => {
  s3 = await startS3Server()
  const clip = readFileSync(await makeClip(join(root, 'clip.mp4'), { seconds: 1 }))
  // More than two parts of a piece.
  bytes = Buffer.concat([clip, Buffer.alloc(18 * 1024 ** 2, 'abcdefg')])
  ;[one, other] = [await server(), await server()]
})
afterAll(async () => {
  for (const each of opened) each.close()
  await s3.close()
  rmSync(root, { recursive: true })
})

const begin = () => one.begin({ length: bytes.length, filename: 'a.mp4', ttl_seconds: null })
const live = { signal: new AbortController().signal, onBytes: () => undefined }
const append = (uploads: Uploads, upload: Awaited<ReturnType<typeof begin>>, at: number, piece: Buffer) =>
  uploads.append(upload, at, Readable.from([piece]), live)
const read = (uploads: Uploads, upload: Awaited<ReturnType<typeof begin>>) =>
  uploads.whole(upload, (path) => Promise.resolve(readFileSync(path)))

it('an upload goes on at another server from where it came, and is whole there', async () => {
  const upload = await begin()
  expect(await append(one, upload, 0, bytes.subarray(0, 10_000_000))).toBe(10_000_000)
  const known = await other.get(upload.id)
  expect(known).toEqual(upload)
  expect(await other.offset(upload)).toBe(10_000_000)
  await expect(append(other, upload, 9_000_000, bytes)).rejects.toMatchObject({ code: 'NOT_READY' })
  expect(await append(other, upload, 10_000_000, bytes.subarray(10_000_000))).toBe(bytes.length)
  expect((await read(one, upload)).equals(bytes)).toBe(true)
  await one.finish(upload)
  expect(await other.offset(upload)).toBe(0)
  await other.remove(upload.id)
  expect(await one.get(upload.id)).toBeUndefined()
})

it('what came of a piece that broke off is kept', async () => {
  const upload = await begin()
  const dead = new PassThrough()
  const cut = new AbortController()
  let came = 0
  const first = one.append(upload, 0, dead, { signal: cut.signal, onBytes: (count) => (came += count) })
  dead.write(bytes.subarray(0, 9_000_000))
  await vi.waitFor(() => expect(came).toBe(9_000_000))
  // What has filled a part is seen by others already.
  await vi.waitFor(async () => expect(await other.offset(upload)).toBe(8 * 1024 ** 2))
  cut.abort()
  expect(await first).toBe(9_000_000)
  expect(await append(other, upload, 9_000_000, bytes.subarray(9_000_000))).toBe(bytes.length)
  expect((await read(other, upload)).equals(bytes)).toBe(true)
})

it('two servers that have the same place of it make one file of it', async () => {
  const upload = await begin()
  const ends = await Promise.all([
    append(one, upload, 0, bytes),
    append(other, upload, 0, bytes.subarray(0, 5_000_000)),
  ])
  const end = await one.offset(upload)
  expect(Math.max(...ends)).toBe(end)
  if (end < bytes.length) await append(one, upload, end, bytes.subarray(end))
  expect((await read(other, upload)).equals(bytes)).toBe(true)
})

it('of parts that were cut in other places goes on from where it came farthest', () => {
  const id = '0'.repeat(32)
  const part = (at: number, bytes: number) => `uploads/${id}/${String(at).padStart(12, '0')}-${bytes}`
  const placesOf = (keys: string[]) => chain(keys).map(({ at, bytes }) => [at, bytes])
  expect(placesOf([part(0, 5), part(0, 8), part(8, 8), part(16, 2)])).toEqual([
    [0, 8],
    [8, 8],
    [16, 2],
  ])
  expect(placesOf([part(0, 5), part(0, 8), part(5, 9), part(8, 2)])).toEqual([
    [0, 5],
    [5, 9],
  ])
  expect(placesOf([part(3, 5), 'uploads/else'])).toEqual([])
})

it('takes no more than was announced, and nothing that is no media', async () => {
  const upload = await begin()
  await expect(append(one, upload, 0, Buffer.concat([bytes, bytes]))).rejects.toMatchObject({ code: 'TOO_LARGE' })
  const text = await begin()
  await expect(append(one, text, 0, Buffer.alloc(100_000, 'text '))).rejects.toMatchObject({
    code: 'UNSUPPORTED_MEDIA',
  })
})

it('says that the storage is away, and has what came before', async () => {
  const upload = await begin()
  await append(one, upload, 0, bytes.subarray(0, 1_000_000))
  s3.state.fault = ({ method }) => (method === 'PUT' ? { is: 'refused', status: 403, code: 'AccessDenied' } : null)
  await expect(append(one, upload, 1_000_000, bytes.subarray(1_000_000))).rejects.toMatchObject({ code: 'FILES_AWAY' })
  s3.state.fault = () => null
  expect(await other.offset(upload)).toBe(1_000_000)
})

it('forgets what nobody goes on with, a day after its last piece', async () => {
  const [old, next] = [await begin(), await begin()]
  await append(one, old, 0, bytes.subarray(0, 1000))
  time = new Date(Date.now() + 23 * 60 * 60 * 1000)
  await other.sweep()
  expect(await one.offset(old)).toBe(1000)
  time = new Date(Date.now() + 25 * 60 * 60 * 1000)
  await other.sweep()
  expect([await one.get(old.id), await one.get(next.id), await one.offset(old)]).toEqual([undefined, undefined, 0])
  expect([...s3.bucket.objects.keys()].filter((key) => key.startsWith('uploads/'))).toEqual([])
})
