import { mkdtempSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Hono } from 'hono'
import { describe, expect, it } from 'vitest'
import { createFolderBlobs } from '../store/blobs/folder-blobs.ts'
import { createFolders } from '../store/folders.ts'
import type { AppEnv } from './context.ts'
import { contentDisposition, parseRange, sendFile } from './send-file.ts'

describe('parseRange', () => {
  it.each([
    [undefined, null],
    ['bytes=0-', { start: 0, end: 99 }],
    ['bytes=10-19', { start: 10, end: 19 }],
    ['bytes=90-500', { start: 90, end: 99 }],
    ['bytes=-10', { start: 90, end: 99 }],
    ['bytes=-500', { start: 0, end: 99 }],
    ['bytes=100-', 'unsatisfiable'],
    ['bytes=-0', 'unsatisfiable'],
    ['bytes=5-2', null],
    ['bytes=0-1,5-6', null],
    ['lines=0-1', null],
  ] as const)('%s', (header, span) => expect(parseRange(header, 100)).toEqual(span))
})

it('names a download in every script', () => {
  expect(contentDisposition('attachment', 'see "ä".mp4')).toBe(
    `attachment; filename="see ___.mp4"; filename*=UTF-8''see%20%22%C3%A4%22.mp4`,
  )
})

describe('sendFile', () => {
  const folders = createFolders(mkdtempSync(join(tmpdir(), 'rushes-')))
  const blobs = createFolderBlobs(folders)
  const key = 'media/x.bin'
  const path = join(folders.root, key)
  writeFileSync(path, '0123456789')
  const app = new Hono<AppEnv>().get('/', (context) =>
    sendFile(context, blobs, { key, mimeType: 'video/mp4', version: 'v1', filename: 'x.mp4', download: false }),
  )
  const ask = (headers: Record<string, string> = {}) => app.request('/', { headers })

  it('follows no link, which may lead anywhere, and says so', async () => {
    const link = `${path}.link`
    symlinkSync(path, link)
    const linked = new Hono<AppEnv>()
      .onError((error) => new Response(error.message, { status: 418 }))
      .get('/', (context) =>
        sendFile(context, blobs, {
          key: `${key}.link`,
          mimeType: 'video/mp4',
          version: 'v1',
          filename: 'x.mp4',
          download: false,
        }),
      )
    const answer = await linked.request('/')
    expect([answer.status, await answer.text()]).toEqual([418, expect.stringMatching(/^x\.mp4 is a link, which/)])
  })

  it('sends all of it, a part of it, and none of it', async () => {
    const whole = await ask()
    expect([whole.status, await whole.text()]).toEqual([200, '0123456789'])
    const part = await ask({ range: 'bytes=2-4' })
    expect([part.status, part.headers.get('content-range'), await part.text()]).toEqual([206, 'bytes 2-4/10', '234'])
    const etag = whole.headers.get('etag') ?? ''
    expect((await ask({ 'if-none-match': etag })).status).toBe(304)
    expect((await ask({ range: 'bytes=20-' })).status).toBe(416)
    expect((await ask({ range: 'bytes=2-4', 'if-range': '"other"' })).status).toBe(200)
    expect((await ask({ range: 'bytes=2-4', 'if-range': etag })).status).toBe(206)
  })
})
