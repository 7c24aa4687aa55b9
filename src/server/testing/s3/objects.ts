import { createHash, randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import { join } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { crc32 } from 'node:zlib'
import { Refusal } from './refusal.ts'

export type Stored = { path: string; bytes: number; etag: string; modified: Date }
export type Multipart = { key: string; begun: Date; parts: Map<number, Stored> }

/** A bucket: what it holds, by key, and uploads that have begun. Their bytes lie in files. */
export type Bucket = { objects: Map<string, Stored>; uploads: Map<string, Multipart> }

/** Takes in a body, and refuses it where it is not what its headers say. */
export const takeIn = async (folder: string, request: IncomingMessage): Promise<Stored> => {
  const path = join(folder, randomUUID())
  const [md5, sha256] = [createHash('md5'), createHash('sha256')]
  let crc = 0
  let bytes = 0
  const measure = new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      md5.update(chunk)
      sha256.update(chunk)
      crc = crc32(chunk, crc)
      bytes += chunk.length
      done(null, chunk)
    },
  })
  try {
    await pipeline(request, measure, createWriteStream(path))
    const { headers } = request
    if (headers['content-encoding'] === 'aws-chunked') throw new Refusal(501, 'NotImplemented')
    if (bytes !== Number(headers['content-length'])) throw new Refusal(400, 'IncompleteBody')
    const claimed = headers['x-amz-content-sha256']
    if (claimed !== 'UNSIGNED-PAYLOAD' && claimed !== sha256.digest('hex'))
      throw new Refusal(400, 'XAmzContentSHA256Mismatch')
    const sum = Buffer.alloc(4)
    sum.writeUInt32BE(crc)
    // Every upload of ours carries one.
    if (headers['x-amz-checksum-crc32'] !== sum.toString('base64')) throw new Refusal(400, 'BadDigest')
    return { path, bytes, etag: `"${md5.digest('hex')}"`, modified: new Date() }
  } catch (error) {
    await rm(path, { force: true })
    throw error
  }
}

/** Joins the parts of an upload, of which all but the last must have 5 MiB. */
export const joined = async (folder: string, parts: readonly Stored[]): Promise<Stored> => {
  if (parts.slice(0, -1).some(({ bytes }) => bytes < 5 * 1024 ** 2)) throw new Refusal(400, 'EntityTooSmall')
  const path = join(folder, randomUUID())
  const md5 = createHash('md5')
  for (const [at, part] of parts.entries()) {
    await pipeline(createReadStream(part.path), createWriteStream(path, { flags: at === 0 ? 'w' : 'a' }))
    md5.update(Buffer.from(part.etag.slice(1, -1), 'hex'))
  }
  const bytes = parts.reduce((sum, part) => sum + part.bytes, 0)
  return { path, bytes, etag: `"${md5.digest('hex')}-${parts.length}"`, modified: new Date() }
}

/** Puts an object under its key, where its header does not want the key to be new, or it is. */
export const putUnder = async (
  { objects }: Bucket,
  key: string,
  request: IncomingMessage,
  stored: Stored,
): Promise<void> => {
  const before = objects.get(key)
  if (request.headers['if-none-match'] === '*' && before) {
    await rm(stored.path, { force: true })
    throw new Refusal(412, 'PreconditionFailed')
  }
  objects.set(key, stored)
  if (before) await rm(before.path, { force: true })
}
