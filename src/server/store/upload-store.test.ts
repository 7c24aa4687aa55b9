import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import sharp from 'sharp'
import { expect, it, vi } from 'vitest'
import { createFolders } from './folders.ts'
import { createUploadStore } from './upload-store.ts'

/** What writes to the first stream's file waits for, from its second write on: a slow disk, or one over the network. */
const disk = vi.hoisted(() => ({ streams: 0, writes: 0, waiting: [] as (() => void)[] }))

vi.mock(import('node:fs'), async (original) => {
  const fs = await original()
  const late = (write: () => void): void => {
    if (disk.streams > 1 || ++disk.writes < 2) return write()
    disk.waiting.push(write)
  }
  return {
    ...fs,
    createWriteStream: (path, options) => {
      disk.streams++
      if (disk.streams > 1 || typeof options !== 'object') return fs.createWriteStream(path, options)
      const slow = {
        open: fs.open,
        close: fs.close,
        write: (...asked: unknown[]) => late(() => void Reflect.apply(fs.write, fs, asked)),
        writev: (...asked: unknown[]) => late(() => void Reflect.apply(fs.writev, fs, asked)),
      }
      return fs.createWriteStream(path, { ...options, fs: slow })
    },
  }
})

it('tells how far a piece that broke off came only when its last bytes are written', async () => {
  const noise = { type: 'gaussian', mean: 128, sigma: 60 } as const
  const png = await sharp({ create: { width: 200, height: 200, channels: 3, background: '#000', noise } })
    .png()
    .toBuffer()
  const uploads = createUploadStore(createFolders(mkdtempSync(join(tmpdir(), 'rushes-'))))
  const upload = await uploads.begin({ length: png.length, filename: 'a.png', ttl_seconds: null })
  const dead = new PassThrough()
  const cut = new AbortController()
  const first = uploads.append(upload, 0, dead, { signal: cut.signal, onBytes: () => undefined })
  dead.write(png.subarray(0, 5000))
  await vi.waitFor(async () => expect(await uploads.offset(upload)).toBe(5000))
  dead.write(png.subarray(5000, 9000))
  await vi.waitFor(() => expect(disk.waiting).toHaveLength(1))
  cut.abort()
  let told: number | null = null
  void first.then((at) => (told = at))
  await new Promise((resolve) => setImmediate(resolve))
  expect(told).toBeNull()
  disk.waiting[0]?.()
  const at = await first
  expect(at).toBe(9000)
  const rest = { signal: new AbortController().signal, onBytes: () => undefined }
  await uploads.append(upload, at, Readable.from([png.subarray(at)]), rest)
  expect(await uploads.whole(upload, async (path) => readFileSync(path).equals(png))).toBe(true)
})
