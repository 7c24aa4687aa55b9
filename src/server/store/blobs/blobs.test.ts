import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createNotices } from '../../notices.ts'
import { otherServers, startOtherServer } from '../../testing/s3/other-servers.ts'
import { S3_ENV, startS3Server } from '../../testing/s3/s3-server.ts'
import { createFolders, temporaryPath } from '../folders.ts'
import type { BlobStore } from './blob-store.ts'
import { type OpenBlobs, openBlobs } from './open-blobs.ts'
import { readS3Address } from './s3-address.ts'

const root = mkdtempSync(join(tmpdir(), 'rushes-'))
afterAll(() => rmSync(root, { recursive: true }))

type Make = {
  name: string
  start: () => Promise<{ filesUrl: ((prefix?: string) => string) | null; close: () => Promise<void> }>
}
const MAKES: Make[] = [
  { name: 'a folder', start: () => Promise.resolve({ filesUrl: null, close: () => Promise.resolve() }) },
  { name: 'S3', start: () => startS3Server() },
  ...otherServers().map((other) => ({ name: `S3 by ${other.name}`, start: () => startOtherServer(other) })),
]

describe.each(MAKES)('blobs in $name', ({ start }) => {
  const folders = createFolders(mkdtempSync(join(root, 'data-')))
  let opened: OpenBlobs
  let blobs: BlobStore
  let server: Awaited<ReturnType<Make['start']>>

  beforeAll(async () => {
    server = await start()
    const address = server.filesUrl && readS3Address(server.filesUrl('studio'))
    if (typeof address === 'string') throw new Error(address)
    opened = await openBlobs(
      address === null ? { kind: 'folder' } : { kind: 's3', address, cacheBytes: 64 * 1024 ** 2 },
      { variable: (name) => S3_ENV[name], folders, notices: createNotices(), logger: pino({ level: 'silent' }) },
    )
    blobs = opened.blobs
  })
  afterAll(async () => {
    opened.close()
    await server.close()
  })

  const put = async (key: string, bytes: Buffer, options?: Parameters<BlobStore['put']>[2]): Promise<boolean> => {
    const path = await temporaryPath(folders)
    writeFileSync(path, bytes)
    return blobs.put(key, path, options)
  }
  const read = async (key: string, start: number, end: number): Promise<Buffer> =>
    buffer(await blobs.open(key, { start, end }))
  const keys = async (prefix: string): Promise<string[]> => {
    const found: string[] = []
    for await (const key of blobs.list(prefix)) found.push(key)
    return found
  }

  it('are there as a whole under their keys, and are read whole and by ranges', async () => {
    const bytes = randomBytes(300_000)
    const key = 'takes/2026-11-30/雪狐 (2)_a+b&c=d%20.mp4'
    expect(await blobs.has(key)).toBe(false)
    expect(await put(key, bytes, { lasting: true })).toBe(true)
    expect(await blobs.has(key)).toBe(true)
    const { bytes: size, modified } = await blobs.facts(key)
    expect(size).toBe(bytes.length)
    expect(Math.abs(Date.now() - modified.getTime())).toBeLessThan(60_000)
    expect((await read(key, 0, bytes.length - 1)).equals(bytes)).toBe(true)
    expect((await read(key, 1000, 1999)).equals(bytes.subarray(1000, 2000))).toBe(true)
    expect((await read(key, bytes.length - 1, bytes.length - 1)).equals(bytes.subarray(-1))).toBe(true)
  })

  it('of more bytes than a part has are the same, and can replace what was there', async () => {
    const bytes = randomBytes(20 * 1024 ** 2 + 17)
    await put('media/large.bin', Buffer.from('before'))
    expect(await put('media/large.bin', bytes)).toBe(true)
    expect((await read('media/large.bin', 0, bytes.length - 1)).equals(bytes)).toBe(true)
  })

  it.each([1000, 9 * 1024 ** 2])('of %d bytes that must be new leave those alone that are there', async (size) => {
    const [first, second] = [randomBytes(size), randomBytes(size)]
    const key = `uploads/new-${size}`
    expect(await put(key, first, { mustBeNew: true })).toBe(true)
    expect(await put(key, second, { mustBeNew: true })).toBe(false)
    expect((await read(key, 0, size - 1)).equals(first)).toBe(true)
  })

  it('that several put at once and that must be new are one of them', async () => {
    const all = Array.from({ length: 6 }, () => randomBytes(5000))
    const answers = await Promise.all(all.map((bytes) => put('uploads/race', bytes, { mustBeNew: true })))
    expect(answers.filter(Boolean)).toHaveLength(1)
    expect((await read('uploads/race', 0, 4999)).equals(all[answers.indexOf(true)] ?? Buffer.alloc(0))).toBe(true)
  })

  it('give the bytes back that were put for nothing', async () => {
    const path = await temporaryPath(folders)
    writeFileSync(path, 'bytes')
    await blobs.put('media/back.bin', path)
    await blobs.takeBack('media/back.bin', path)
    expect(readFileSync(path, 'utf8')).toBe('bytes')
  })

  it('of JSON are read as they were written, and what is none is said', async () => {
    await blobs.putJson('media/a.json', { name: 'ö', list: [1, 2] })
    expect(await blobs.readJson('media/a.json')).toEqual({ ok: true, value: { name: 'ö', list: [1, 2] } })
    await put('media/broken.json', Buffer.from('{"a":'))
    expect(await blobs.readJson('media/broken.json')).toEqual({ ok: false, reason: 'is no whole JSON' })
    await put('media/long.json', Buffer.alloc(2 * 1024 ** 2, 32))
    expect(await blobs.readJson('media/long.json')).toMatchObject({ ok: false, reason: 'has 2,097,152 bytes' })
    expect(await blobs.readJson('media/none.json')).toMatchObject({ ok: false })
  })

  it('are listed by what their keys begin with', async () => {
    for (const name of ['c/1', 'a/1', 'a/2', 'ab/1', 'b']) await put(`sprites/${name}`, Buffer.from('x'))
    expect(await keys('sprites/a/')).toEqual(['sprites/a/1', 'sprites/a/2'])
    expect((await keys('sprites/a')).toSorted()).toEqual(['sprites/a/1', 'sprites/a/2', 'sprites/ab/1'])
    expect(await keys('sprites/none/')).toEqual([])
  })

  it('are gone when they are removed, and to remove what is not there is nothing', async () => {
    await put('previews/gone.mp4', Buffer.from('x'))
    await blobs.remove('previews/gone.mp4')
    await blobs.remove('previews/gone.mp4')
    expect(await blobs.has('previews/gone.mp4')).toBe(false)
    const refusal = { code: 'NOT_FOUND', message: expect.stringMatching(/^My clip is gone from the /) }
    await expect(blobs.facts('previews/gone.mp4', 'My clip')).rejects.toMatchObject(refusal)
    await expect(blobs.localCopy('previews/gone.mp4', 'My clip')).rejects.toMatchObject(refusal)
  })

  it('are files of this machine when they are wanted as such', async () => {
    const bytes = randomBytes(100_000)
    await put('media/local.mp4', bytes)
    const copies = await Promise.all([blobs.localCopy('media/local.mp4'), blobs.localCopy('media/local.mp4')])
    for (const { path, release } of copies) {
      expect(readFileSync(path).equals(bytes)).toBe(true)
      expect(path).toMatch(/\.mp4$/)
      release()
    }
    expect(copies[0]?.path).toBe(copies[1]?.path)
    expect((await read('media/local.mp4', 10, 19)).equals(bytes.subarray(10, 20))).toBe(true)
    await blobs.remove('media/local.mp4')
    expect(existsSync(copies[0]?.path ?? '')).toBe(false)
    expect(await blobs.has('media/local.mp4')).toBe(false)
  })

  it('of more than a page are all listed', async () => {
    for (let at = 0; at < 1005; at += 67)
      await Promise.all(
        Array.from({ length: 67 }, (_, more) =>
          put(`thumbnails/${String(at + more).padStart(4, '0')}`, Buffer.from('x')),
        ),
      )
    const found = await keys('thumbnails/')
    expect(found).toHaveLength(1005)
    expect(found).toEqual(found.toSorted())
  })

  it('leave nothing in the temporary folder that they have taken', () => {
    for (const name of readdirSync(folders.temporary))
      expect(readFileSync(join(folders.temporary, name)).length).toBeGreaterThan(0)
  })
})
