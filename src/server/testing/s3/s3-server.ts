import { randomUUID } from 'node:crypto'
import { createReadStream, mkdtempSync, rmSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { type Bucket, joined, type Multipart, putUnder, takeIn } from './objects.ts'
import { Refusal } from './refusal.ts'

/** What befalls a request: another answer, none for ever, or an answer that breaks off after so many bytes. */
export type S3Fault =
  | { is: 'refused'; status: number; code: string }
  | { is: 'silent' }
  | { is: 'cut'; after: number }
  /** Sends so many bytes of its answer, and then nothing. */
  | { is: 'stalled'; after: number }
  /** Waits before it answers. */
  | { is: 'held'; until: Promise<void> }

export type S3Request = { method: string; key: string; query: URLSearchParams }

export type S3Server = Awaited<ReturnType<typeof startS3Server>>

const KEY_ID = 'test-key'
export const S3_ENV: Readonly<Record<string, string>> = {
  AWS_ACCESS_KEY_ID: KEY_ID,
  AWS_SECRET_ACCESS_KEY: 'test-secret',
}

const escaped = (words: string): string =>
  words
    .replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
    .replace(/\p{Cc}/gu, (sign) => `&#${sign.charCodeAt(0)};`)

const xml = (response: ServerResponse, status: number, body: string): void => {
  response.writeHead(status, { 'content-type': 'application/xml' })
  response.end(`<?xml version="1.0" encoding="UTF-8"?>\n${body}`)
}

/** The keys of a bucket that begin so, from after the token's on. */
const listed = ({ objects }: Bucket, query: URLSearchParams): string => {
  const most = Number(query.get('max-keys') ?? 1000)
  const after = query.get('continuation-token') ?? ''
  const keys = [...objects.keys()]
    .filter((key) => key.startsWith(query.get('prefix') ?? '') && key > after)
    .toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
  const page = keys.slice(0, most)
  const next = keys.length > most ? `<NextContinuationToken>${escaped(page.at(-1) ?? '')}</NextContinuationToken>` : ''
  const contents = page.map(
    (key) => `<Contents><Key>${escaped(key)}</Key><Size>${objects.get(key)?.bytes ?? 0}</Size></Contents>`,
  )
  return `<ListBucketResult><IsTruncated>${keys.length > most}</IsTruncated>${next}${contents.join('')}</ListBucketResult>`
}

/** Sends an object, or the one range that is asked for. */
const send = (bucket: Bucket, { method, key }: S3Request, request: IncomingMessage, response: ServerResponse): void => {
  const stored = bucket.objects.get(key)
  if (!stored) throw new Refusal(404, 'NoSuchKey')
  const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '') ?? []
  const start = Number(from ?? 0)
  const end = Math.min(Number(to ?? stored.bytes - 1), stored.bytes - 1)
  if (start >= stored.bytes && from !== undefined) throw new Refusal(416, 'InvalidRange')
  response.writeHead(from === undefined ? 200 : 206, {
    'content-length': end - start + 1,
    etag: stored.etag,
    'last-modified': stored.modified.toUTCString(),
    ...(from === undefined ? {} : { 'content-range': `bytes ${start}-${end}/${stored.bytes}` }),
  })
  if (method === 'HEAD') return void response.end()
  createReadStream(stored.path, { start, end, highWaterMark: 256 * 1024 }).pipe(response)
}

/** Lets an answer come to no end. */
const endAfter = (response: ServerResponse, after: number, end: () => void): void => {
  let sent = 0
  const write = response.write.bind(response)
  response.write = (chunk: Buffer) => {
    const left = after - sent
    sent += chunk.length
    if (chunk.length < left) return write(chunk)
    if (left > 0) write(chunk.subarray(0, left), end)
    return false
  }
}

/**
 * An S3 server for tests, in this process: what Rushes asks of one (objects with ranges, keys that must be new, lists in
 * pages, uploads in parts), as S3 answers it, with faults when they are told. It knows one key and does not check its
 * signatures, which the other S3 servers do that the same tests run against: see other-servers.ts.
 */
export const startS3Server = async (bucketName = 'rushes') => {
  const folder = mkdtempSync(join(tmpdir(), 'rushes-s3-'))
  const bucket: Bucket = { objects: new Map(), uploads: new Map() }
  const requests: S3Request[] = []
  const state: { fault: (request: S3Request) => S3Fault | null } = { fault: () => null }

  const uploadOf = (id: string | null): Multipart => {
    const upload = bucket.uploads.get(id ?? '')
    if (!upload) throw new Refusal(404, 'NoSuchUpload')
    return upload
  }

  const post = async ({ key, query }: S3Request, request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const id = query.get('uploadId')
    if (id === null) {
      const UploadId = randomUUID()
      bucket.uploads.set(UploadId, { key, begun: new Date(), parts: new Map() })
      return xml(response, 200, `<R><Key>${escaped(key)}</Key><UploadId>${UploadId}</UploadId></R>`)
    }
    const { parts } = uploadOf(id)
    const numbers = [...(await text(request)).matchAll(/<PartNumber>(\d+)<\/PartNumber>/g)].map(([, n]) => Number(n))
    const wanted = numbers.map((number) => parts.get(number) ?? null).filter((part) => part !== null)
    if (wanted.length !== numbers.length) throw new Refusal(400, 'InvalidPart')
    const whole = await joined(folder, wanted)
    await putUnder(bucket, key, request, whole)
    bucket.uploads.delete(id)
    xml(response, 200, `<R><ETag>${escaped(whole.etag)}</ETag></R>`)
  }

  const put = async ({ key, query }: S3Request, request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const stored = await takeIn(folder, request)
    if (query.has('uploadId')) uploadOf(query.get('uploadId')).parts.set(Number(query.get('partNumber')), stored)
    else await putUnder(bucket, key, request, stored)
    const crc = request.headers['x-amz-checksum-crc32']
    response.writeHead(200, { etag: stored.etag, ...(crc === undefined ? {} : { 'x-amz-checksum-crc32': crc }) }).end()
  }

  const answer = async (asked: S3Request, request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method, key, query } = asked
    if (method === 'GET' && key === '' && query.has('uploads')) {
      const uploads = [...bucket.uploads].map(
        ([id, { key: of, begun }]) =>
          `<Upload><Key>${escaped(of)}</Key><UploadId>${id}</UploadId><Initiated>${begun.toISOString()}</Initiated></Upload>`,
      )
      return xml(response, 200, `<ListMultipartUploadsResult>${uploads.join('')}</ListMultipartUploadsResult>`)
    }
    if (method === 'GET' && key === '') return xml(response, 200, listed(bucket, query))
    if (method === 'GET' || method === 'HEAD') return send(bucket, asked, request, response)
    if (method === 'PUT') return put(asked, request, response)
    if (method === 'POST') return post(asked, request, response)
    if (query.has('uploadId')) bucket.uploads.delete(query.get('uploadId') ?? '')
    else bucket.objects.delete(key)
    response.writeHead(204).end()
  }

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '', 'http://s3')
    const [, name = '', ...path] = url.pathname.split('/').map(decodeURIComponent)
    const asked = { method: request.method ?? '', key: path.join('/'), query: url.searchParams }
    requests.push(asked)
    try {
      const fault = state.fault(asked)
      if (fault?.is === 'silent') return
      if (fault?.is === 'held') await fault.until
      if (fault?.is === 'refused') throw new Refusal(fault.status, fault.code)
      if (fault?.is === 'cut') endAfter(response, fault.after, () => response.destroy())
      if (fault?.is === 'stalled') endAfter(response, fault.after, () => undefined)
      if (!request.headers.authorization?.includes(`Credential=${KEY_ID}/`))
        throw new Refusal(403, 'InvalidAccessKeyId')
      if (name !== bucketName) throw new Refusal(404, 'NoSuchBucket')
      await answer(asked, request, response)
    } catch (error) {
      request.resume()
      if (!(error instanceof Refusal)) return void response.destroy()
      xml(response, error.status, request.method === 'HEAD' ? '' : `<Error><Code>${error.code}</Code></Error>`)
    }
  }

  const server = createServer((request, response) => void serve(request, response))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const endpoint = `http://127.0.0.1:${port}`
  return {
    endpoint,
    port,
    /** As FILES_URL has it. */
    filesUrl: (prefix = '') => `s3://${bucketName}/${prefix}?endpoint=${endpoint}`,
    env: S3_ENV,
    state,
    requests,
    bucket,
    /** Breaks all that is underway, and takes no connection until it is back. */
    away: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
    back: async () => {
      server.listen(port, '127.0.0.1')
      await once(server, 'listening')
    },
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
