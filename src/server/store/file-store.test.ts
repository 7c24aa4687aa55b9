import { existsSync, mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { fileResourceSchema } from '../../shared/media.ts'
import { probe } from '../testing/probe.ts'
import { formOf, serve, type Served } from '../testing/serve.ts'
import { openDatabase } from './database.ts'
import { createFileStore } from './file-store.ts'
import { createFolders } from './folders.ts'

let server: Served
beforeAll(async () => {
  server = await serve()
})
afterAll(() => server.close())

const picture = async (background: string): Promise<Blob> => {
  const pixels = sharp({ create: { width: 32, height: 32, channels: 3, background } })
  return new Blob([new Uint8Array(await pixels.png().toBuffer())])
}

const upload = async (file: Blob, fields: Record<string, string> = {}) => {
  const form = formOf(fields)
  form.append('file', file, 'a.png')
  const answer = await fetch(`${server.url}/v1/files`, { method: 'POST', body: form })
  return fileResourceSchema.parse(await answer.json())
}

it('keeps a file for good, although it is sent again with a lifetime', async () => {
  const file = await picture('#111')
  expect((await upload(file)).expires_at).toBeNull()
  expect((await upload(file, { ttl_seconds: '60' })).expires_at).toBeNull()
})

it('prolongs a lifetime, and takes none that is no lifetime', async () => {
  const file = await picture('#222')
  const { id } = await upload(file, { ttl_seconds: '60' })
  const longer = await upload(file, { ttl_seconds: '3600' })
  expect(longer.id).toBe(id)
  expect(Date.parse(longer.expires_at ?? '')).toBeGreaterThan(Date.now() + 3_000_000)

  const before = readdirSync(join(server.dataDir, 'media'))
  const form = formOf({ file: await picture('#333'), ttl_seconds: '5' })
  const answer = await fetch(`${server.url}/v1/files`, { method: 'POST', body: form })
  expect([answer.status, await answer.json()]).toMatchObject([
    422,
    { fields: { ttl_seconds: expect.stringContaining('60') } },
  ])
  expect(readdirSync(join(server.dataDir, 'media'))).toEqual(before)
})

it('has the bytes of every file that it knows, although one is forgotten just as it comes in again', async () => {
  const folders = createFolders(mkdtempSync(join(tmpdir(), 'rushes-')))
  const { database } = openDatabase(folders.index)
  const nothing = () => Promise.reject(new Error('not asked for'))
  const files = createFileStore({
    database,
    folders,
    prober: { probe, thumbnail: nothing, preview: nothing },
    derivatives: { remove: () => Promise.resolve() },
    usesFile: () => false,
  })
  const bytes = Buffer.from(await (await picture('#444')).arrayBuffer())
  const receive = () => files.receive(Readable.from([bytes]), { filename: null, wants: null, expiresAt: null })
  // At every moment of its coming in.
  for (let moment = 0; moment < 60; moment++) {
    const { id } = await receive()
    const again = receive()
    for (let turn = 0; turn < moment; turn++) await new Promise((resolve) => setImmediate(resolve))
    await files.remove(id)
    await again
    const known = files.input(id)
    expect(existsSync(known?.path ?? folders.media)).toBe(true)
  }
  database.close()
})
