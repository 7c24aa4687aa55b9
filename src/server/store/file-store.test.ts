import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fileResourceSchema } from '../../shared/media.ts'
import { routes } from '../../shared/routes.ts'
import { probe } from '../testing/probe.ts'
import { onEachIndex } from '../testing/on-each-index.ts'
import { formOf, serve, type Served } from '../testing/serve.ts'
import { newJob } from '../jobs/transitions.ts'
import { createFileStore } from './file-store.ts'
import { createFolders } from './folders.ts'
import { createJobStore } from './job-store.ts'

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

const bytesIn = (folder: string): string[] =>
  readdirSync(join(folder, 'media')).filter((name) => !name.endsWith('.json'))

describe('the same bytes uploaded twice', () => {
  it('are two files with a name and a lifetime of their own, and lie on the disk once', async () => {
    const before = bytesIn(server.dataDir)
    const file = await picture('#111')
    const kept = await upload(file)
    const passing = await upload(file, { ttl_seconds: '60' })
    expect(passing.id).not.toBe(kept.id)
    expect([kept.expires_at, passing.expires_at]).toEqual([null, expect.stringMatching(/^20/)])
    expect(passing.media).toEqual(kept.media)
    expect(bytesIn(server.dataDir)).toHaveLength(before.length + 1)
  })

  it('need not be sent again by who knows their hash and length', async () => {
    const file = await picture('#131313')
    const sent = await upload(file)
    const before = bytesIn(server.dataDir)
    const sha256 = createHash('sha256')
      .update(new Uint8Array(await file.arrayBuffer()))
      .digest('hex')
    const ask = (body: object) =>
      fetch(`${server.url}${routes.filesKnown}`, { method: 'POST', body: JSON.stringify(body) })
    const answer = await ask({ sha256: sha256.toUpperCase(), bytes: file.size, filename: 'a folder/again.png' })
    const known = fileResourceSchema.parse(await answer.json())
    expect(known).toMatchObject({ filename: 'again.png', size_bytes: file.size, expires_at: null, media: sent.media })
    expect(known.id).not.toBe(sent.id)
    expect(bytesIn(server.dataDir)).toEqual(before)
    await fetch(`${server.url}/v1/files/${sent.id}`, { method: 'DELETE' })
    const content = await fetch(`${server.url}/v1/files/${known.id}/content`)
    expect(Buffer.from(await content.arrayBuffer())).toEqual(Buffer.from(await file.arrayBuffer()))
    const statuses = [
      await ask({ sha256, bytes: file.size + 1, filename: 'a.png' }),
      await ask({ sha256: '0'.repeat(64), bytes: file.size, filename: 'a.png' }),
      await ask({ sha256: 'abc', bytes: 3 }),
    ].map(({ status }) => status)
    expect(statuses).toEqual([404, 404, 422])
  })

  it('outlive each other: deleting one leaves the other, deleting both leaves nothing', async () => {
    const before = readdirSync(join(server.dataDir, 'media'))
    const file = await picture('#121212')
    const [one, two] = [await upload(file), await upload(file)]
    const get = (id: string) => fetch(`${server.url}/v1/files/${id}/content`)
    const remove = (id: string) => fetch(`${server.url}/v1/files/${id}`, { method: 'DELETE' })
    expect((await remove(one.id)).status).toBe(204)
    expect([(await get(one.id)).status, (await get(two.id)).status]).toEqual([404, 200])
    expect((await (await get(two.id)).arrayBuffer()).byteLength).toBe(file.size)
    expect((await remove(two.id)).status).toBe(204)
    expect(readdirSync(join(server.dataDir, 'media'))).toEqual(before)
  })
})

it('takes no lifetime that is none, and keeps nothing of its file', async () => {
  const before = readdirSync(join(server.dataDir, 'media'))
  const form = formOf({ file: await picture('#333'), ttl_seconds: '5' })
  const answer = await fetch(`${server.url}/v1/files`, { method: 'POST', body: form })
  expect([answer.status, await answer.json()]).toMatchObject([
    422,
    { fields: { ttl_seconds: expect.stringContaining('60') } },
  ])
  expect(readdirSync(join(server.dataDir, 'media'))).toEqual(before)
})

onEachIndex((make) => {
  const open = async (now: () => Date = () => new Date()) => {
    const folders = createFolders(mkdtempSync(join(tmpdir(), 'rushes-')))
    const index = await make.open()
    const nothing = () => Promise.reject(new Error('not asked for'))
    const files = createFileStore({
      index,
      folders,
      prober: { probe, thumbnail: nothing, preview: nothing },
      derivatives: { remove: () => Promise.resolve() },
      isWhole: () => true,
      now,
    })
    const jobs = createJobStore(index, { now })
    const receive = async (background: string, expiresAt: string | null = null) => {
      const bytes = Buffer.from(await (await picture(background)).arrayBuffer())
      return files.receive(Readable.from([bytes]), { filename: 'a.png', wants: null, expiresAt })
    }
    const use = (id: string) =>
      jobs.add(
        newJob({
          model: 'lucy-pro-i2i',
          requestedModel: 'lucy-pro-i2i',
          idempotencyKey: null,
          renderer: 'local',
          inputs: { prompt: 'a', data: id },
          now: now(),
        }),
      )
    return { folders, index, files, jobs, receive, use }
  }

  it('has the bytes of every file that it knows, although one is forgotten just as they come in again', async () => {
    const { folders, index, files, receive } = await open()
    // At every moment of its coming in.
    for (let moment = 0; moment < 60; moment++) {
      const { id } = await receive('#444')
      const again = receive('#444')
      for (let turn = 0; turn < moment; turn++) await new Promise((resolve) => setImmediate(resolve))
      await files.remove(id)
      const known = await files.input((await again).id)
      expect(existsSync(known?.path ?? folders.media)).toBe(true)
    }
    await index.close()
  })

  it('sweeps what has expired or was forgotten, but no source of a job, which still can be looked at', async () => {
    let time = '2026-11-01T12:00:00.000Z'
    const { index, files, receive, use, folders } = await open(() => new Date(time))
    const soon = '2026-11-01T13:00:00.000Z'
    const [loose, source, forgotten] = [await receive('#511', soon), await receive('#522', soon), await receive('#533')]
    await use(source.id)
    await use(forgotten.id)
    expect(await files.remove(forgotten.id)).toBe(true)
    expect(await files.get(forgotten.id)).toBeUndefined()
    time = '2026-11-01T14:00:00.000Z'
    expect(await files.get(loose.id)).toBeUndefined()
    expect(await files.sweep()).toBe(1)
    expect(await files.get(source.id)).toMatchObject({ id: source.id })
    for (const { id } of [source, forgotten]) expect(existsSync((await files.input(id))?.path ?? '')).toBe(true)
    expect(await files.input(loose.id)).toBeUndefined()
    expect(bytesIn(folders.root)).toHaveLength(2)
    await index.close()
  })

  it('lets no job begin with a file that is forgotten or has expired, and adds nothing of it', async () => {
    let time = '2026-11-01T12:00:00.000Z'
    const { index, files, jobs, receive, use } = await open(() => new Date(time))
    const [gone, late] = [await receive('#611'), await receive('#622', '2026-11-01T13:00:00.000Z')]
    await files.remove(gone.id)
    time = '2026-11-01T14:00:00.000Z'
    for (const id of [gone.id, late.id, `file_${'0'.repeat(32)}`])
      await expect(use(id)).rejects.toMatchObject({ name: 'MissingFiles', ids: [id] })
    expect(await jobs.count({})).toBe(0)
    await index.close()
  })
})
