import { once } from 'node:events'
import {
  closeSync,
  ftruncateSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createServer, get } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAdaptorServer } from '@hono/node-server'
import { Hono } from 'hono'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { AppEnv } from '../http/context.ts'
import type { StoredJob } from '../store/stored-job.ts'
import type { FinishedJob, Job } from '../../shared/job.ts'
import { completed, newJob } from '../jobs/transitions.ts'
import { createFolderBlobs } from '../store/blobs/folder-blobs.ts'
import { createFolders } from '../store/folders.ts'
import { createArchives } from './archives.ts'
import { uniqueNames } from './entry-names.ts'
import { sendArchive } from './send-archive.ts'

const folder = mkdtempSync(join(tmpdir(), 'rushes-'))
afterAll(() => rmSync(folder, { recursive: true }))

const stored: StoredJob[] = []
/** Ends that are not written down yet. */
const ended = new Map<string, StoredJob>()
let time = new Date('2026-11-30T12:00:00.000Z')
const blobs = createFolderBlobs(createFolders(folder))
const archives = createArchives({
  library: { find: async (ids) => stored.filter(({ job }) => ids.includes(job.job_id)) },
  find: async (id) => ended.get(id),
  now: () => time,
})

/** A take of that name, as so many bytes. */
const take = (filename: string, at: string, size: number): string => {
  const file = openSync(join(folder, at), 'w')
  ftruncateSync(file, size)
  closeSync(file)
  const asked = { model: 'a', requestedModel: 'a', idempotencyKey: null, renderer: 'local', inputs: {} }
  const facts = { mime_type: 'image/png', width: 2, height: 2, duration: null, fps: null, bytes: size || 1 }
  const job = completed(newJob({ ...asked, now: time }), { ...facts, filename }, time)
  stored.push({ job, cloud: null, result: at })
  return job.job_id
}

const app = new Hono<AppEnv>().get('/:id', async (context) => {
  const archive = archives.get(context.req.param('id'))
  return archive ? sendArchive(context, blobs, archive) : context.text('', 404)
})
const server = createAdaptorServer({ fetch: app.fetch, overrideGlobalObjects: false, createServer })
let url = ''
beforeAll(async () => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  url = `http://127.0.0.1:${port}`
})
afterAll(() => server.close())

/** Whether this process reads that file, as Linux tells it; elsewhere nobody does. */
const isOpen = (at: string): boolean =>
  process.platform === 'linux' &&
  readdirSync('/proc/self/fd').some((file) => {
    try {
      return readlinkSync(`/proc/self/fd/${file}`) === join(folder, at)
    } catch {
      return false
    }
  })

/** The names and bytes of a ZIP file whose entries are stored as they are, by its central directory. */
const entriesOf = (zip: Buffer): Record<string, Buffer> => {
  const end = zip.lastIndexOf(Buffer.from('PK\u0005\u0006'))
  const entries: Record<string, Buffer> = {}
  for (let at = zip.readUInt32LE(end + 16), left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const [size, name, extra, local] = [24, 28, 30, 42].map((place) =>
      place === 28 || place === 30 ? zip.readUInt16LE(at + place) : zip.readUInt32LE(at + place),
    )
    const begin = (local ?? 0) + 30 + (name ?? 0)
    entries[zip.toString('utf8', at + 46, at + 46 + (name ?? 0))] = zip.subarray(begin, begin + (size ?? 0))
    at += 46 + (name ?? 0) + (extra ?? 0)
  }
  return entries
}

describe('names in an archive', () => {
  it.each([
    [
      ['a.mp4', 'b.mp4'],
      ['a.mp4', 'b.mp4'],
    ],
    [
      ['a.mp4', 'A.mp4', 'a.MP4'],
      ['a.mp4', 'A (2).mp4', 'a (3).MP4'],
    ],
    [
      ['a.mp4', 'a (2).mp4', 'a.mp4'],
      ['a.mp4', 'a (2).mp4', 'a (3).mp4'],
    ],
    [
      ['é.png', 'e\u0301.png'],
      ['é.png', 'e\u0301 (2).png'],
    ],
    [
      ['missing.txt', 'no-dot', 'no-dot'],
      ['missing (2).txt', 'no-dot', 'no-dot (2)'],
    ],
  ])('of %j are %j', (names, unique) => expect(uniqueNames(names)).toEqual(unique))
})

describe('an archive', () => {
  it('has a take whose end is not written down yet', async () => {
    const id = take('just.png', 'j', 9)
    const at = stored.findIndex(({ job }) => job.job_id === id)
    const [row] = stored.splice(at, 1)
    if (!row) throw new Error('no row')
    ended.set(id, row)
    const { finished_at: _, output: __, ...asked } = row.job as FinishedJob & { status: 'completed' }
    stored.push({ ...row, job: { ...asked, status: 'processing' } as Job, result: null })
    const archive = await archives.prepare([id])
    expect([archive.entries.map(({ name }) => name), archive.missing]).toEqual([['just.png'], []])
  })

  it('has what was asked for under its own names, tells its length before, and lists what is missing', async () => {
    const whole = [take('雪狐.mp4', 'a', 300_000), take('A.mp4', 'b', 10), take('a.mp4', 'c', 7)]
    // Of one the bytes are lost, and one is gone.
    const ids = [...whole, take('empty.mp4', 'c0', 0), take('x.mp4', 'd', 5)]
    rmSync(join(folder, 'd'))
    const archive = await archives.prepare([...ids, 'job_none'])
    expect(archive.filename).toBe('rushes-2026-11-30-5-takes.zip')
    const answer = await fetch(`${url}/${archive.id}`)
    const zip = Buffer.from(await answer.arrayBuffer())
    expect(answer.headers.get('content-length')).toBe(String(zip.length))
    expect(answer.headers.get('content-disposition')).toContain('filename="rushes-2026-11-30-5-takes.zip"')
    const entries = entriesOf(zip)
    expect(Object.entries(entries).map(([name, bytes]) => [name, bytes.length])).toEqual([
      ['雪狐.mp4', 300_000],
      ['A.mp4', 10],
      ['a (2).mp4', 7],
      ['missing.txt', expect.any(Number)],
    ])
    expect(entries['missing.txt']?.toString()).toMatch(/empty\.mp4\nx\.mp4\njob_none \(has no take\)\n$/)
  })

  it('is kept for ten minutes, and is none of nothing', async () => {
    const archive = await archives.prepare([take('b.mp4', 'e', 1)])
    expect(archive.filename).toBe('rushes-2026-11-30-1-take.zip')
    time = new Date(time.getTime() + 10 * 60 * 1000)
    expect((await fetch(`${url}/${archive.id}`)).status).toBe(404)
    await expect(archives.prepare(['job_none'])).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('of more than four gigabytes tells its length, and its reading stops when whoever wants it goes away', async () => {
    const size = 5 * 1024 ** 3
    const archive = await archives.prepare([take('long.mp4', 'f', size), take('after.mp4', 'g', 10)])
    const outgoing = get(`${url}/${archive.id}`)
    const [answer] = await once(outgoing, 'response')
    // What ZIP64 adds: 8 bytes to the descriptor, 28 and 12 to the entries, 76 at the end.
    const plain = 22 + 2 * (46 + 46) + 2 * ('long.mp4'.length + 'after.mp4'.length)
    expect(Number(answer.headers['content-length'])).toBe(size + 10 + plain + 8 + 28 + 12 + 76)
    await once(answer, 'data')
    await vi.waitFor(() => expect(isOpen('f')).toBe(process.platform === 'linux'))
    outgoing.destroy()
    await vi.waitFor(() => expect(isOpen('f')).toBe(false))
  }, 20_000)

  it('breaks off where a file becomes shorter while it is sent', async () => {
    const archive = await archives.prepare([take('first.mp4', 'h', 64 * 1024 ** 2), take('second.mp4', 'i', 1000)])
    const [answer] = await once(get(`${url}/${archive.id}`), 'response')
    writeFileSync(join(folder, 'i'), 'short')
    const failure = once(answer, 'error')
    answer.resume()
    await expect(failure).resolves.toMatchObject([{ code: 'ECONNRESET' }])
  })
})
