import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { RushesError } from '../../shared/errors.ts'
import type { AppContext } from './context.ts'
import { securityHeaders } from './guard.ts'

export type Span = { start: number; end: number }

/**
 * Reads a Range header of one span (RFC 9110, 14.1.2), ends inclusive: null for the whole file (none, several, or not
 * bytes), 'unsatisfiable' for a span that begins past the end.
 */
export const parseRange = (header: string | undefined, size: number): Span | null | 'unsatisfiable' => {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '')
  if (!match) return null
  const [, from = '', to = ''] = match
  if (from === '' && to === '') return null
  if (from === '')
    return to === '0' || size === 0 ? 'unsatisfiable' : { start: Math.max(0, size - Number(to)), end: size - 1 }
  const start = Number(from)
  const end = to === '' ? size - 1 : Math.min(Number(to), size - 1)
  if (start >= size) return 'unsatisfiable'
  return end < start ? null : { start, end }
}

/** `attachment; filename="…"; filename*=UTF-8''…` with an ASCII fallback (RFC 6266). */
export const contentDisposition = (kind: 'inline' | 'attachment', filename: string): string => {
  // Half a letter, which some file systems allow in a name, cannot be encoded.
  const whole = filename.replace(/\p{Surrogate}/gu, '_')
  const ascii = whole.replace(/[^\x20-\x7e]|["\\]/g, '_')
  return `${kind}; filename="${ascii}"; filename*=UTF-8''${encodeURIComponent(whole).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)}`
}

/**
 * Sends a file with Range, ETag and conditional answers. `version` names its bytes: the same name promises the same
 * bytes. Only the media types that Rushes itself wrote down are sent, never HTML or SVG.
 */
export const sendFile = async (
  context: AppContext,
  file: { path: string; mimeType: string; version: string; filename: string; download: boolean },
): Promise<Response> => {
  const facts = await stat(file.path).catch(() => null)
  if (!facts?.isFile()) throw new RushesError('NOT_FOUND', 'The file is gone from the data folder.')
  const etag = `"${file.version}-${facts.size.toString(16)}"`
  const headers: Record<string, string> = {
    'content-type': file.mimeType,
    'content-disposition': contentDisposition(file.download ? 'attachment' : 'inline', file.filename),
    'accept-ranges': 'bytes',
    'cache-control': 'private, max-age=31536000, immutable',
    etag,
    ...securityHeaders,
  }
  if (context.req.header('if-none-match') === etag) return new Response(null, { status: 304, headers })
  const ifRange = context.req.header('if-range')
  const range = ifRange !== undefined && ifRange !== etag ? null : parseRange(context.req.header('range'), facts.size)
  if (range === 'unsatisfiable')
    return new Response(null, { status: 416, headers: { ...headers, 'content-range': `bytes */${facts.size}` } })
  const span = range ?? { start: 0, end: facts.size - 1 }
  headers['content-length'] = String(span.end - span.start + 1)
  if (range) headers['content-range'] = `bytes ${span.start}-${span.end}/${facts.size}`
  const status = range ? 206 : 200
  if (context.req.method === 'HEAD') return new Response(null, { status, headers })
  const stream = createReadStream(file.path, { ...span, highWaterMark: 256 * 1024 })
  const outgoing = context.env?.outgoing
  if (!outgoing) return new Response(Readable.toWeb(stream) as ReadableStream<Uint8Array>, { status, headers })
  outgoing.writeHead(status, headers)
  // A player that seeks drops its connection: that is no failure.
  await pipeline(stream, outgoing).catch(() => undefined)
  return RESPONSE_ALREADY_SENT
}
