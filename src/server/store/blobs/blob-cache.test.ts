import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, describe, expect, it } from 'vitest'
import { RushesError } from '../../../shared/errors.ts'
import { mountSmallDisk } from '../../testing/small-disk.ts'
import { createBlobCache } from './blob-cache.ts'

const root = mkdtempSync(join(tmpdir(), 'rushes-'))
afterAll(() => rmSync(root, { recursive: true }))

/** A cache of blobs of that size each, and how often each was fetched. */
const open = (limitBytes: number, { folder = mkdtempSync(join(root, 'cache-')), size = 100 } = {}) => {
  const fetched: string[] = []
  const gates = new Map<string, Promise<void>>()
  let temporaries = 0
  const cache = createBlobCache({
    folder,
    limitBytes,
    temporaryPath: () => Promise.resolve(`${folder}-${temporaries++}`),
    source: {
      facts: (key) =>
        key === 'gone'
          ? Promise.reject(new RushesError('NOT_FOUND', 'gone'))
          : Promise.resolve({ bytes: size, modified: new Date() }),
      open: async (key) => {
        fetched.push(key)
        await gates.get(key)
        return key.startsWith('short')
          ? Readable.from([Buffer.alloc(size - 1)])
          : Readable.from([Buffer.alloc(size, key)])
      },
    },
  })
  const use = async (key: string): Promise<void> => (await cache.borrow(key)).release()
  return { cache, fetched, gates, folder, use, names: () => readdirSync(folder) }
}

describe('local copies', () => {
  it('are fetched once for all who want them at the same moment', async () => {
    const { cache, fetched } = open(1000)
    const copies = await Promise.all(Array.from({ length: 20 }, () => cache.borrow('a.mp4')))
    expect(new Set(copies.map(({ path }) => path)).size).toBe(1)
    expect(fetched).toEqual(['a.mp4'])
    expect(readFileSync(copies[0]?.path ?? '').equals(Buffer.alloc(100, 'a.mp4'))).toBe(true)
  })

  it('give way to others over the limit, those first that were not used for longest', async () => {
    const { fetched, use, names } = open(300)
    for (const key of ['a', 'b', 'c', 'a', 'd', 'a', 'c', 'b']) await use(key)
    expect(fetched).toEqual(['a', 'b', 'c', 'd', 'b'])
    expect(names()).toHaveLength(3)
  })

  it('that are in use stay, also over the limit and when their blob is removed', async () => {
    const { cache, use, names } = open(150)
    const [a, b] = [await cache.borrow('a'), await cache.borrow('b')]
    await use('c')
    cache.forget('a')
    expect([a, b].map(({ path }) => readFileSync(path).length)).toEqual([100, 100])
    a.release()
    a.release()
    b.release()
    expect(names()).toHaveLength(1)
  })

  it('are sent from, and stay until they are sent', async () => {
    const { cache, use } = open(100)
    expect(cache.open('a', { start: 0, end: 9 })).toBeUndefined()
    await use('a')
    const sent = cache.open('a', { start: 10, end: 19 })
    await use('b')
    expect(Buffer.concat((await sent?.toArray()) ?? []).equals(Buffer.alloc(100, 'a').subarray(10, 20))).toBe(true)
    expect([cache.facts('a')?.bytes, cache.facts('b')]).toEqual([100, undefined])
  })

  it('of which only a part came are none, and neither are those whose bytes are others', async () => {
    const { cache, names, folder } = open(1000)
    await expect(cache.borrow('short')).rejects.toMatchObject({ code: 'FILES_AWAY' })
    await expect(cache.borrow('gone')).rejects.toMatchObject({ code: 'NOT_FOUND' })
    const right = createHash('sha256').update(Buffer.alloc(100, 'x')).digest('hex').slice(0, 32)
    await expect(cache.borrow(`media/${right}.mp4`)).rejects.toMatchObject({ code: 'UNREADABLE' })
    expect([names(), readdirSync(root).filter((name) => join(root, name).startsWith(`${folder}-`))]).toEqual([[], []])
  })

  it('that are half fetched are seen by nobody', async () => {
    const { cache, gates, names } = open(1000)
    let go: () => void = () => undefined
    gates.set('a', new Promise((resolve) => (go = resolve)))
    const copy = cache.borrow('a')
    await new Promise((resolve) => setImmediate(resolve))
    expect([names(), cache.facts('a')]).toEqual([[], undefined])
    go()
    await copy
    expect(names()).toHaveLength(1)
  })

  it('of a server that was stopped are used by the next, as far as there is room', async () => {
    const before = open(1000)
    for (const key of ['a', 'b', 'c']) await before.use(key)
    const after = open(200, { folder: before.folder })
    expect(after.names()).toHaveLength(2)
    for (const key of ['c', 'b', 'a']) await after.use(key)
    expect(after.fetched).toHaveLength(1)
  })

  it('that somebody has deleted are fetched again', async () => {
    const { cache, use, fetched } = open(1000)
    await use('a')
    rmSync((await cache.borrow('a')).path)
    expect(readFileSync((await cache.borrow('a')).path)).toHaveLength(100)
    expect(fetched).toEqual(['a', 'a'])
  })

  it('that are kept because they were put just now are not fetched', async () => {
    const { cache, fetched } = open(1000)
    const path = join(root, 'put')
    writeFileSync(path, randomBytes(100))
    await cache.keep('a', path)
    expect(readFileSync((await cache.borrow('a')).path).equals(readFileSync(path))).toBe(true)
    expect(fetched).toEqual([])
  })
})

const disk = mountSmallDisk(8)
afterAll(() => disk?.remove())
// A disk of its own is given to root on Linux alone.
it.skipIf(disk === null)(
  'a full disk: copies that nobody uses make room, and where they cannot it is said',
  async () => {
    if (!disk) return
    const size = 3 * 1024 ** 2
    const folder = mkdtempSync(join(disk.path, 'cache-'))
    const { cache, use, names } = open(100 * size, { folder, size })
    await use('a')
    const held = await cache.borrow('b')
    await use('c')
    expect(names()).toHaveLength(2)
    const other = await cache.borrow('c')
    await expect(cache.borrow('d')).rejects.toMatchObject({
      code: 'DISK_FULL',
      message: expect.stringMatching(/^The disk is full/),
    })
    expect(names()).toHaveLength(2)
    held.release()
    await use('d')
    other.release()
  },
)
