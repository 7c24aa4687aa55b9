import { Busboy } from '@fastify/busboy'
import { createHash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { pipeline } from 'node:stream/promises'

export type ReceivedFile = { filename: string; mimeType: string; bytes: number; sha256: string; head: Buffer }
export type ReceivedForm = { fields: Record<string, string>; files: Record<string, ReceivedFile> }

const HEAD = 4100

/** Reads a multipart request, keeping of each file its hash, its length and its first bytes. */
export const readMultipart = async (request: IncomingMessage): Promise<ReceivedForm> => {
  const form: ReceivedForm = { fields: {}, files: {} }
  const headers = { ...request.headers, 'content-type': request.headers['content-type'] ?? '' }
  const parser = new Busboy({ headers, preservePath: true })
  parser.on('field', (name, value) => void (form.fields[name] = value))
  parser.on('file', (name, stream, filename, _encoding, mimeType) => {
    // A client that dies half-way ends its part with an error.
    stream.on('error', () => undefined)
    const hash = createHash('sha256')
    const file: ReceivedFile = { filename, mimeType, bytes: 0, sha256: '', head: Buffer.alloc(0) }
    form.files[name] = file
    stream.on('data', (chunk: Buffer) => {
      hash.update(chunk)
      file.bytes += chunk.length
      if (file.head.length < HEAD) file.head = Buffer.concat([file.head, chunk]).subarray(0, HEAD)
    })
    stream.on('end', () => (file.sha256 = hash.digest('hex')))
  })
  await pipeline(request, parser)
  return form
}
