import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { makeClip } from '../engine/testing/clips.ts'
import type { Job } from '../shared/job.ts'
import { fileResourceSchema } from '../shared/media.ts'
import { submittedSchema } from '../shared/routes.ts'
import { TUS_PIECE, TUS_VERSION, uploadStateSchema } from '../shared/upload.ts'
import { kill, launch } from './testing/launch.ts'
import { S3_ENV, startS3Server, type S3Server } from './testing/s3/s3-server.ts'
import { serve, type Served } from './testing/serve.ts'

const folder = mkdtempSync(join(tmpdir(), 'rushes-'))
let clip: Buffer
let s3: S3Server
let server: Served
beforeAll(async () => {
  clip = readFileSync(await makeClip(join(folder, 'clip.mp4'), { seconds: 2 }))
  s3 = await startS3Server()
  server = await serve({ env: uncached() })
})
afterAll(async () => {
  await server.close()
  await s3.close()
  rmSync(folder, { recursive: true })
})

/** With so little room for copies that all is fetched whenever it is wanted. */
const uncached = () => ({ ...S3_ENV, FILES_URL: s3.filesUrl('studio'), FILES_CACHE_GIB: '0.000001' })

const keys = (prefix: string): string[] =>
  [...s3.bucket.objects.keys()].filter((key) => key.startsWith(`studio/${prefix}`)).toSorted()
const filesBelow = (path: string): string[] =>
  readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)

const upload = async (bytes = clip, name = 'sea ☀.mp4') => {
  const answer = await server.upload(new Blob([new Uint8Array(bytes)]), name)
  expect(answer.status).toBe(200)
  return fileResourceSchema.parse(await answer.json())
}
const make = async (
  prompt: string,
  fields: Record<string, string> = { resolution: '480p' },
  model = 'lucy-pro-t2i',
): Promise<Job> => {
  const answer = await server.submit(model, { prompt, ...fields }, { 'x-renderer': 'local' })
  const job = await server.finished(submittedSchema.parse(await answer.json()).job_id)
  expect(job).toMatchObject({ status: 'completed' })
  return job
}
const bytesOf = async (path: string, headers: Record<string, string> = {}): Promise<Buffer> =>
  Buffer.from(await (await fetch(`${server.url}${path}`, { headers })).arrayBuffer())
const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')

describe('a studio whose files are kept on S3', () => {
  it('keeps an upload there under its hash, once, and sends it whole, by ranges and by its name', async () => {
    const [file, again] = [await upload(), await upload()]
    const key = `media/${sha256(clip).slice(0, 32)}.mp4`
    expect(keys('media/')).toEqual(
      [`studio/${key}`, `studio/media/${file.id}.json`, `studio/media/${again.id}.json`].toSorted(),
    )
    const path = `/v1/files/${file.id}/content`
    expect((await bytesOf(path)).equals(clip)).toBe(true)
    const part = await fetch(`${server.url}${path}?download`, { headers: { range: 'bytes=100-299' } })
    expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes 100-299/${clip.length}`])
    expect(part.headers.get('content-disposition')).toContain(`filename*=UTF-8''sea%20%E2%98%80.mp4`)
    expect(Buffer.from(await part.arrayBuffer()).equals(clip.subarray(100, 300))).toBe(true)
    const etag = part.headers.get('etag') ?? ''
    expect((await fetch(`${server.url}${path}`, { headers: { 'if-none-match': etag } })).status).toBe(304)
    expect((await fetch(`${server.url}${path}`, { headers: { range: `bytes=${clip.length}-` } })).status).toBe(416)
    await fetch(`${server.url}/v1/files/${file.id}`, { method: 'DELETE' })
    expect((await bytesOf(`/v1/files/${again.id}/content`)).equals(clip)).toBe(true)
    await fetch(`${server.url}/v1/files/${again.id}`, { method: 'DELETE' })
    expect(keys('media/')).toEqual([])
  })

  it('makes takes from what lies there, keeps them there, and leaves nothing in the data folder but copies', async () => {
    const { id } = await upload()
    const job = await make('a fox in the snow', { data: id, resolution: '720p' }, 'lucy-clip')
    const day = job.created_at.slice(0, 10)
    const key = `studio/takes/${day}/${job.output?.filename ?? ''}`
    // That it is finished is told a moment before its description lies there.
    await vi.waitFor(() => expect(keys('takes/')).toEqual([key, `${key}.json`]))
    expect((await bytesOf(`/v1/jobs/${job.job_id}/content`)).length).toBe(job.output?.bytes)
    for (const kind of ['thumbnail', 'sprite']) {
      const answer = await fetch(`${server.url}/v1/jobs/${job.job_id}/${kind}`)
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/webp'])
      expect(keys(`${kind}s/`)).toEqual([`studio/${kind}s/${job.job_id}.webp`])
    }
    const used = await fetch(`${server.url}/v1/jobs/${job.job_id}/file`, { method: 'POST' })
    const file = fileResourceSchema.parse(await used.json())
    expect((await bytesOf(`/v1/files/${file.id}/content`)).length).toBe(job.output?.bytes)
    for (const name of ['media', 'takes', 'thumbnails', 'sprites', 'rushes-tmp', 'rushes-uploads'])
      expect(filesBelow(join(server.dataDir, name))).toEqual([])
  })

  it('changes what is written beside a take, and removes all of it with the bin', async () => {
    const { job_id: id } = await make('a lake')
    await fetch(`${server.url}/v1/jobs/${id}/star`, { method: 'PUT' })
    const [description = ''] = keys('takes/').filter((key) => key.includes('a-lake') && key.endsWith('.json'))
    expect(JSON.parse(readFileSync(s3.bucket.objects.get(description)?.path ?? '', 'utf8'))).toMatchObject({
      starred: true,
    })
    const changes = { method: 'POST', body: JSON.stringify({ job_ids: [id], binned: true }) }
    await fetch(`${server.url}/v1/jobs/changes`, changes)
    await fetch(`${server.url}/v1/bin`, { method: 'DELETE' })
    expect(keys('takes/').filter((key) => key.includes('a-lake'))).toEqual([])
  })

  it('packs takes into an archive, of which it tells the length before', async () => {
    const jobs = [await make('one'), await make('two')]
    const asked = { method: 'POST', body: JSON.stringify({ job_ids: jobs.map(({ job_id: id }) => id) }) }
    const { archive_id: id } = (await (await fetch(`${server.url}/v1/archives`, asked)).json()) as {
      archive_id: string
    }
    const answer = await fetch(`${server.url}/v1/archives/${id}`)
    const zip = Buffer.from(await answer.arrayBuffer())
    expect(answer.headers.get('content-length')).toBe(String(zip.length))
    for (const { job_id: each } of jobs) expect(zip.includes(await bytesOf(`/v1/jobs/${each}/content`))).toBe(true)
  })

  it('takes an upload in pieces, which lie there until they are one file', async () => {
    const begun = await fetch(`${server.url}/v1/uploads`, {
      method: 'POST',
      headers: { 'tus-resumable': TUS_VERSION, 'upload-length': String(clip.length) },
    })
    const url = `${server.url}${begun.headers.get('location') ?? ''}`
    const piece = async (at: number, bytes: Buffer) => {
      const headers = { 'tus-resumable': TUS_VERSION, 'upload-offset': String(at), 'content-type': TUS_PIECE }
      return fetch(url, { method: 'PATCH', headers, body: new Uint8Array(bytes) })
    }
    expect((await piece(0, clip.subarray(0, 5000))).status).toBe(200)
    expect(keys('uploads/')).toHaveLength(2)
    expect((await piece(4000, clip.subarray(4000))).status).toBe(409)
    const { file } = uploadStateSchema.parse(await (await piece(5000, clip.subarray(5000))).json())
    expect((await bytesOf(`/v1/files/${file?.id ?? ''}/content`)).equals(clip)).toBe(true)
    expect(keys('uploads/')).toEqual([expect.stringMatching(/\.json$/)])
    await fetch(url, { method: 'DELETE' })
    expect(keys('uploads/')).toEqual([])
  })

  it('goes on where it was after a restart, with what a stopped server has rendered', async () => {
    const { job_id: id } = await make('kept')
    await server.close(true)
    server = await serve({ dataDir: server.dataDir, env: uncached() })
    expect((await bytesOf(`/v1/jobs/${id}/content`)).length).toBeGreaterThan(0)
  })
})

describe('a storage that', () => {
  const content = async (id: string) => fetch(`${server.url}/v1/files/${id}/content`)
  const notices = async () => (await server.health()).notices.map(({ code }) => code)
  /** A file of more bytes than lie in the buffers of a connection. */
  const large = () => Buffer.concat([clip, Buffer.alloc(24 * 1024 ** 2)])
  const none = () => null
  afterEach(() => {
    s3.state.fault = none
  })

  it('breaks off in the middle of a download breaks the download', async () => {
    const { id } = await upload(large(), 'large.mp4')
    s3.state.fault = ({ method }) => (method === 'GET' ? { is: 'cut', after: 4 * 1024 ** 2 } : null)
    const answer = await content(id)
    expect(answer.status).toBe(200)
    await expect(answer.arrayBuffer()).rejects.toThrow()
    s3.state.fault = none
    expect((await (await content(id)).arrayBuffer()).byteLength).toBe(clip.length + 24 * 1024 ** 2)
  })

  it('breaks off in the middle of an upload has nothing of it, and is said', async () => {
    const objects = new Set(s3.bucket.objects.keys())
    s3.state.fault = ({ query }) =>
      query.get('partNumber') === '2' ? { is: 'refused', status: 500, code: 'InternalError' } : null
    const bytes = Buffer.concat([clip, Buffer.alloc(17 * 1024 ** 2)])
    const answer = await server.upload(new Blob([new Uint8Array(bytes)]), 'a.mp4')
    expect([answer.status, await answer.json()]).toMatchObject([
      503,
      { code: 'FILES_AWAY', detail: expect.stringMatching(/^file: The storage of the files reports an error/) },
    ])
    expect(new Set(s3.bucket.objects.keys())).toEqual(objects)
    expect(s3.bucket.uploads.size).toBe(0)
    expect(filesBelow(join(server.dataDir, 'rushes-tmp'))).toEqual([])
    s3.state.fault = none
  })

  it.each([
    ['asks for patience', 503, 'SlowDown', /asked too much and refuses for now/],
    ['lets nobody in', 403, 'AccessDenied', /does not let Rushes in/],
    ['has lost its bucket', 404, 'NoSuchBucket', /has no such bucket/],
  ])('%s says so to who asks and in the notices, and is looked for', async (_, status, code, words) => {
    const { id } = await upload()
    // What is asked by HEAD is answered without words.
    s3.state.fault = ({ method }) => (method === 'GET' ? { is: 'refused', status, code } : null)
    const answer = await content(id)
    expect([answer.status, await answer.json()]).toMatchObject([503, { detail: expect.stringMatching(words) }])
    s3.state.fault = none
    expect((await content(id)).status).toBe(200)
    expect(await notices()).not.toContain('FILES_AWAY')
  })

  it('is full is told as such', async () => {
    s3.state.fault = ({ method }) =>
      method === 'PUT' ? { is: 'refused', status: 507, code: 'XMinioStorageFull' } : null
    const answer = await server.upload(new Blob([new Uint8Array(clip)]), 'a.mp4')
    expect([answer.status, await answer.json()]).toMatchObject([
      507,
      { code: 'DISK_FULL', detail: expect.stringMatching(/^file: The storage of the files is full/) },
    ])
    s3.state.fault = none
  })

  it('is away is waited for: a rendered take is kept until it is back, and nothing is lost', async () => {
    const { id } = await upload()
    await s3.away()
    const answer = await server.submit(
      'lucy-pro-t2i',
      { prompt: 'waits', resolution: '480p' },
      { 'x-renderer': 'local' },
    )
    const { job_id: job } = submittedSchema.parse(await answer.json())
    expect([(await content(id)).status, await notices()]).toEqual([503, ['FILES_AWAY']])
    expect((await server.health()).notices[0]?.message).toMatch(/^The storage of the files does not answer\./)
    expect((await server.job(job)).status).not.toBe('failed')
    await s3.back()
    expect(await server.finished(job)).toMatchObject({ status: 'completed' })
    await vi.waitFor(async () => expect(await notices()).toEqual([]))
    expect((await content(id)).status).toBe(200)
  })

  it('does not take a take is asked until it does, with what was rendered', async () => {
    const isTake = ({ method, key }: { method: string; key: string }): boolean =>
      method === 'PUT' && key.startsWith('studio/takes/') && key.includes('kept-here')
    s3.state.fault = (asked) => (isTake(asked) ? { is: 'refused', status: 500, code: 'InternalError' } : null)
    const asked = s3.requests.length
    const fields = { prompt: 'kept here', resolution: '480p' }
    const answer = await server.submit('lucy-pro-t2i', fields, { 'x-renderer': 'local' })
    const { job_id: job } = submittedSchema.parse(await answer.json())
    // More often than the SDK itself asks again.
    await vi.waitFor(() => expect(s3.requests.slice(asked).filter(isTake).length).toBeGreaterThan(3))
    expect((await server.job(job)).status).toBe('processing')
    s3.state.fault = none
    expect(await server.finished(job)).toMatchObject({ status: 'completed' })
  })

  it('is slow is not waited for by who has gone away', async () => {
    const { id } = await upload()
    let release: () => void = () => undefined
    const until = new Promise<void>((resolve) => (release = resolve))
    s3.state.fault = ({ method }) => (method === 'GET' ? { is: 'held', until } : null)
    const asked = s3.requests.length
    const outgoing = request(`${server.url}/v1/files/${id}/content`)
    outgoing.on('error', () => undefined).end()
    await vi.waitFor(() => expect(s3.requests.slice(asked).some(({ method }) => method === 'GET')).toBe(true))
    outgoing.destroy()
    release()
    s3.state.fault = none
    expect((await content(id)).status).toBe(200)
  })

  it('does not send what an input was is no input: the job says so, and makes nothing of it', async () => {
    const { id } = await upload(Buffer.concat([clip, Buffer.from('more')]))
    const [key = ''] = keys('media/').filter((each) => s3.bucket.objects.get(each)?.bytes === clip.length + 4)
    const stored = s3.bucket.objects.get(key)
    if (!stored) throw new Error('it is there')
    writeFileSync(stored.path, Buffer.alloc(stored.bytes, 1))
    const answer = await server.submit(
      'lucy-clip',
      { prompt: 'a', resolution: '720p', data: id },
      { 'x-renderer': 'local' },
    )
    const job = await server.finished(submittedSchema.parse(await answer.json()).job_id)
    expect(job).toMatchObject({
      status: 'failed',
      error: { message: expect.stringMatching(/^The file of .* is gone/) },
    })
  })
})

describe('a start', () => {
  const failure = async (env: Record<string, string>): Promise<string> => {
    try {
      const started = await serve({ env: { ...S3_ENV, ...env } })
      await started.close()
      return 'it started'
    } catch (error) {
      return String(error)
    }
  }

  it('says what is wrong with FILES_URL', async () => {
    expect(await failure({ FILES_URL: s3.filesUrl().replace('//rushes/', '//no-such-bucket/') })).toMatch(
      /^Error: The storage of the files \(no-such-bucket at http:.*\) has no such bucket\. Make it, or correct FILES_URL\.$/,
    )
    expect(await failure({ FILES_URL: 's3://key:secret@rushes' })).toMatch(/FILES_URL: must hold no credentials/)
    expect(await failure({ FILES_URL: 'https://rushes' })).toMatch(/FILES_URL: must be as s3:\/\/bucket/)
    expect(await failure({ FILES_URL: 's3://rushes?endpoint=ftp://x' })).toMatch(/an http\(s\) address as its endpoint/)
    expect(await failure({ FILES_URL: 's3://rushes?sse=1' })).toMatch(/it knows no sse/)
  })

  it('says that the credentials are wrong, or none, and shows none of them', async () => {
    const wrong = await failure({ FILES_URL: s3.filesUrl(), AWS_ACCESS_KEY_ID: 'other-key' })
    expect(wrong).toMatch(/does not take the credentials\. Set the right ones/)
    // Nor is a machine's role looked for.
    process.env['AWS_EC2_METADATA_DISABLED'] = 'true'
    const none = await failure({ FILES_URL: s3.filesUrl(), AWS_ACCESS_KEY_ID: '' })
    expect(none).toMatch(/wants credentials, and none are set/)
    for (const words of [wrong, none]) expect(words).not.toContain(S3_ENV['AWS_SECRET_ACCESS_KEY'])
  })

  it('goes on while the storage is away, and says so until it is back', async () => {
    await s3.away()
    const lines: string[] = []
    const early = await serve({ env: { ...S3_ENV, FILES_URL: s3.filesUrl('early') }, log: (line) => lines.push(line) })
    expect((await early.health()).notices).toMatchObject([{ code: 'FILES_AWAY' }])
    await s3.back()
    await vi.waitFor(async () => expect((await early.health()).notices).toEqual([]))
    await early.close()
    expect(lines.join('')).not.toContain(S3_ENV['AWS_SECRET_ACCESS_KEY'])
  })
})

it('a server that was killed with a job and starts while the storage is away takes it up when that is back', async () => {
  const dataDir = mkdtempSync(join(folder, 'data-'))
  const env = { ...S3_ENV, FILES_URL: s3.filesUrl('killed') }
  const before = await launch(dataDir, env)
  await s3.away()
  const answer = await before.submit('lucy-pro-t2i', { prompt: 'a', resolution: '480p' }, { 'x-renderer': 'local' })
  const { job_id: id } = submittedSchema.parse(await answer.json())
  await kill(before)
  const after = await launch(dataDir, env)
  expect((await after.job(id)).status).not.toBe('failed')
  await s3.back()
  expect(await after.finished(id)).toMatchObject({ status: 'completed' })
  await kill(after)
})

it('has what was made or sent here just now from here, and what is small without asking again', async () => {
  const cached = await serve({ env: { ...S3_ENV, FILES_URL: s3.filesUrl('cached') } })
  const answer = await cached.submit('lucy-pro-t2i', { prompt: 'a', resolution: '480p' }, { 'x-renderer': 'local' })
  const job = await cached.finished(submittedSchema.parse(await answer.json()).job_id)
  const look = async (kind: string) => (await fetch(`${cached.url}/v1/jobs/${job.job_id}/${kind}`)).arrayBuffer()
  await look('thumbnail')
  const asked = s3.requests.length
  for (const kind of ['thumbnail', 'content', 'thumbnail']) expect((await look(kind)).byteLength).toBeGreaterThan(0)
  expect(s3.requests.slice(asked)).toEqual([])
  // Somebody empties the folder: it is fetched again.
  rmSync(join(cached.dataDir, 'rushes-cache'), { recursive: true })
  mkdirSync(join(cached.dataDir, 'rushes-cache'))
  expect((await look('content')).byteLength).toBe(job.output?.bytes)
  expect(s3.requests.slice(asked).map(({ method }) => method)).toEqual(['HEAD', 'GET'])
  await cached.close()
})

it('loads the SDK where files are kept on S3, and nowhere else', async () => {
  const marks = join(folder, 'marks')
  const [hooks, preload] = [join(folder, 'hooks.mjs'), join(folder, 'preload.mjs')]
  // It is a package of its own, or a part of a file that the server was bundled into, which says where it is from.
  writeFileSync(
    hooks,
    `import { appendFileSync } from 'node:fs'
    export const load = async (url, context, next) => {
      const loaded = await next(url, context)
      const isSdk = url.includes('/@aws-sdk/client-s3/') || String(loaded.source ?? '').includes('node_modules/@aws-sdk/client-s3/')
      if (isSdk) appendFileSync(${JSON.stringify(marks)}, url + '\\n')
      return loaded
    }`,
  )
  writeFileSync(
    preload,
    `import { register } from 'node:module'; register(${JSON.stringify(pathToFileURL(hooks).href)})`,
  )
  const started = async (env: Record<string, string>): Promise<boolean> => {
    rmSync(marks, { force: true })
    await kill(
      await launch(mkdtempSync(join(folder, 'data-')), {
        NODE_OPTIONS: `--import ${pathToFileURL(preload).href}`,
        ...env,
      }),
    )
    return existsSync(marks)
  }
  expect(await started({ ...S3_ENV, FILES_URL: s3.filesUrl('loaded') })).toBe(true)
  expect(await started({})).toBe(false)
})
